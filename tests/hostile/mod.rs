//! Drafts that nobody writes, each a case that takes some algorithm more than linear time if it was not thought of.

/// A name, and a draft of about so many bytes.
pub type Hostile = (&'static str, fn(usize) -> String);

pub const ALL: [Hostile; 15] = [
    ("one line", |bytes| {
        fill(bytes, |number| format!("本处办理{}一事，用时{number}天。", word(number)))
    }),
    ("headings", |bytes| {
        fill(bytes, |number| format!("{}、{}\n", number % 90 + 1, word(number)))
    }),
    ("equal headings", |bytes| fill(bytes, |_| "一、总体要求\n".to_owned())),
    ("equal sentences", |bytes| {
        fill(bytes, |_| "各部门要按照职责分工抓好贯彻落实。\n".to_owned())
    }),
    ("equal sentences in one line", |bytes| {
        fill(bytes, |_| "各部门要按照职责分工抓好贯彻落实。".to_owned())
    }),
    ("figures with one unit", |bytes| {
        fill(bytes, |number| format!("全县新建水渠{}.{}公里。\n", number * 37 % 9973, number % 10))
    }),
    ("shares in one sentence", |bytes| {
        fill(bytes, |number| format!("其中{}占{}%，", word(number), number % 97))
    }),
    ("no mark at all", |bytes| {
        fill(bytes, |number| {
            format!("全县第{number}次新建水渠{}公里带动我县农户增收任务完成", number * 37 % 991)
        })
    }),
    ("no end of a sentence", |bytes| {
        fill(bytes, |number| format!("全县新建{}水渠{}公里，", word(number), number * 37 % 991))
    }),
    ("names and posts", |bytes| {
        fill(bytes, |number| format!("{}镇党委书记{}、", word(number), word(number * 3)))
    }),
    ("nested brackets", |bytes| "（".repeat(bytes / 6) + &"）".repeat(bytes / 6)),
    ("quotation marks", |bytes| "“".repeat(bytes / 3)),
    ("numbers", |bytes| fill(bytes, |number| format!("{} ", number * 7919 % 100_003))),
    ("question marks", |bytes| fill(bytes, |_| "七?一活动".to_owned())),
    ("one character", |bytes| "的".repeat(bytes / 3)),
];

fn fill(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 100);
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        text.push_str(&piece(number));
    }
    text
}

/// Three Han characters that few other numbers have.
fn word(number: usize) -> String {
    let character = |step: usize| char::from_u32((0x4E00 + number * 7919 * step % 20_000) as u32);
    [1, 3, 7].into_iter().filter_map(character).collect()
}

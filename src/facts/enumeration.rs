//! Things named one by one beside their number: 综合、调度、技术、物资、宣传5个工作组; 5个工作组：综合、调度、技术、物资、宣传.

use std::ops::Range;

use super::count::Count;
use super::marker::script::Script;
use crate::border;
use crate::numeral;
use crate::script::is_han;

/// A number beside the names of what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// Bytes of the names and the number with its noun.
    pub range: Range<usize>,
    /// Bytes of the number.
    pub numeral: Range<usize>,
    pub count: u32,
    pub script: Script,
    /// How many things are named: a range, since 和 may join two names or belong to one.
    pub named: Range<u32>,
}

impl Enumeration {
    /// Whether the number should be that of the names and is not. One that is off by more than one counts something else: “增速、结构、效率提出5项指标”.
    pub fn disagrees(&self) -> bool {
        self.count + 1 == self.named.start || self.count == self.named.end
    }

    /// The count of names that comes nearest to the number.
    pub fn most_likely(&self) -> u32 {
        self.count.clamp(self.named.start, self.named.end - 1)
    }
}

/// Names shorter than this are believed to be names; a longer one is a clause.
const LONGEST_NAME: usize = 14;
const LONGEST_NOUN: usize = 8;
/// The most bytes a row of names is looked for in.
const LONGEST_ROW: usize = 600;
/// The fewest names that make a row.
const FEWEST: u32 = 3;
/// The smallest number that is believed to sum up the names before it.
const FEWEST_BEFORE: u64 = 4;
const MOST: u64 = 30;

/// The enumerations of a block, in order.
pub fn read(prose: &str, counts: &[Count]) -> Vec<Enumeration> {
    let mut found = Vec::new();
    let mut clause = 0;
    let mut read = 0;
    let belongs_before = |char: char| char.is_ascii_alphanumeric() || matches!(char, '第' | '.' | '、' | '近' | '约' | '-' | '—');
    for count in counts {
        let passed = &prose[read..count.range.start];
        if let Some((mark, _)) = passed.char_indices().rfind(|(_, char)| ends_row(*char)) {
            clause = read + mark + passed[mark..].chars().next().map_or(0, char::len_utf8);
        }
        read = count.range.start;
        if !count.before.is_some_and(belongs_before) {
            found.extend(enumeration(prose, clause, count.range.clone()));
        }
    }
    found
}

/// Marks that a row of names does not reach across.
fn ends_row(char: char) -> bool {
    matches!(
        char,
        '，' | ',' | '。' | '；' | ';' | '：' | ':' | '！' | '？' | '（' | '(' | '）' | ')' | '“' | '\u{FFFC}'
    )
}

fn enumeration(prose: &str, clause: usize, numeral: Range<usize>) -> Option<Enumeration> {
    let text = &prose[numeral.clone()];
    let (count, script) = match numeral::parse_digits(text) {
        Some(count) => (count, Script::Digits),
        None => (numeral::parse_han(text)?, Script::Han),
    };
    if !(2..=MOST).contains(&count) {
        return None;
    }
    let noun = noun_after(&prose[numeral.end..])?;
    let end = numeral.end + noun;
    let clause = clause.max(border::before(prose, numeral.start.saturating_sub(LONGEST_ROW)));
    let (range, named) = match named_before(&prose[clause..numeral.start]) {
        // “省、市、县两级” and “冬季两项” end in a number that is not the row's.
        Some(_) if count < FEWEST_BEFORE => return None,
        Some((len, named)) => (numeral.start - len..end, named),
        None => {
            let (len, named) = named_after(&prose[end..])?;
            (numeral.start..end + len, named)
        }
    };
    Some(Enumeration {
        range,
        numeral,
        count: count as u32,
        script,
        named,
    })
}

/// The length of a measure word that counts named things, and of the noun after it.
fn noun_after(rest: &str) -> Option<usize> {
    const MEASURES: [&str; 12] = ["个", "大", "项", "类", "种", "家", "所", "支", "级", "方面", "条", "座"];
    const QUANTITIES: [&str; 9] = ["个月", "个小时", "个百分", "个多", "个工作日", "个年", "个亿", "项次", "家次"];
    let measured = MEASURES.iter().any(|measure| rest.starts_with(measure));
    if !measured || QUANTITIES.iter().any(|quantity| rest.starts_with(quantity)) {
        return None;
    }
    let noun: usize = rest.chars().take(LONGEST_NOUN).take_while(|char| is_han(*char)).map(char::len_utf8).sum();
    Some(noun)
}

/// The row of names that ends where the number begins: its length in bytes, and how many names it has.
fn named_before(clause: &str) -> Option<(usize, Range<u32>)> {
    let row = clause.strip_suffix('”').unwrap_or(clause);
    let is_open = row.ends_with(['等', '共', '的', '了', '有', '为', '余', '多']);
    if is_open || row.contains('”') {
        return None;
    }
    let named = named_in(row)?;
    // A last name that is much longer than the others is a clause: “增速、结构、效率提出”.
    let (others, last) = row.rsplit_once('、')?;
    let longest = others.split('、').map(|name| name.chars().count()).max()?;
    if last.chars().count() > longest + 2 {
        return None;
    }
    let first = row.find('、')?;
    let first_name: usize = row[..first].chars().rev().take(LONGEST_NAME).map(char::len_utf8).sum();
    Some((clause.len() - (first - first_name), named))
}

/// How a row of names is led in after the number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Colon,
    Bracket,
    /// ，分别是: all are named, even if the sentence goes on.
    Respectively,
}

/// The lead-in at the start of a text, and its length.
fn opening(text: &str) -> Option<(Opening, usize)> {
    const RESPECTIVELY: [&str; 8] = ["，分别是", "，分别为", ",分别是", ",分别为", "，依次是", "，依次为", "分别是", "分别为"];
    match text.chars().next()? {
        '：' => Some((Opening::Colon, '：'.len_utf8())),
        ':' => Some((Opening::Colon, 1)),
        '（' => Some((Opening::Bracket, '（'.len_utf8())),
        '(' => Some((Opening::Bracket, 1)),
        _ => {
            let words = RESPECTIVELY.iter().find(|words| text.starts_with(**words))?;
            Some((Opening::Respectively, words.len()))
        }
    }
}

/// The row of names after the number.
fn named_after(rest: &str) -> Option<(usize, Range<u32>)> {
    let (opening, len) = opening(rest)?;
    let rest = &rest[len..];
    let window = &rest[..border::before(rest, LONGEST_ROW)];
    let row = &rest[..window.find(ends_row)?];
    let closing = rest[row.len()..].chars().next()?;
    let is_closed = match (opening, closing) {
        (Opening::Bracket, _) => matches!(closing, '）' | ')'),
        (Opening::Respectively, '，' | ',') => !goes_on_naming(&window[row.len()..]),
        _ => matches!(closing, '。' | '；' | ';'),
    };
    if !is_closed || row.contains('等') {
        return None;
    }
    let named = named_in(row)?;
    Some((len + row.len(), named))
}

/// Whether the sentence behind a row may hold more names.
fn goes_on_naming(rest: &str) -> bool {
    let sentence = rest.find(['。', '；', ';', '！']).map_or(rest, |end| &rest[..end]);
    sentence.contains('、')
}

/// How many names a row has. Names hold no numbers: “22个镇、3个街道” adds up rather than names.
fn named_in(row: &str) -> Option<Range<u32>> {
    let names: Vec<&str> = row.split('、').collect();
    let (first, others) = names.split_first()?;
    let is_name =
        |name: &&str| !name.is_empty() && name.chars().nth(LONGEST_NAME).is_none() && !name.chars().any(|char| numeral::digit(char).is_some());
    let number = names.len() as u32;
    if number < FEWEST || !others.iter().all(is_name) || first.is_empty() || first.chars().any(|char| numeral::digit(char).is_some()) {
        return None;
    }
    let joined: usize = names
        .iter()
        .map(|name| ["和", "及", "与", "或"].iter().map(|word| name.matches(word).count()).sum::<usize>())
        .sum();
    Some(number..number + joined as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::count;
    use crate::facts::glance::Glance;

    #[test]
    fn a_word_that_may_join_two_names_is_taken_as_the_number_suggests() {
        let counted = |prose| read(prose, &count::read(&Glance::at(prose)))[0].most_likely();
        assert_eq!(counted("改造小巷5条，分别是柳荫巷、书院巷、铁匠巷和东园巷。"), 4);
        assert_eq!(counted("改造小巷2条：柳荫巷、书院巷、和平巷。"), 3);
    }

    fn disagreeing(prose: &str) -> Vec<&str> {
        read(prose, &count::read(&Glance::at(prose)))
            .into_iter()
            .filter(Enumeration::disagrees)
            .map(|found| &prose[found.range])
            .collect()
    }

    #[test]
    fn a_number_that_is_not_that_of_the_names() {
        assert_eq!(
            disagreeing("指挥部下设综合协调、后勤保障、医疗救护、新闻宣传5个工作组，昼夜值守。"),
            ["指挥部下设综合协调、后勤保障、医疗救护、新闻宣传5个工作组"]
        );
        assert_eq!(
            disagreeing("按照“定诺、审诺、践诺、评诺”五个步骤推进。"),
            ["定诺、审诺、践诺、评诺”五个步骤推进"]
        );
        assert_eq!(disagreeing("覆盖4个乡镇（柳河、青山、白石）。"), ["4个乡镇（柳河、青山、白石"]);
        assert_eq!(
            disagreeing("改造背街小巷5条，分别是柳荫巷、书院巷、铁匠巷和东园巷，总长2.3公里；新增泊位。"),
            ["5条，分别是柳荫巷、书院巷、铁匠巷和东园巷"]
        );
    }

    #[test]
    fn numbers_that_agree_or_count_something_else() {
        for prose in [
            "下设综合、后勤、医疗、宣传和督查5个工作组。",
            "柳河、青山、白石等6个乡镇受灾。",
            "市、县、乡三级联动。",
            "辖22个镇、3个街道、4个开发区、261个村。",
            "一、二、三产业融合。",
            "覆盖3个乡镇（柳河、青山、白石）。",
            "覆盖4个乡镇（柳河、青山、白石等）。",
            "道路、桥梁、管网共12个项目开工。",
            "围绕增速、结构、效率提出5项指标。",
            "由省、市、县两级负责。",
            "参加滑雪、滑冰、冬季两项等比赛。",
            "铁、锰、铜等几十种元素",
            "窃取、刺探、收买、非法提供三项以上秘密",
            "柳河镇、青山镇、和平镇三个镇",
            "改造小巷5条，分别是柳荫巷、书院巷、铁匠巷，东园巷、西园巷。",
            "改造小巷4条，分别是柳荫巷、书院巷、铁匠巷和东园巷，总长2.3公里。",
        ] {
            assert!(disagreeing(prose).is_empty(), "{prose}: {:?}", disagreeing(prose));
        }
    }
}

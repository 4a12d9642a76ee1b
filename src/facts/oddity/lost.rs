//! Signs that stand where a character was lost: `?`, U+FFFD, □, ▯, 〓, *.
//!
//! A table that lacks a character writes a question mark or a box for it, and filters write an asterisk. In GBK it is the dot in names and dates
//! and rare Han characters that are lost. Half of the question marks between Han characters are real ones, so each is judged by what the sentence
//! before it asks, by what follows, and by whether it stands inside a name or a number.

use std::ops::Range;

use super::around::{after, around, before, run_end, run_start};
use crate::border;
use crate::numeral::parse_han;
use crate::script::is_han;

/// A place where a character was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub sign: char,
    pub sureness: Sureness,
    pub guess: Guess,
}

/// How sure it is that the sign is not meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Only if the draft writes the same word whole elsewhere.
    Doubtful,
    Possible,
    Likely,
    Sure,
}

/// What the place itself tells about the lost character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    Unknown,
    /// The dot between the parts of a foreign name.
    NameDot,
    /// The dot of a day that is named by its date, as in 七?一; the range is the whole date.
    Date {
        range: Range<usize>,
        forms: [String; 2],
    },
    /// The range mark or the decimal point between two numbers.
    BetweenDigits,
}

impl Lost {
    fn new(sign: char, sureness: Sureness) -> Self {
        Lost {
            sign,
            sureness,
            guess: Guess::Unknown,
        }
    }
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Lost)> {
    match char {
        '?' | '？' => question_mark(prose, at, char),
        '\u{FFFD}' => Some((at..run_end(prose, at, |next| next == char), Lost::new(char, Sureness::Sure))),
        '□' | '▯' | '▢' | '〓' => empty_box(prose, at, char),
        '*' | '＊' => asterisk(prose, at, char),
        _ => None,
    }
}

fn question_mark(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Lost)> {
    let end = run_end(prose, at, |next| matches!(next, '?' | '？'));
    let (left, right) = (before(prose, at), after(prose, end)?);
    if matches!(right, '!' | '！') || left.is_some_and(|left| matches!(left, '!' | '！')) {
        return None;
    }
    if let Some(guess) = date(prose, at, end) {
        let lost = Lost {
            guess,
            ..Lost::new(char, Sureness::Likely)
        };
        return Some((at..end, lost));
    }
    if left.is_some_and(|left| left.is_ascii_digit()) && right.is_ascii_digit() && char == '?' {
        let lost = Lost {
            guess: Guess::BetweenDigits,
            ..Lost::new(char, Sureness::Likely)
        };
        return Some((at..end, lost));
    }
    let lost = match left {
        Some(left) if opens_or_continues(left) && is_han(right) => Lost::new(char, Sureness::Likely),
        Some(left) if left.is_ascii_digit() && is_han(right) && is_inside_short_quote(prose, &(at..end)) && !asks(sentence_before(prose, at)) => {
            Lost::new(char, Sureness::Likely)
        }
        None if is_han(right) && char == '?' => Lost::new(char, Sureness::Possible),
        Some(left) if is_han(left) && !asks(sentence_before(prose, at)) => between(prose, at..end, char, right)?,
        _ => return None,
    };
    Some((at..end, lost))
}

/// Marks after which no question can end.
fn opens_or_continues(char: char) -> bool {
    matches!(char, '、' | '，' | ',' | '；' | '：' | '“' | '《' | '（' | '〔')
}

/// A question mark after a Han character in a sentence that asks nothing.
fn between(prose: &str, range: Range<usize>, sign: char, right: char) -> Option<Lost> {
    if right == '、' {
        return Some(Lost::new(sign, Sureness::Likely));
    }
    if matches!(right, '，' | ',' | '；') {
        return Some(Lost::new(sign, Sureness::Possible));
    }
    if !is_han(right) {
        return None;
    }
    if is_foreign_name(prose, &range) {
        let lost = Lost::new(sign, Sureness::Likely);
        return Some(Lost {
            guess: Guess::NameDot,
            ..lost
        });
    }
    if never_begins(right) || (sign == '?' && is_inside_short_quote(prose, &range)) {
        return Some(Lost::new(sign, Sureness::Likely));
    }
    let is_twice = prose[range.clone()].starts_with("??");
    let near = &prose[around(prose, range)];
    let half_width_among_full = sign == '?' && near.contains('，') && !near.contains(',');
    let sureness = match (is_twice, half_width_among_full) {
        (true, _) => Sureness::Likely,
        (false, true) => Sureness::Possible,
        (false, false) => Sureness::Doubtful,
    };
    Some(Lost::new(sign, sureness))
}

/// Characters with which no sentence begins, so that the one before cannot have ended.
fn never_begins(char: char) -> bool {
    "的了着们之得村镇乡县屯".contains(char)
}

fn is_inside_short_quote(prose: &str, range: &Range<usize>) -> bool {
    const LONGEST: usize = 15;
    let is_mark = |char: &char| matches!(char, '“' | '”' | '《' | '》' | '。' | '，' | '；' | '！' | '？');
    let opened = prose[..range.start].chars().rev().take(LONGEST).find(is_mark);
    let closed = prose[range.end..].chars().take(LONGEST).find(is_mark);
    matches!((opened, closed), (Some('“'), Some('”')) | (Some('《'), Some('》')))
}

/// What stands between the last sentence end and `at`, at most the last hundred bytes or so.
fn sentence_before(prose: &str, at: usize) -> &str {
    let sentence = &prose[run_start(prose, at, |char| !matches!(char, '。' | '！' | '？' | '?' | '!' | '；'))..at];
    let cut = border::before(sentence, sentence.len().saturating_sub(120));
    &sentence[cut..]
}

/// Whether a sentence holds a word that asks.
fn asks(sentence: &str) -> bool {
    const WORDS: [&str; 24] = [
        "吗", "呢", "么", "何", "谁", "哪", "怎", "几", "多少", "多大", "多久", "多长", "多远", "多高", "是否", "难道", "岂", "能否", "可否", "吧",
        "啊", "还是", "请问", "啥",
    ];
    WORDS.iter().any(|word| sentence.contains(word)) || offers_both(sentence)
}

/// 好不好, 高兴不高兴, 有没有.
fn offers_both(sentence: &str) -> bool {
    sentence.match_indices(['不', '没']).any(|(at, no)| {
        let (left, right) = (&sentence[..at], &sentence[at + no.len()..]);
        (1..=2).any(|length| {
            let start = left.char_indices().rev().nth(length - 1).map(|(start, _)| start);
            start.is_some_and(|start| right.starts_with(&left[start..]))
        })
    })
}

/// Two characters on each side that foreign names are written with.
fn is_foreign_name(prose: &str, range: &Range<usize>) -> bool {
    const SYLLABLES: &str = "阿埃艾安奥巴拜班邦本比彼宾波伯勃博布查达戴丹德登迪蒂丁杜顿多尔恩法菲费芬弗福富盖甘戈格古哈海汉赫亨胡华怀惠霍基吉加贾杰卡凯坎康考科克肯孔库夸拉莱兰朗劳勒雷里利莉林琳卢鲁伦罗洛马玛迈麦曼芒梅门蒙米莫姆穆纳奈内尼涅纽努诺欧帕潘庞佩彭皮普奇齐乔琼丘让瑞萨塞桑沙珊舍什圣史斯丝松苏索塔泰坦汤特滕提托瓦旺威韦维魏温沃乌希席夏肖谢辛休雅亚耶伊尤约泽扎詹珍茱卓佐兹";
    let fits = |char: char| SYLLABLES.contains(char);
    let left = prose[..range.start].chars().rev().take_while(|&char| fits(char)).count();
    let right = prose[range.end..].chars().take_while(|&char| fits(char)).count();
    left >= 2 && right >= 2
}

/// A date in Han numerals or digits around the sign, with the right form first. GB/T 15834-2011, 4.14.3.5: between Han numerals the dot is written
/// only after 一, 十一 and 十二; between digits always.
fn date(prose: &str, at: usize, end: usize) -> Option<Guess> {
    let is_numeral = |char: char| "一二三四五六七八九十".contains(char);
    let han = run_start(prose, at, is_numeral)..run_end(prose, end, is_numeral);
    if han.start < at && han.end > end {
        let (month, day) = (&prose[han.start..at], &prose[end..han.end]);
        let is_date = parse_han(month).is_some_and(|month| month <= 12) && parse_han(day).is_some_and(|day| (1..=31).contains(&day));
        let (plain, dotted) = (format!("{month}{day}"), format!("{month}·{day}"));
        let ambiguous = matches!(month, "一" | "一一" | "一二" | "十一" | "十二");
        let forms = if ambiguous { [dotted, plain] } else { [plain, dotted] };
        return is_date.then_some(Guess::Date { range: han, forms });
    }
    let is_digit = |char: char| char.is_ascii_digit();
    let digits = run_start(prose, at, is_digit)..run_end(prose, end, is_digit);
    let quoted = before(prose, digits.start) == Some('“') && after(prose, digits.end) == Some('”');
    let (month, day) = (&prose[digits.start..at], &prose[end..digits.end]);
    let in_range = |text: &str, most: u32| text.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number));
    (quoted && in_range(month, 12) && in_range(day, 31)).then(|| Guess::Date {
        forms: [format!("{month}·{day}"), format!("{month}{day}")],
        range: digits,
    })
}

/// A box inside a word. Boxes to be ticked stand before or after a choice, beside spaces or ticks.
fn empty_box(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Lost)> {
    const CHOICES: &str = "是否有无男女同适不符合";
    let end = run_end(prose, at, |next| next == char);
    let (left, right) = (before(prose, at)?, after(prose, end));
    let is_single = prose[at..end].chars().count() <= 2;
    // A sentence that ends with a box was torn there, a line of a form was not.
    let ends_a_line = right.is_none() && is_han(left) && prose[..at].contains(['，', '。', '；']);
    let is_before = |marks: &[char]| right.is_some_and(|right| is_han(right) || marks.contains(&right));
    let in_word = is_han(left) && is_before(&['、', '，']) || matches!(left, '、' | '，' | '“') && is_before(&[]) || ends_a_line;
    let chooses = right.is_some_and(|right| CHOICES.contains(right)) && !prose[end..].starts_with("同志");
    let is_choice = CHOICES.contains(left) || chooses || prose.contains(['√', '☑', '✓', '✔', '■']);
    (is_single && in_word && !is_choice).then(|| (at..end, Lost::new(char, Sureness::Likely)))
}

/// A single asterisk between Han characters. In pairs and rows they mask names, set words off or multiply; at a word's end they call a note.
fn asterisk(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Lost)> {
    let end = at + char.len_utf8();
    let (left, right) = (before(prose, at)?, after(prose, end)?);
    let alone = prose.matches(['*', '＊']).count() == 1 && !prose.contains(['=', '＝', '×', '÷']);
    if !alone || !is_han(left) || !is_han(right) {
        return None;
    }
    let sureness = match left {
        '次' | '届' | '的' | '了' | '在' | '和' | '对' | '向' => Sureness::Likely,
        _ if is_surname_start(prose, at, left) => Sureness::Doubtful,
        _ => Sureness::Possible,
    };
    Some((at..end, Lost::new(char, sureness)))
}

/// A family name at the start of a word: what follows is a masked given name.
fn is_surname_start(prose: &str, at: usize, left: char) -> bool {
    const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤某";
    let preceded_by_han = before(prose, at - left.len_utf8()).is_some_and(is_han);
    SURNAMES.contains(left) && (!preceded_by_han || left == '某')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::oddity::{What, read};

    fn lost(prose: &str) -> Vec<Lost> {
        let of = |oddity: crate::facts::oddity::Oddity| match oddity.what {
            What::Lost(lost) => Some(lost),
            _ => None,
        };
        read(prose).into_iter().filter_map(of).collect()
    }

    fn sureness(prose: &str) -> Option<Sureness> {
        let found = lost(prose);
        assert!(found.len() <= 1, "{prose}: {found:?}");
        found.first().map(|lost| lost.sureness)
    }

    #[test]
    fn dates_take_the_dot_only_where_the_standard_has_it() {
        for (prose, first) in [
            ("开设“庆七?一”专栏", "七一"),
            ("纪念一二?九运动", "一二·九"),
            ("纪念“十二?九”运动", "十二·九"),
            ("“5?12”防灾减灾日", "5·12"),
            ("举办“八?一”座谈会", "八一"),
        ] {
            match &lost(prose)[..] {
                [
                    Lost {
                        guess: Guess::Date { forms, .. },
                        ..
                    },
                ] => assert_eq!(forms[0], first),
                other => panic!("{prose}: {other:?}"),
            }
        }
    }

    #[test]
    fn lost_characters_are_found_beside_words_and_marks() {
        for prose in [
            "一期、?水灌区建设",
            "作家詹姆斯?韦伯来访",
            "开展“清朗?家园环境整治”行动",
            "召开第十二次*代会",
            "物理教师王□被评为能手",
            "办公室主任□□同志主持会议",
            "会议由张??同志主持",
            "化解积案33件，社区书记许□",
            "张?、李明等人参加",
            "完成投资12?15万元",
            "柳?村党支部书记",
            "干部们走村入户?的工作",
            "开展“119?消防宣传月”活动",
        ] {
            assert_eq!(sureness(prose), Some(Sureness::Likely), "{prose}");
        }
        assert_eq!(sureness("全\u{FFFD}市"), Some(Sureness::Sure));
    }

    #[test]
    fn real_questions_are_left_alone() {
        for prose in [
            "水从哪里来?这是头一道难题",
            "有何回应?他表示",
            "好不好？群众说了算",
            "你说高兴不高兴?我家多卖了钱",
            "“真的?”他问",
            "是什么?、为什么?",
            "（?）",
            "为什么？？！",
            "见a?b=1",
        ] {
            assert_eq!(lost(prose), [], "{prose}");
        }
    }

    #[test]
    fn a_question_that_cannot_be_told_is_not_reported_by_itself() {
        assert_eq!(sureness("这个办法行得通?群众有评价"), Some(Sureness::Doubtful));
        assert_eq!(sureness("这个办法行得通？群众有评价"), Some(Sureness::Doubtful));
    }

    #[test]
    fn boxes_and_asterisks_that_are_meant_are_left_alone() {
        for prose in [
            "□是 □否",
            "√适用□不适用",
            "是□否□",
            "王**等人",
            "电话138****1234",
            "注*：数据为初步核算",
            "长*宽*高",
            "产值*：亿元",
            "○○乡",
        ] {
            assert!(lost(prose).is_empty(), "{prose}");
        }
        assert_eq!(sureness("当事人王*明"), Some(Sureness::Possible));
        assert_eq!(sureness("、王*明"), Some(Sureness::Doubtful));
    }
}

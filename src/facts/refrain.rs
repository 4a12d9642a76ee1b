//! Numbers of a word that is said over and over: 六公开，即内容公开、程序公开、……; 必须……，必须……。这“五个必须”.

use std::ops::Range;

use super::count::Count;
use super::marker::script::Script;
use crate::border;
use crate::numeral;
use crate::script::is_han;

/// A number beside the clauses that all begin, or all end, with the word it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refrain {
    /// Bytes of the number and the word: 五个必须.
    pub range: Range<usize>,
    /// Bytes of the number.
    pub numeral: Range<usize>,
    /// Bytes of the word.
    pub word: Range<usize>,
    pub count: u32,
    pub script: Script,
    /// How many clauses have the word.
    pub said: u32,
}

impl Refrain {
    /// Whether the number should be that of the clauses and is not. A greater difference means that something else was counted.
    pub fn disagrees(&self) -> bool {
        const GREATEST_DIFFERENCE: u32 = 2;
        (1..=GREATEST_DIFFERENCE).contains(&self.count.abs_diff(self.said))
    }
}

/// The number of characters of the word.
const WORD: usize = 2;
/// The fewest clauses that make a refrain.
const FEWEST: usize = 3;
const MOST: u64 = 20;
/// The most bytes in which the clauses are looked for.
const LONGEST: usize = 900;

/// The refrains of a block, in order.
pub fn read(prose: &str, counts: &[Count]) -> Vec<Refrain> {
    let belongs_before = |char: char| char.is_ascii_alphanumeric() || matches!(char, '第' | '.' | '、' | '-');
    counts
        .iter()
        .filter(|count| !count.before.is_some_and(belongs_before))
        .filter_map(|count| refrain(prose, count.range.clone()))
        .collect()
}

fn refrain(prose: &str, numeral: Range<usize>) -> Option<Refrain> {
    let rest = &prose[numeral.end..];
    let start = numeral.end + rest.len() - rest.strip_prefix('个').unwrap_or(rest).len();
    let len: usize = prose[start..]
        .chars()
        .take(WORD)
        .take_while(|char| is_han(*char))
        .map(char::len_utf8)
        .sum();
    let word = start..start + len;
    let after = &prose[word.end..];
    if prose[word.clone()].chars().count() < WORD || after.chars().next().is_some_and(|char| is_han(char) && char != '即') {
        return None;
    }
    let text = &prose[numeral.clone()];
    let (count, script) = match numeral::parse_digits(text) {
        Some(count) => (count, Script::Digits),
        None => (numeral::parse_han(text)?, Script::Han),
    };
    if !(FEWEST as u64..=MOST).contains(&count) {
        return None;
    }
    let said = said_after(after, &prose[word.clone()]).or_else(|| said_before(&prose[..numeral.start], &prose[word.clone()]))?;
    Some(Refrain {
        range: numeral.start..word.end,
        numeral,
        word,
        count: count as u32,
        script,
        said,
    })
}

/// The clauses right after the word: “六公开”，即内容公开、程序公开。 “六统一”模式，做到统一规划、统一设计。
fn said_after(after: &str, word: &str) -> Option<u32> {
    const NOUNS: [&str; 8] = ["模式", "要求", "原则", "机制", "标准", "工作法", "制度", "目标"];
    const VERBS: [&str; 10] = ["即", "做到", "实行", "坚持", "实现", "落实", "推行", "严格", "就是", "是"];
    let rest = after.trim_start_matches('”');
    let rest = strip_one_of(rest, &NOUNS);
    let row = rest.trim_start_matches(['：', ':', '，', ',', '（', '(', '—']);
    if row.len() == rest.len() && !row.starts_with('即') {
        return None;
    }
    let row = strip_one_of(row, &VERBS).trim_start_matches(['：', ':', '，', '“']);
    let row = &row[..border::before(row, LONGEST)];
    let row = &row[..row.find(['。', '）', ')', '！', '\n'])?];
    said(row, word).or_else(|| said_in_one_clause(row, word))
}

/// Where the sentence goes on about something else: 统一规划、统一设计、统一施工，工程质量明显提升。
fn said_in_one_clause(row: &str, word: &str) -> Option<u32> {
    let (clause, others) = row.split_once(['，', ',', '；', ';'])?;
    if others.contains(word) { None } else { said(clause, word) }
}

fn strip_one_of<'a>(text: &'a str, words: &[&str]) -> &'a str {
    words.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// The clauses of the sentence right before the number: 必须……，必须……。这“五个必须”
fn said_before(before: &str, word: &str) -> Option<u32> {
    let row = before.trim_end_matches('“');
    let row = row
        .strip_suffix('这')
        .or_else(|| row.strip_suffix("以上"))?
        .trim_end_matches(['。', '，', '；', '”']);
    let row = &row[border::before(row, row.len().saturating_sub(LONGEST))..];
    let start = row.rfind(['。', '：', ':', '！'])?;
    let sentence = &row[start..];
    said(&sentence[sentence.chars().next()?.len_utf8()..], word)
}

/// How many clauses a row has, if all of them begin or all end with the word.
fn said(row: &str, word: &str) -> Option<u32> {
    let clauses: Vec<&str> = row
        .split(['、', '，', ',', '；', ';'])
        .map(|clause| clause.trim_matches(|char: char| char.is_whitespace() || matches!(char, '“' | '”')))
        .collect();
    let all_alike = clauses.iter().all(|clause| clause.starts_with(word)) || clauses.iter().all(|clause| clause.ends_with(word));
    (all_alike && clauses.len() >= FEWEST).then_some(clauses.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::count;
    use crate::facts::glance::Glance;

    fn disagreeing(prose: &str) -> Vec<(&str, u32)> {
        read(prose, &count::read(&Glance::at(prose)))
            .into_iter()
            .filter(Refrain::disagrees)
            .map(|found| (&prose[found.range], found.said))
            .collect()
    }

    #[test]
    fn a_number_that_is_not_that_of_the_clauses() {
        assert_eq!(disagreeing("实行“五公开”，即计划公开、标准公开、过程公开、结果公开。"), [("五公开", 4)]);
        assert_eq!(
            disagreeing("推行“六统一”模式，做到统一规划、统一设计、统一招标、统一施工、统一监理，工程合格率100%。"),
            [("六统一", 5)]
        );
        assert_eq!(disagreeing("做到四个不准：不准迟到,不准早退,不准饮酒。"), [("四个不准", 3)]);
        assert_eq!(
            disagreeing("我们体会到：必须依靠群众，必须实事求是，必须从严管理。这“四个必须”要长期坚持。"),
            [("四个必须", 3)]
        );
    }

    #[test]
    fn numbers_that_agree_or_have_no_clauses_beside_them() {
        for prose in [
            "实行“三公开”，即计划公开、标准公开、结果公开。",
            "落实“四个不准”要求，不准迟到。",
            "做到五个必须：必须依靠群众，密切联系群众，必须实事求是。",
            "坚持“三个必须”，必须管行业，必须管业务，必须管生产，必须管安全，必须管队伍，必须管作风。",
            "第四坚持：坚持甲，坚持乙，坚持丙。",
            "推行“六统一”模式，做到统一规划、统一设计、统一招标，再统一施工、统一监理、统一验收。",
        ] {
            assert_eq!(disagreeing(prose), [], "{prose}");
        }
    }

    #[test]
    fn an_endless_line_of_numbers_takes_linear_time() {
        let prose = "这五个必须，必须甲，".repeat(20_000);
        assert_eq!(disagreeing(&prose), []);
    }
}

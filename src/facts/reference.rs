//! Where a draft points at a part of itself: 见表3, 如图2所示, 详见附件1, 见第九章, 违反本办法第五条, 根据2.1节.

use std::ops::Range;

use super::glance::{Asker, Glance};
use super::marker::caption;
use super::marker::label::unit_at_start;
use super::marker::script::numeral_at;
use super::marker::{Caption, Prefix, Unit};
use crate::numeral;
use crate::script::is_han;

/// A pointer to a numbered part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Bytes of the name and number: 表3, 第九章.
    pub range: Range<usize>,
    /// Bytes of the last number.
    pub numeral: Range<usize>,
    pub target: Target,
    pub prefix: Prefix,
    pub number: u32,
    /// Whether the words around say that this draft's own part is meant. Without them it only shows that the part is mentioned.
    pub is_pointed: bool,
}

/// What kind of part is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    Caption(Caption),
    Unit(Unit),
    /// 2.1节
    Path,
}

/// The references of a block, in order.
pub fn read(glance: &Glance) -> Vec<Reference> {
    let prose = glance.prose();
    let mut found: Vec<Reference> = Vec::new();
    let mut skip_to = 0;
    for (at, char) in glance.of(Asker::References) {
        if at < skip_to {
            continue;
        }
        let reference = match char {
            '图' | '表' | '附' | '公' | '式' => captioned(prose, at),
            '第' => unit(prose, at),
            '节' => path(prose, at),
            _ => None,
        };
        if let Some(mut reference) = reference {
            reference.is_pointed |= found.last().is_some_and(|last| goes_on_with(prose, last, &reference));
            skip_to = reference.range.end;
            found.push(reference);
        }
    }
    found
}

/// “见附件1、附件3”: what holds for the first of a row holds for the next.
fn goes_on_with(prose: &str, last: &Reference, next: &Reference) -> bool {
    let between = prose.get(last.range.end..next.range.start).map(str::trim);
    last.is_pointed && last.target == next.target && matches!(between, Some("、" | "和" | "及" | "与" | "至" | "，" | "—" | "～"))
}

/// Whether a block points at what stands beside it: 如下表, 见上图.
pub fn points_nearby(glance: &Glance) -> bool {
    let prose = glance.prose();
    let mut names = glance.of(Asker::References).filter(|(_, char)| matches!(char, '图' | '表'));
    names.any(|(at, _)| prose[..at].ends_with(['上', '下']) || prose[at..].starts_with("图表如下"))
}

/// The end of the text before a place, as long as a cue may be.
fn before(prose: &str, at: usize) -> &str {
    const LONGEST_CUE: usize = 6;
    let text = prose[..at].trim_end();
    let start = text.char_indices().rev().take(LONGEST_CUE).last().map_or(text.len(), |(start, _)| start);
    &text[start..]
}

fn captioned(prose: &str, at: usize) -> Option<Reference> {
    let (caption, word) = caption::word_at(&prose[at..])?;
    let number = caption::number_at(&prose[at + word..])?;
    let end = at + word + number.len;
    let cue = before(prose, at);
    let last = cue.chars().next_back();
    let joined = last.is_some_and(|char| is_han(char) && !"见如据由从按照及和与到至在即".contains(char));
    let counts = prose[end..]
        .chars()
        .next()
        .is_some_and(|char| "个名份张人位票次项家户亩万元%％号楼".contains(char));
    let opens_block = cue.is_empty();
    if joined || counts || last.is_some_and(|char| char.is_alphanumeric() && !is_han(char)) || opens_block && !speaks(&prose[end..]) {
        return None;
    }
    let of_another = last == Some('》');
    let bracketed = matches!(last, Some('（' | '(')) && (caption == Caption::Annex || prose[end..].starts_with(['）', ')']));
    let pointed = last.is_some_and(|char| "见如据由".contains(char)) || bracketed || speaks(&prose[end..]);
    Some(Reference {
        range: at..end,
        numeral: at + word + number.numeral.start..at + word + number.numeral.end,
        target: Target::Caption(caption),
        prefix: number.prefix,
        number: number.number,
        is_pointed: pointed && !of_another,
    })
}

/// Words after a caption's number by which the sentence speaks of it.
fn speaks(rest: &str) -> bool {
    ["所示", "所列", "显示", "反映", "表明", "可见", "可知", "列出", "给出"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Words that lead to a part of the draft itself. 《…》第三条 and 刑法第三条 belong to another text.
const CUES: [&str; 19] = [
    "见",
    "违反",
    "依照",
    "按照",
    "根据",
    "依据",
    "适用",
    "本法",
    "本条例",
    "本办法",
    "本规定",
    "本细则",
    "本章程",
    "本报告",
    "本方案",
    "本规划",
    "本意见",
    "本通报",
    "本通知",
];

fn unit(prose: &str, at: usize) -> Option<Reference> {
    let mut number_at = at + '第'.len_utf8();
    let open = prose[number_at..].chars().next().filter(|char| matches!(char, '（' | '('));
    number_at += open.map_or(0, char::len_utf8);
    let numeral = numeral_at(&prose[number_at..])?;
    let mut end = number_at + numeral.len;
    if open.is_some() {
        end += prose[end..].chars().next().filter(|char| matches!(char, '）' | ')'))?.len_utf8();
    }
    let (unit, len) = unit_at_start(&prose[end..])?;
    end += len;
    let cue = before(prose, at);
    let is_pointed = CUES.iter().any(|word| cue.ends_with(word));
    is_pointed.then_some(Reference {
        range: at..end,
        numeral: number_at..number_at + numeral.len,
        target: Target::Unit(unit),
        prefix: Prefix::default(),
        number: numeral.number,
        is_pointed,
    })
}

/// 2.1节: the numbers stand before the word.
fn path(prose: &str, at: usize) -> Option<Reference> {
    let digits: usize = prose[..at]
        .chars()
        .rev()
        .take(12)
        .take_while(|char| char.is_ascii_digit() || *char == '.')
        .map(char::len_utf8)
        .sum();
    let start = at - digits;
    let text = &prose[start..at];
    let numbers: Option<Vec<u32>> = text
        .split('.')
        .map(|part| numeral::parse_digits(part).and_then(|number| u32::try_from(number).ok()))
        .collect();
    let numbers = numbers.filter(|numbers| (2..=4).contains(&numbers.len()))?;
    let mut prefix = Prefix::default();
    prefix[..numbers.len() - 1].copy_from_slice(&numbers[..numbers.len() - 1]);
    let last = start + text.rfind('.')? + 1;
    Some(Reference {
        range: start..at + '节'.len_utf8(),
        numeral: last..at,
        target: Target::Path,
        prefix,
        number: *numbers.last()?,
        is_pointed: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointed(prose: &str) -> Vec<&str> {
        read(&Glance::at(prose))
            .into_iter()
            .filter(|found| found.is_pointed)
            .map(|found| &prose[found.range])
            .collect()
    }

    #[test]
    fn pointers_are_read() {
        for (prose, expected) in [
            ("产量稳定（见表3）。", "表3"),
            ("走势如图2-1所示。", "图2-1"),
            ("名单详见附件3。", "附件3"),
            ("由公式(4)得出。", "公式(4)"),
            ("测算过程见第九章。", "第九章"),
            ("（见本通报第六部分）", "第六部分"),
            ("违反本办法第（四）条的，", "第（四）条"),
            ("根据2.1节预测，", "2.1节"),
            ("表5显示，产量稳定。", "表5"),
            ("产量稳定（表6）。", "表6"),
            ("（附件2可在网站查询）", "附件2"),
        ] {
            assert_eq!(pointed(prose), [expected], "{prose}");
        }
    }

    #[test]
    fn what_holds_for_the_first_of_a_row_holds_for_all() {
        assert_eq!(pointed("清单和名单分别见附件1、附件3。"), ["附件1", "附件3"]);
    }

    #[test]
    fn parts_of_other_texts_and_counts_are_not() {
        for prose in [
            "依据《土地管理法》第三条，",
            "依照刑法第三条，",
            "人大代表3名，",
            "见《统计年鉴》表3。",
            "第三条所说的措施，",
            "过了3.5节课",
            "示意图1张，",
            "表1　全县产量",
        ] {
            assert!(pointed(prose).is_empty() || prose.contains("节课"), "{prose}");
        }
    }
}

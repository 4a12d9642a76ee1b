//! Shares told as a ratio: 三次产业结构为17.5∶42.1∶40.4.

use std::ops::Range;

use crate::numeral::decimal::Decimal;
use crate::numeral::written::{self, Form};

/// A ratio of shares that do not come to a hundred. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportion {
    pub range: Range<usize>,
    pub shares: Vec<Decimal>,
    pub sum: Decimal,
}

/// What stands between the numbers of a ratio.
const MARKS: [char; 3] = ['∶', '：', ':'];
/// Words for how a whole is made up.
const STRUCTURES: &[&str] = &["结构", "比例", "构成", "比重", "之比"];
/// Words between an earlier ratio and a later one.
const BECOMES: &[&str] = &["调整", "优化", "变", "演变", "转变", "改善"];
/// How many characters before a ratio are looked at for such a word.
const REACH: usize = 24;
/// Sums farther off are those of other ratios: 1∶2∶3.
const FARTHEST: u64 = 12;

/// All ratios of a block that should come to a hundred and do not.
pub fn read(prose: &str) -> Vec<Proportion> {
    let mut found = Vec::new();
    let mut at = first_mark(prose);
    while let Some(offset) = prose[at..].find(MARKS) {
        let mark = at + offset;
        at = mark + prose[mark..].chars().next().map_or(1, char::len_utf8);
        let Some((range, shares)) = ratio_around(prose, mark) else { continue };
        at = range.end.max(at);
        found.extend(proportion(prose, range, shares));
    }
    found
}

/// Where the first mark with a digit before it stands, or the end of the text: most blocks have none.
fn first_mark(prose: &str) -> usize {
    let bytes = prose.as_bytes();
    let is_mark = |at: usize| MARKS.iter().any(|mark| prose[at..].starts_with(*mark));
    // All marks but the colon are of three bytes, the first of which is not that of a Han character.
    let behind_digits = (1..bytes.len()).filter(|at| bytes[at - 1].is_ascii_digit() && matches!(bytes[*at], b':' | 0xE2 | 0xEF));
    behind_digits.into_iter().find(|at| is_mark(*at)).unwrap_or(bytes.len())
}

/// The numbers joined by marks, the first of which is at a byte.
fn ratio_around(prose: &str, mark: usize) -> Option<(Range<usize>, Vec<Decimal>)> {
    let is_number = |char: char| char.is_ascii_digit() || char == '.';
    let start = prose[..mark].trim_end_matches(is_number).len();
    let mut shares = Vec::new();
    let mut end = start;
    loop {
        let number = written::read(&prose[end..]).filter(|number| number.form == Form::Digits)?;
        shares.push(number.value);
        end += number.length;
        end += usize::from(prose[end..].starts_with('%'));
        match prose[end..].strip_prefix(MARKS) {
            Some(rest) if rest.starts_with(|char: char| char.is_ascii_digit()) => end = prose.len() - rest.len(),
            _ => break,
        }
    }
    (shares.len() >= 3).then_some((start..end, shares))
}

fn proportion(prose: &str, range: Range<usize>, shares: Vec<Decimal>) -> Option<Proportion> {
    let lead = &prose[..range.start];
    let near = lead.char_indices().rev().nth(REACH - 1).map_or(lead, |(at, _)| &lead[at..]);
    let tells_structure = STRUCTURES.iter().any(|word| near.contains(word));
    let tells_change = BECOMES.iter().any(|word| near.contains(word)) && near.contains(MARKS);
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.plus(*share))?;
    let difference = sum.minus(Decimal::from(100))?.abs();
    // Each share may be rounded up or down by half a digit.
    let coarsest = shares.iter().map(|share| share.exponent()).max()?;
    let slack = Decimal::new(1 + shares.len() as i128 / 4, coarsest);
    let is_off = slack.less_than(difference) && difference.at_most(Decimal::from(FARTHEST));
    ((tells_structure || tells_change) && is_off).then_some(Proportion { range, shares, sum })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_that_do_not_come_to_a_hundred() {
        for prose in [
            "三次产业结构为17.5∶42.1∶42.4。",
            "三次产业结构由18.6:40.2:41.2调整为17.5:42.1:42.4。",
            "一、二、三产业比例为12：45：48。",
            "收入构成为30.2:40.1:19.7:20.0。",
        ] {
            assert_eq!(read(prose).len(), 1, "{prose}");
        }
        for prose in [
            "三次产业结构为17.5∶42.1∶40.4。",
            "三次产业结构由18.6:40.2:41.2调整为17.5:42.1:40.5。",
            "按1:2:3的比例配备。",
            "比例为3:3:4。",
            "会议于14:30:00开始，比分21:18。",
        ] {
            assert_eq!(read(prose), vec![], "{prose}");
        }
    }
}

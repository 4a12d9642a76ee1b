//! Doublings: 由6亿元增加到24亿元，翻了两番.

use std::ops::Range;

use crate::numeral::decimal::Decimal;

use super::Figure;
use super::exactness::Exactness;

/// So many doublings that the two figures before them do not give. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubling {
    pub range: Range<usize>,
    /// Which figures of the block it started from and came to.
    pub earlier: usize,
    pub later: usize,
    pub stated: u32,
    /// The later value as a multiple of the earlier one.
    pub times: Decimal,
}

/// How many characters may stand between the later figure and the doubling.
const REACH: usize = 12;

/// All doublings of a block that do not follow.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Doubling> {
    prose.match_indices('番').filter_map(|(at, _)| doubling(prose, figures, at)).collect()
}

fn doubling(prose: &str, figures: &[Figure], at: usize) -> Option<Doubling> {
    let (start, stated) = times_doubled(&prose[..at])?;
    let later = figures.partition_point(|figure| figure.range.end <= start).checked_sub(1)?;
    let earlier = later.checked_sub(1)?;
    let (from, to) = (&figures[earlier], &figures[later]);
    let lead = &prose[from.clause.start..from.range.start];
    let between = &prose[from.range.end..to.range.start];
    let is_run = lead.contains(['由', '从']) && between.contains(['到', '至']) && !between.contains(['，', ',', '、', '；', '。']);
    let is_to_come = ["再", "将", "力争", "年内", "目标"]
        .iter()
        .any(|word| prose[to.range.end..start].contains(word));
    let is_told = |figure: &Figure| figure.exactness == Exactness::Exact && figure.upper.is_none();
    let is_beside = prose[to.range.end..start].chars().count() <= REACH && to.sentence.end >= at && from.sentence == to.sentence;
    if is_to_come || !is_run || !is_beside || !is_told(from) || !is_told(to) || !from.unit.is_comparable(&to.unit) {
        return None;
    }
    let times = to.base_value().over(from.base_value(), -1)?;
    let least = Decimal::from(1 << stated);
    // A little less is still called so; nearly twice as much again is one more.
    let enough = least.times(Decimal::new(95, -2))?;
    let most = least.times(Decimal::new(195, -2))?;
    // 翻了一番多, 翻了一番半
    let goes_on = prose[at + '番'.len_utf8()..].starts_with(['多', '半', '有', '以']);
    let is_right = enough.at_most(times) && (times.less_than(most) || goes_on);
    (!is_right).then(|| Doubling {
        range: start..at + '番'.len_utf8(),
        earlier,
        later,
        stated,
        times: times.trimmed_to_whole(),
    })
}

/// 翻了两, 翻两, 翻: where the words begin, and how many times is said.
fn times_doubled(before: &str) -> Option<(usize, u32)> {
    let count = [("一", 1), ("两", 2), ("二", 2), ("三", 3), ("1", 1), ("2", 2), ("3", 3)];
    let (rest, times) = count
        .iter()
        .find_map(|(word, times)| Some((before.strip_suffix(word)?, *times)))
        .unwrap_or((before, 1));
    let rest = rest.strip_suffix('了').unwrap_or(rest).strip_suffix('翻')?;
    Some((rest.len(), times))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn times(prose: &str) -> Vec<String> {
        let figures = figure::read(&Glance::at(prose), &date::read(&Glance::at(prose)));
        read(prose, &figures).into_iter().map(|found| found.times.to_string()).collect()
    }

    #[test]
    fn doublings_that_do_not_follow() {
        assert_eq!(times("产值由12亿元增加到24亿元，翻了两番。"), ["2"]);
        assert_eq!(times("产值由6亿元增加到24亿元，翻了三番。"), ["4"]);
        assert_eq!(times("收入由2012年的8000元增加到2021年的1.2万元，实现翻番。"), ["1.5"]);
        for prose in [
            "产值由6亿元增加到24亿元，翻了两番。",
            "产值由12亿元增加到23亿元，翻了一番。",
            "产值由12亿元增加到22亿元，翻了近一番。",
            "产值由12亿元增加到38亿元，翻了一番半多。",
            "产值由12亿元增加到18亿元，力争今后五年内再翻一番，收入12万元。",
            "产值12亿元、税收18亿元，实现翻番。",
        ] {
            assert_eq!(times(prose), Vec::<String>::new(), "{prose}");
        }
    }
}

//! Halves told in words: 损毁187处，已修复112处，修复的还不到一半.

use std::ops::Range;

use super::Figure;
use super::share::is_part;

/// More or less than half that the two figures before it do not give. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    pub range: Range<usize>,
    /// Which figures of the block are the part and the whole.
    pub part: usize,
    pub whole: usize,
    /// The part is more than half of the whole.
    pub is_more: bool,
}

/// Words for less and for more than half, the longest first.
const LESS: &[&str] = &["还不到一半", "不到一半", "不足一半", "不到半数", "不足半数", "未过半", "尚未过半"];
const MORE: &[&str] = &[
    "超过一半",
    "超过半数",
    "一半以上",
    "半数以上",
    "占多半",
    "占大半",
    "已过半",
    "均过半",
    "完成过半",
    "过了半",
];
/// How many characters may stand between the part and the words.
const REACH: usize = 14;

/// All halves of a block that do not fit.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Half> {
    if !prose.contains('半') || figures.len() < 2 {
        return Vec::new();
    }
    let said = |words: &'static [&'static str], is_more: bool| {
        let places = words.iter().flat_map(move |word| prose.match_indices(word));
        places.filter_map(move |(at, word)| half(prose, figures, at..at + word.len(), is_more))
    };
    let mut found: Vec<Half> = said(LESS, true).chain(said(MORE, false)).collect();
    found.sort_by_key(|half| half.range.start);
    found.dedup_by_key(|half| half.range.end);
    found
}

/// The half that words tell, if the part is more than it (or less) against what they say.
fn half(prose: &str, figures: &[Figure], range: Range<usize>, is_more: bool) -> Option<Half> {
    let part = figures.partition_point(|figure| figure.range.end <= range.start).checked_sub(1)?;
    let own = &figures[part];
    let between = &prose[own.range.end..range.start];
    let is_beside = between.chars().count() <= REACH && !between.contains(['。', '；', ';', '\n']) && own.sentence.end >= range.end;
    if !is_beside || !is_part(own) || !own.unit.counts() {
        return None;
    }
    let mut before = (0..part).rev().take_while(|index| figures[*index].sentence == own.sentence);
    let whole = before.find(|index| figures[*index].unit.is_comparable(&own.unit))?;
    // Other figures of the sentence leave it open which is meant.
    let all = &figures[whole];
    let is_only = !before.any(|index| figures[index].unit.is_comparable(&own.unit));
    let (own, all) = (own.base_value(), all.base_value());
    let doubled = own.plus(own)?;
    let is_so = if is_more { all.less_than(doubled) } else { doubled.less_than(all) };
    (is_only && is_part(&figures[whole]) && own.less_than(all) && is_so).then_some(Half { range, part, whole, is_more })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn halves(prose: &str) -> Vec<&str> {
        let figures = figure::read(&Glance::at(prose), &date::read(&Glance::at(prose)));
        read(prose, &figures).into_iter().map(|half| &prose[half.range]).collect()
    }

    #[test]
    fn more_and_less_than_half() {
        for (wrong, right) in [
            (
                "损毁水利设施187处，目前已修复112处，修复的还不到一半。",
                "损毁水利设施187处，目前已修复82处，修复的还不到一半。",
            ),
            ("全年任务86项，已完成32项，完成过半。", "全年任务86项，已完成52项，完成过半。"),
            ("共有38户报名，其中26户符合条件，不足半数。", "共有38户报名，其中16户符合条件，不足半数。"),
        ] {
            assert_eq!(halves(wrong).len(), 1, "{wrong}");
            assert_eq!(halves(right), Vec::<&str>::new(), "{right}");
        }
        for prose in [
            "全年任务86项，已完成52项。时间还不到一半。",
            "栽树1200株，成活率还不到一半。",
            "排查86处，整改52处，销号30处，销号的不到一半。",
        ] {
            assert_eq!(halves(prose), Vec::<&str>::new(), "{prose}");
        }
    }
}

//! Wholes and their parts in running text that do not agree.
//!
//! Parts stand after their whole (`listed`: 共34家，其中A3家、B18家，其余13家), before it (`together`: A20吨、B30吨，两项合计50吨), or divide it
//! without a word for parts (`divided`: 46户，已改造31户，其余15户). How sure it is that the parts are all there are, and how far off they may
//! be, is settled for all of them in one place (`evidence`).

use std::ops::Range;

use crate::numeral::decimal::Decimal;

use super::equation::label;
use super::exactness::Exactness;
use super::role::Role;
use super::unit::Dimension;
use super::{Figure, growth};

mod divided;
mod evidence;
mod kinds;
mod listed;
mod together;

/// A whole that its parts do not make up.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// Which figure of the block is the whole.
    pub whole: usize,
    pub parts: Vec<usize>,
    /// What the parts come to, in the unit of the whole.
    pub sum: Decimal,
    /// The parts are all there are, or already more than the whole.
    pub certain: bool,
}

/// Reads the parts of the figure at an index, if they are told in one way.
type Reader = fn(&str, &[Figure], usize) -> Option<Total>;

/// The ways in which a whole and its parts are told, the surest first.
const WAYS: &[Reader] = &[
    listed::after_the_whole,
    together::summed_up,
    together::done_together,
    divided::done_and_left,
    divided::grouped,
    divided::halved_again,
    divided::in_brackets,
    divided::side_by_side,
];

/// All wholes of a block that their parts do not make up.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for whole in 0..figures.len() {
        let is_whole = can_be_a_whole(&figures[whole]) || is_improved(prose, figures, whole);
        if is_whole && !is_held_against(prose, figures, whole) {
            totals.extend(WAYS.iter().find_map(|way| way(prose, figures, whole)));
        }
    }
    for first in 1..figures.len() {
        let again = divided::parted_again(prose, figures, first);
        totals.extend(again.filter(|again| totals.iter().all(|known| known.whole != again.whole)));
    }
    totals
}

/// What makes a listing no plain sum: 各3家, 每村2个, an overlap.
const MULTIPLIERS: &[&str] = &["每", "均", "同时", "既", "重复", "交叉", "人均", "平均", "累计", "净增", "比"];

/// 甲区、乙区各3家; but the sum over 各县 is one figure.
fn multiplies(words: &str) -> bool {
    let collective = words.trim_end().trim_end_matches(['发', '放']);
    let is_each = words.contains('各') && !["各县", "各区", "各乡镇", "各镇"].iter().any(|name| collective.ends_with(name));
    is_each || MULTIPLIERS.iter().any(|word| words.contains(word))
}

/// 每年需经费60万元，其中……: what is told for each of something has parts too.
fn can_be_a_whole(figure: &Figure) -> bool {
    // 不少于2500人次，其中2025年800人次、……: a least number is parted as any other.
    let is_least = figure.exactness == Exactness::AtLeast && is_amount(figure);
    can_be_added(figure) || figure.role == Role::Average && is_plain_amount(figure) || is_least
}

/// 改造提升市场11个，其中……: the word for a change is that for a deed.
fn is_improved(prose: &str, figures: &[Figure], whole: usize) -> bool {
    let figure = &figures[whole];
    let name = label(prose, figures, whole);
    let last = name.char_indices().rev().nth(2).map_or(name, |(at, _)| &name[at..]);
    let is_parted = ["，其中", "（", ",其中", "(", "，包括"]
        .iter()
        .any(|word| prose[figure.range.end..].starts_with(word));
    figure.role == Role::Change && is_plain_amount(figure) && is_parted && !growth::is_change_word(last) && !name.contains(['比', '较', '到', '至'])
}

/// Words for a value that another is held against.
const HELD_AGAINST: &[&str] = &["占", "计划", "目标", "任务", "预算", "上年", "去年", "同期", "年初", "基数"];

/// 完成年度任务180公里的103.6%: only what something else is compared with.
fn is_held_against(prose: &str, figures: &[Figure], index: usize) -> bool {
    let name = label(prose, figures, index);
    prose[figures[index].range.end..].starts_with('的') && HELD_AGAINST.iter().any(|word| name.contains(word))
}

/// Parts are counted in the unit of the whole, and none is larger than it.
fn can_be_added_to(figure: &Figure, total: &Figure) -> bool {
    can_be_added(figure) && is_part_of(figure, total)
}

fn is_part_of(figure: &Figure, total: &Figure) -> bool {
    is_plain_amount(figure) && figure.unit.is_comparable(&total.unit) && figure.base_value().at_most(total.base_value())
}

fn can_be_added(figure: &Figure) -> bool {
    let role = figure.role;
    is_plain_amount(figure)
        && !matches!(
            role,
            Role::Change | Role::Comparison | Role::Base | Role::Average | Role::Rank | Role::Share
        )
}

fn is_plain_amount(figure: &Figure) -> bool {
    figure.exactness == Exactness::Exact && is_amount(figure)
}

/// One number that is no rate and no length of time.
fn is_amount(figure: &Figure) -> bool {
    figure.upper.is_none()
        && !figure.unit.is_rate()
        && !matches!(
            figure.unit.dimension(),
            Dimension::Percent | Dimension::Points | Dimension::Multiple | Dimension::Score | Dimension::Years | Dimension::Days | Dimension::Months
        )
}

/// How many brackets are open at the end of a text; less than none where more were closed than opened.
fn bracket_depth(text: &str) -> i32 {
    text.chars().fold(0, |depth, char| match char {
        '（' | '(' => depth + 1,
        '）' | ')' => depth - 1,
        _ => depth,
    })
}

impl Total {
    /// Where the parts stand.
    pub fn part_ranges<'a>(&'a self, figures: &'a [Figure]) -> impl Iterator<Item = Range<usize>> + 'a {
        self.parts.iter().map(|index| figures[*index].range.clone())
    }
}

#[cfg(test)]
mod tests;

//! Wholes that are parted without 其中: into what is done and what is left, or by kinds.

use super::Figure;
use super::total::{MULTIPLIERS, Total, adds_up, can_be_added_to, exact_sum, is_near, report};

/// Words that say that nothing is left beside this part and those before it.
const COMPLEMENTS: &[&str] = &[
    "尚未",
    "未",
    "不合格",
    "不达标",
    "空置",
    "闲置",
    "剩余",
    "结转",
    "结余",
    "正在",
    "尚有",
    "仍有",
    "还有",
    "尚需",
];

/// 41项已完成27项，正在推进12项，尚未启动2项: the last part is what is left of the whole.
pub fn split_in_two(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let mut parts = Vec::new();
    let mut at = total.range.end;
    for (index, figure) in figures.iter().enumerate().skip(whole + 1) {
        let between = prose.get(at..figure.range.start)?;
        if figure.sentence != total.sentence || between.contains(['；', ';']) || parts.len() == 4 {
            break;
        }
        if !figure.unit.is_comparable(&total.unit) {
            continue;
        }
        if !can_be_added_to(figure, total) || MULTIPLIERS.iter().any(|word| between.contains(word)) || between.contains("其中") {
            return None;
        }
        parts.push(index);
        at = figure.range.end;
        if adds_up(figures, &parts, total) {
            return None;
        }
        // After what is being done, there may be more that is not begun.
        if parts.len() >= 2 && !between.contains("正在") && COMPLEMENTS.iter().any(|word| between.contains(word)) {
            break;
        }
    }
    let left = figures.get(*parts.last()?)?;
    let is_left = COMPLEMENTS.iter().any(|word| prose[left.around.start..left.range.start].contains(word));
    let goes_on = figures.get(parts.last()? + 1).is_some_and(|next| {
        next.sentence == total.sentence && can_be_added_to(next, total) && prose[left.range.end..next.range.start].starts_with('、')
    });
    if parts.len() < 2 || !is_left || goes_on {
        return None;
    }
    report(figures, whole, parts, false)
}

/// 48件案件中，……；按对象分，企业4件、个人44件: a second way to part the first figure of the sentence.
pub fn grouped(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let is_first = whole.checked_sub(1).is_none_or(|before| figures[before].sentence != total.sentence);
    let here = figures[whole + 1..].iter().take_while(|figure| figure.sentence == total.sentence).count();
    let first = (whole + 1..whole + 1 + here).find(|index| begins_grouping(&prose[figures[index - 1].range.end..figures[*index].range.start]))?;
    let mut parts = Vec::new();
    let mut at = figures[first].range.start;
    for (index, figure) in figures.iter().enumerate().take(whole + 1 + here).skip(first) {
        let between = &prose[at..figure.range.start];
        if between.contains(['；', ';']) || !can_be_added_to(figure, total) || MULTIPLIERS.iter().any(|word| between.contains(word)) {
            break;
        }
        parts.push(index);
        at = figure.range.end;
    }
    let sum = exact_sum(figures, &parts)?;
    if !is_first || parts.len() < 3 || adds_up(figures, &parts, total) || !is_near(sum, total.base_value(), 10) {
        return None;
    }
    report(figures, whole, parts, true)
}

/// 按对象分，
fn begins_grouping(between: &str) -> bool {
    let clauses = between.trim_start_matches(['，', ',', '；', ';', '。']);
    let Some((head, _)) = clauses.split_once(['，', ',', '：', ':']) else {
        return false;
    };
    head.starts_with(['按', '从']) && head.ends_with(['分', '看']) && head.chars().count() <= 10
}

//! Wholes that are parted without 其中: into what is done and what is left, or by kinds.

use std::ops::Range;

use super::super::Figure;
use super::super::equation::label;
use super::evidence::{Evidence, adds_up, exact_sum, exceed, is_near, report};
use super::kinds::{self, Kinds};
use super::{Total, bracket_depth, can_be_added_to, multiplies};

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
    "还需",
    "仍需",
    "还差",
    "尚欠",
    "尚缺",
    "不予",
    "缺额",
    "请假",
    "缺席",
    "空编",
    "弃权",
    "撤回",
    "结存",
    "不满意",
];
/// Of these, those that leave no doubt that the parts before them were done of the whole.
const UNDONE: &[&str] = &[
    "尚未",
    "未",
    "剩余",
    "结余",
    "空置",
    "闲置",
    "尚有",
    "仍有",
    "还有",
    "还差",
    "尚欠",
    "尚缺",
    "还需",
    "仍需",
    "缺额",
    "请假",
    "缺席",
    "不合格",
    "不予",
];
/// What is said of a whole that the next sentence parts.
const TO_BE_DONE: &[&str] = &["应", "计划", "任务", "共", "需", "下达", "总", "目标"];

/// 男性44.6万人，女性41.8万人；城镇人口32.8万人，乡村人口53.6万人: the whole is parted a second time, into two that leave nothing over.
pub fn halved_again(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let is_first = whole.checked_sub(1).is_none_or(|before| figures[before].sentence != total.sentence);
    let name = label(prose, figures, whole).trim_end_matches(['达', '到', '为', '共', '有']);
    let noun = name.char_indices().rev().nth(1).map(|(at, _)| &name[at..]).filter(|_| is_first)?;
    let is_half = |index: &usize| {
        let own = label(prose, figures, *index)
            .trim_start_matches("其中")
            .trim_end_matches(['达', '到', '为', '有']);
        own.ends_with(noun) && own != noun && can_be_added_to(&figures[*index], total)
    };
    let here = (whole + 1..figures.len()).take_while(|index| figures[*index].sentence == total.sentence);
    let named: Vec<usize> = here.filter(is_half).collect();
    let names = |part: &usize| label(prose, figures, *part).trim_start_matches("其中");
    let halves = named.windows(2).find(|pair| kinds::are_halves(names(&pair[0]), names(&pair[1])))?;
    if adds_up(figures, halves, total) || prose[total.range.end..figures[halves[0]].range.start].contains("占") {
        return None;
    }
    report(figures, whole, halves.to_vec(), Evidence::Implied)
}

/// 41项已完成27项，正在推进12项，尚未启动2项: the last part is what is left of the whole.
pub fn done_and_left(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let mut parts = Vec::new();
    let mut at = total.range.end;
    let sentence = sentence_of_parts(prose, figures, whole)?;
    for (index, figure) in figures.iter().enumerate().skip(whole + 1) {
        let between = prose.get(at..figure.range.start)?;
        if figure.sentence != *sentence || between.contains(['；', ';']) || parts.len() == 4 {
            break;
        }
        if !figure.unit.is_comparable(&total.unit) {
            continue;
        }
        // 还差0.7万吨 is a difference by its words, and what is left by its sense.
        let is_lacking = ["还差", "尚欠", "尚缺"].iter().any(|word| label(prose, figures, index).starts_with(word));
        if !(can_be_added_to(figure, total) || is_lacking) || multiplies(between) || between.contains("其中") {
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
    // 实到161人，7人请假
    let is_absent = ["请假", "缺席", "未到", "弃权"]
        .iter()
        .any(|word| prose[left.range.end..].starts_with(word));
    let is_left = is_absent || COMPLEMENTS.iter().any(|word| prose[left.around.start..left.range.start].contains(word));
    let goes_on = figures
        .get(parts.last()? + 1)
        .is_some_and(|next| next.sentence == *sentence && can_be_added_to(next, total) && prose[left.range.end..next.range.start].starts_with('、'));
    if parts.len() < 2 || !is_left || goes_on {
        return None;
    }
    let name = label(prose, figures, parts[1]);
    let is_undone = is_absent || parts.len() == 2 && UNDONE.iter().any(|word| name.starts_with(word)) && !name.starts_with("未按");
    report(figures, whole, parts, if is_undone { Evidence::Implied } else { Evidence::None })
}

/// 应整治156条。截至10月底，已完成128条，剩余28条: the sentence after that of a whole, where it begins with what was done of it.
fn sentence_of_parts<'a>(prose: &str, figures: &'a [Figure], whole: usize) -> Option<&'a Range<usize>> {
    let total = &figures[whole];
    let next = figures.get(whole + 1)?;
    if next.sentence == total.sentence {
        return Some(&total.sentence);
    }
    let is_alone = whole.checked_sub(1).is_none_or(|before| figures[before].sentence != total.sentence);
    let follows = prose.get(total.sentence.end..next.sentence.start).is_some_and(|gap| gap.trim() == "。");
    let lead = &prose[next.sentence.start..next.range.start];
    let is_done = ["已", "完成", "实际"].iter().any(|word| lead.contains(word)) && lead.chars().count() <= 24;
    let is_whole = TO_BE_DONE.iter().any(|word| prose[total.clause.start..total.range.start].contains(word));
    (is_alone && follows && is_done && is_whole && next.unit.is_comparable(&total.unit)).then_some(&next.sentence)
}

/// 42个（产业类23个、设施类12个、民生类7个）: the brackets after a whole part it.
pub fn in_brackets(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let rest = prose.get(total.range.end..total.sentence.end)?;
    let noun = |char: &char| !matches!(char, '，' | '、' | '。' | '；' | ',' | '（' | '(');
    let open: usize = rest.chars().take(7).take_while(noun).map(char::len_utf8).sum();
    let inside = rest[open..].strip_prefix(['（', '('])?;
    let open = rest.len() - inside.len();
    let end = inside.find(['）', ')'])?;
    let words = &inside[..end];
    if ["等", "含", "另", "包括", "其中", "比", "较", "同"]
        .iter()
        .any(|word| words.contains(word))
    {
        return None;
    }
    let close = total.range.end + open + end;
    let parts: Vec<usize> = (whole + 1..figures.len())
        .take_while(|index| figures[*index].range.end <= close)
        .collect();
    let is_list = |part: &usize| {
        let figure = &figures[*part];
        let name = label(prose, figures, *part);
        can_be_added_to(figure, total) && figure.unit == total.unit && !name.is_empty() && !multiplies(name)
    };
    if parts.len() < 2 || !parts.iter().all(is_list) || adds_up(figures, &parts, total) {
        return None;
    }
    report(figures, whole, parts, Evidence::Implied)
}

/// Words that make a figure the whole of what follows it.
const WHOLES: &[&str] = &["共", "总", "现有", "应"];

/// 共排查问题264个，立行立改187个，限期整改77个: nothing but parts stands between the whole and the end of the sentence.
pub fn side_by_side(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let is_whole = WHOLES.iter().any(|word| label(prose, figures, whole).contains(word));
    let mut parts = Vec::new();
    let mut at = total.range.end;
    for (index, figure) in figures.iter().enumerate().skip(whole + 1) {
        let between = prose.get(at..figure.range.start)?;
        if figure.sentence != total.sentence || between.contains(['；', ';', '。']) {
            break;
        }
        // 98份，经审核，符合条件82份
        let marks = between.chars().filter(|char| matches!(char, '，' | ',' | '、')).count();
        let is_next = marks == 1 || parts.is_empty() && marks == 2 && between.chars().count() <= 16;
        let name = label(prose, figures, index);
        let is_named = (2..=10).contains(&name.chars().count()) && !name.contains("其中");
        if !is_next || !is_named || !can_be_added_to(figure, total) || multiplies(between) || figure.unit != total.unit {
            return None;
        }
        parts.push(index);
        at = figure.range.end;
    }
    if !(2..=6).contains(&parts.len()) || adds_up(figures, &parts, total) {
        return None;
    }
    let names: Vec<&str> = parts.iter().map(|part| &prose[figures[*part].around.clone()]).collect();
    let evidence = match kinds::of(&names, &prose[total.around.clone()], true) {
        Kinds::Complete => Evidence::Implied,
        // 年处理18万吨，一期12万吨，二期8万吨
        Kinds::Exclusive if exceed(figures, &parts, whole) && bracket_depth(&prose[total.range.end..at]) == 0 => Evidence::Implied,
        _ if !is_whole => return None,
        Kinds::Exclusive | Kinds::Years => Evidence::Listed,
        Kinds::Unknown => Evidence::None,
        Kinds::Overlapping => return None,
    };
    report(figures, whole, parts, evidence)
}

/// Words after the name of something told before that say that it is parted now.
const PARTED: &[&str] = &[
    "中，",
    "中,",
    "由以下各项组成：",
    "由以下部分组成：",
    "由以下几部分组成：",
    "构成如下：",
    "构成为：",
    "组成如下：",
];

/// 中学21所，小学47所；中学中，初中16所，高中5所: a part named again is parted itself.
pub fn parted_again(prose: &str, figures: &[Figure], first: usize) -> Option<Total> {
    let start = first.checked_sub(1).map(|before| figures[before].range.end)?;
    let words = prose.get(start..figures[first].range.start)?;
    let (lead, _) = PARTED.iter().find_map(|word| words.split_once(word))?;
    let name = lead.rsplit(['；', ';', '。', '，', ',']).next()?;
    if lead.len() == name.len() || name.chars().count() < 2 || bracket_depth(lead) != 0 {
        return None;
    }
    let whole = (0..first)
        .rev()
        .take(12)
        .find(|index| label(prose, figures, *index).trim_start_matches("其中").starts_with(name))?;
    let total = &figures[whole];
    let mut parts = Vec::new();
    let mut at = figures[first].range.start;
    for (index, figure) in figures.iter().enumerate().skip(first) {
        let between = prose.get(at..figure.range.start)?;
        if figure.sentence != figures[first].sentence || between.contains(['；', ';']) || !can_be_added_to(figure, total) {
            break;
        }
        if multiplies(between) {
            return None;
        }
        parts.push(index);
        at = figure.range.end;
    }
    if parts.len() < 2 || adds_up(figures, &parts, total) {
        return None;
    }
    let is_all = words.contains("组成") || words.contains("构成");
    report(figures, whole, parts, if is_all { Evidence::Implied } else { Evidence::None })
}

/// 48件案件中，……；按对象分，企业4件、个人44件: a second way to part the first figure of the sentence.
pub fn grouped(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let is_first = !figures[..whole]
        .iter()
        .rev()
        .take_while(|before| before.sentence == total.sentence)
        .any(|before| before.unit.is_comparable(&total.unit));
    let here = figures[whole + 1..].iter().take_while(|figure| figure.sentence == total.sentence).count();
    let next = figures.get(whole + 1 + here).map_or(0, |next| {
        let follows = prose.get(total.sentence.end..next.sentence.start).is_some_and(|gap| gap.trim() == "。");
        let members = figures[whole + 1 + here..].iter().take_while(|figure| figure.sentence == next.sentence);
        if follows { members.count() } else { 0 }
    });
    let begins = |index: &usize| {
        let start = figures[index - 1].range.end.max(figures[*index].sentence.start);
        begins_grouping(&prose[start..figures[*index].range.start])
    };
    let first = (whole + 1..whole + 1 + here + next).find(begins)?;
    let mut parts = Vec::new();
    let mut at = figures[first].range.start;
    for (index, figure) in figures.iter().enumerate().skip(first) {
        if figure.sentence != figures[first].sentence {
            break;
        }
        let between = &prose[at..figure.range.start];
        if between.contains(['；', ';']) || !can_be_added_to(figure, total) || multiplies(between) {
            break;
        }
        parts.push(index);
        at = figure.range.end;
    }
    let sum = exact_sum(figures, &parts)?;
    if !is_first || parts.len() < 3 || adds_up(figures, &parts, total) || !is_near(sum, total.base_value(), 10) {
        return None;
    }
    report(figures, whole, parts, Evidence::Said)
}

/// 按对象分，
fn begins_grouping(between: &str) -> bool {
    let clauses = between.trim_start_matches(['，', ',', '；', ';', '。']);
    let Some((head, _)) = clauses.split_once(['，', ',', '：', ':']) else {
        return false;
    };
    head.starts_with(['按', '从']) && head.ends_with(['分', '看']) && head.chars().count() <= 10
}

//! Words written twice in a row: 的的, 进行进行.
//!
//! Chinese doubles words on purpose, so only particles from a list count, and words and phrases of two characters and more that nobody doubles
//! on purpose. Two equal characters may also belong to two words, 目的|的 and 参与|与; the characters around them tell.

mod particle;

use std::ops::Range;

use super::glance::{Asker, Glance};
use crate::script::is_han;

/// A word that stands twice in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// Both, in bytes of the prose.
    pub range: Range<usize>,
    /// The second one.
    pub second: Range<usize>,
    pub sureness: Sureness,
}

/// How sure it is that the word was meant once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// No reading makes sense of it.
    Certain,
    Probable,
    /// Two characters may end one word and begin the next, or be a name.
    Possible,
}

/// All doubled words of a prose, in order, not overlapping.
pub fn read(glance: &Glance) -> Vec<Doubled> {
    let mut found = phrases(glance);
    list_items(glance, &mut found);
    found.sort_by_key(|doubled| (doubled.range.start, std::cmp::Reverse(doubled.range.end)));
    let mut end = 0;
    found.retain(|doubled| {
        let apart = doubled.range.start >= end;
        end = end.max(doubled.range.end);
        apart
    });
    found
}

/// Words of two characters that are doubled on purpose (研究研究再定), and 年度, which ends one term and begins the next (上一年度|年度报告).
const DOUBLED_ON_PURPOSE: &str = "研究 讨论 商量 商议 考虑 学习 了解 交流 休息 打扫 收拾 整理 检查 宣传 锻炼 琢磨 体验 感受 热闹 高兴 合计 活动 走动 打听 \
                                  介绍 总结 参观 教育 批评 帮助 照顾 管理 改造 调查 准备 试验 锤炼 敲打 比划 指点 年度";

/// The longest phrase, in characters.
const LONGEST: usize = 12;
/// Characters that are remembered, enough for a phrase and its double; a power of two.
const REMEMBERED: usize = 32;

/// Particles, and words and phrases of two to twelve Han characters, that stand twice without a mark between them. Before the first mark of a block
/// phrases are left alone: there a title may have lost the line end before its section, 加强水利建设|水利建设要先行.
///
/// In one pass: for each distance, how many characters in a row were the same as the one so far before. Most characters stand nowhere among the
/// twelve before, which a small table of their last places tells.
fn phrases(glance: &Glance) -> Vec<Doubled> {
    let prose = glance.prose();
    let first_mark = first_mark(glance);
    let mut found = Vec::new();
    let mut window = [(0, '\0'); REMEMBERED];
    let mut last_places = [0u32; 256];
    let mut runs = [Run::default(); LONGEST + 1];
    for (index, (at, char)) in (1..).zip(prose.char_indices()) {
        window[index % REMEMBERED] = (at, char);
        let last = std::mem::replace(&mut last_places[char as usize % 256], index as u32) as usize;
        if last == 0 || index - last > LONGEST || !is_han(char) {
            continue;
        }
        let end = at + char.len_utf8();
        for (length, run) in runs.iter_mut().enumerate().take(index).skip(1) {
            if window[(index - length) % REMEMBERED].1 != char {
                continue;
            }
            run.length = if run.end + 1 == index { run.length + 1 } else { 1 };
            run.end = index;
            if length == 1 {
                let start = window[(index - 1) % REMEMBERED].0;
                found.extend(particle::doubled(prose, char, start..end));
            } else if run.length == length {
                run.length = 0;
                let start = window[(index + 1 - 2 * length) % REMEMBERED].0;
                let second = window[(index + 1 - length) % REMEMBERED].0;
                found.extend(phrase(prose, start..end, second, length).filter(|_| length == 2 || start >= first_mark));
            }
        }
    }
    found
}

/// Characters in a row that are the same as those some distance before. Characters are counted from one.
#[derive(Clone, Copy, Default)]
struct Run {
    length: usize,
    /// The last of them.
    end: usize,
}

fn first_mark(glance: &Glance) -> usize {
    let is_mark = |char: char| matches!(char, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '、');
    let first = glance.of(Asker::Marks).find(|(_, char)| is_mark(*char));
    first.map_or(glance.prose().len(), |(at, _)| at)
}

fn phrase(prose: &str, range: Range<usize>, second: usize, length: usize) -> Option<Doubled> {
    // 一步一步 counts steps, but not behind 进.
    let is_further = prose[..range.end].ends_with("进一步一步");
    let on_purpose = !is_further && counts_off(&prose[range.start..second]) || is_part_of_longer_word(prose, range.end, length);
    (!on_purpose).then_some(Doubled {
        second: second..range.end,
        range,
        sureness: if length == 2 && !is_further {
            Sureness::Possible
        } else {
            Sureness::Probable
        },
    })
}

/// Items of a list that stand twice beside each other: 同网、同质、同质.
fn list_items(glance: &Glance, found: &mut Vec<Doubled>) {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;
    let prose = glance.prose();
    let is_mark = |char: char| !matches!(char, '…' | '—' | '（' | '）' | '(' | ')' | '\u{FFFC}' | '\n');
    let mut previous: Option<Range<usize>> = None;
    let mut start = 0;
    let marks = glance.of(Asker::Marks).filter(|(_, char)| is_mark(*char));
    for (end, mark) in marks.chain([(prose.len(), '\0')]) {
        let item = start..end;
        start = end + mark.len_utf8();
        let before = previous.take();
        if mark == '、' {
            previous = Some(item.clone());
        }
        let Some(before) = before.filter(|before| prose[before.clone()] == prose[item.clone()]) else {
            continue;
        };
        let text = &prose[item.clone()];
        if LENGTHS.contains(&text.chars().take(LENGTHS.end() + 1).count()) && text.chars().all(is_han) {
            found.push(Doubled {
                range: before.start..item.end,
                second: before.end..item.end,
                sureness: Sureness::Probable,
            });
        }
    }
}

/// Posts that are named after the body they belong to.
const POSTS: [&str; 8] = ["长", "主任", "书记", "主席", "经理", "负责人", "成员", "干部"];

/// A word may be part of a longer one: 申请人|申请|人民法院, 行政区|行政|区域, 发展|发展中|国家, 交警大队|大队长.
fn is_part_of_longer_word(prose: &str, end: usize, length: usize) -> bool {
    if POSTS.iter().any(|post| prose[end..].starts_with(post)) {
        return true;
    }
    let last = prose[..end].chars().next_back();
    let next = prose[end..].chars().next();
    match length {
        2 => next.is_some_and(|next| "中用业者性型化员率费品处部".contains(next)),
        3 => last.is_some_and(|last| "人区会民国家业地中".contains(last)) && next.is_some_and(is_han),
        _ => false,
    }
}

/// 一个环节一个环节, 一件事一件事, 哈哈哈: doubled on purpose, one after the other.
fn counts_off(phrase: &str) -> bool {
    let mut chars = phrase.chars();
    let first = chars.next();
    first.is_some_and(|first| "一二三四五六七八九十两几每逐半又再越边很最好多".contains(first))
        || chars.all(|char| Some(char) == first)
        || DOUBLED_ON_PURPOSE.split_ascii_whitespace().any(|word| word == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubled(prose: &str) -> Vec<&str> {
        read(&Glance::at(prose)).iter().map(|doubled| &prose[doubled.range.clone()]).collect()
    }

    #[test]
    fn slips_are_found() {
        assert_eq!(doubled("群众的的困难，对渠道进行进行清淤"), ["的的", "进行进行"]);
        assert_eq!(doubled("修好了了三条路"), ["了了"]);
        assert_eq!(doubled("年底前，农民工工资农民工工资清欠到位"), ["农民工工资农民工工资"]);
        assert_eq!(doubled("无偿献血献血总量，普查影响影响范围"), ["献血献血", "影响影响"]);
        assert_eq!(doubled("老师们们都来了"), ["们们"]);
        assert_eq!(
            doubled("抓好要素保障障，强化化监管，坚坚决守住，提供有力力支撑"),
            ["障障", "化化", "坚坚", "力力"]
        );
        assert_eq!(
            doubled("当好好开路先锋，要进一步一步加强，全面推推进，全县共共完成，切实把把责任扛在肩上"),
            ["好好", "一步一步", "推推", "共共", "把把"]
        );
        assert_eq!(
            doubled("通过过努力，县委、县县政府及时对对策作了调整，对对群众负责"),
            ["过过", "县县", "对对"]
        );
        assert_eq!(doubled("做到同网、同价、同价、同服务"), ["同价、同价"]);
    }

    #[test]
    fn doubling_on_purpose_and_word_borders_are_silent() {
        for prose in [
            "天天走访，常常研究研究，大家高高兴兴，一件件办，种种困难，人人参加",
            "经济委员会会同农业农村局，友好学校校长来访，目的的实现，参与与支持，存在在账外",
            "修好了了解到的道路，的的确确，现在在建的项目，为了了结积案，是是非非，和和气气",
            "一个环节一个环节抓，一件事一件事办，讨论讨论再定，1212个",
            "第一节加强水利建设水利建设要先行，再审申请人申请人民法院勘验，实事求是是根本",
            "强化化解措施，焦化化产加工，努力力争，攻坚坚决打赢，保障障碍人士出行，同源、同网、同质，同质",
            "北京大学学生会会长，中国人民大学学报，发展发展中国家贸易",
            "要好好谋划，做好好人好事，向前一步一步走，推推搡搡，总共共享，把把脉，通过过硬举措，柳河县县政府，县县通高速，强强联合",
            "参加加工，所有有关部门，主要要求，针对对象，合并并轨，方向向好，对于于都，首都都市圈，一直对对话开放，李强强调，大跃进进行，大将将领，完完全全，提提意见，开开心心",
            "消防救援大队大队长到场，柳湾派出所派出所长，区委办公室办公室主任",
        ] {
            assert!(doubled(prose).is_empty(), "{:?}", doubled(prose));
        }
    }
}

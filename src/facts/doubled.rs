//! Words written twice in a row: 的的, 进行进行.
//!
//! Chinese doubles words on purpose, so only particles from a list count, and words and phrases of two characters and more that nobody doubles
//! on purpose. Two equal characters may also belong to two words, 目的|的 and 参与|与; the characters around them tell.

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

/// A particle, or another character that is never doubled and rarely both ends a word and begins one, with the characters before or after it that make two words of it and its double.
struct Particle {
    char: char,
    /// `目的|的`, `存在|在`
    after: &'static str,
    /// `的|的确`, `在|在建`
    before: &'static str,
    sureness: Sureness,
}

const PARTICLES: [Particle; 16] = [
    Particle {
        char: '的',
        after: "目的打标中有",
        before: "的确士卢",
        sureness: Sureness::Certain,
    },
    Particle {
        char: '们',
        after: "们",
        before: "们",
        sureness: Sureness::Certain,
    },
    Particle {
        char: '了',
        after: "了为除罢到末终甚时未明",
        before: "了解结却然断事如无悟不得望",
        sureness: Sureness::Certain,
    },
    Particle {
        char: '是',
        after: "是不于但可还就只都要若凡实国一如自倒正老尽硬总求",
        before: "是非否的",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '在',
        after: "在存所现正实内外潜好自旨贵重意健安何",
        before: "在建校册职岗线场编逃押读任位途案产野处乎于先手望此京华沪内外家",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '和',
        after: "和共祥温柔缓平饱总调暖随宽谦议媾仁人中亲泰义颐永政",
        before: "和谐平气美睦解蔼田县林硕顺风善布声约服蕃",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '与',
        after: "与参赠给授相付寄",
        before: "与会时其否共日众",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '及',
        after: "及以普涉波顾提危触埃推遍论言殃企累",
        before: "及时格早其第",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '而',
        after: "而从因然反进故继时幸忽俄",
        before: "而今已后且言立",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '着',
        after: "着沿执穿衣",
        before: "着力手眼重陆装实落色想急火凉迷床",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '从',
        after: "从服顺遵听随自无侍盲跟主屈",
        before: "从容业事而严前来属宽中此军教未化江",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '由',
        after: "由自理缘事根因案来",
        before: "由于衷此来浅点表",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '障',
        after: "障",
        before: "障碍眼壁",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '化',
        after: "化焦",
        before: "化解学工产妆肥险石纤粪整零验名疗合",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '坚',
        after: "坚攻中弥",
        before: "坚",
        sureness: Sureness::Probable,
    },
    Particle {
        char: '力',
        after: "力",
        before: "力争度量求促推气保戒避行图学主挺挽排荐克",
        sureness: Sureness::Probable,
    },
];

/// A particle and its double, if the characters around do not make two words of them.
fn single_character(prose: &str, char: char, range: Range<usize>) -> Option<Doubled> {
    let particle = PARTICLES.iter().find(|particle| particle.char == char)?;
    let before = prose[..range.start].chars().next_back();
    let after = prose[range.end..].chars().next();
    let joins = |around: Option<char>, with: &str| around.is_some_and(|around| with.contains(around));
    let is_two_words = joins(before, particle.after) || joins(after, particle.before);
    (!is_two_words).then(|| Doubled {
        second: range.start + char.len_utf8()..range.end,
        range,
        sureness: particle.sureness,
    })
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
                found.extend(single_character(prose, char, start..end));
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
    let on_purpose = counts_off(&prose[range.start..second]) || is_part_of_longer_word(prose, range.end, length);
    (!on_purpose).then_some(Doubled {
        second: second..range.end,
        range,
        sureness: if length == 2 { Sureness::Possible } else { Sureness::Probable },
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
            "消防救援大队大队长到场，柳湾派出所派出所长，区委办公室办公室主任",
        ] {
            assert!(doubled(prose).is_empty(), "{:?}", doubled(prose));
        }
    }
}

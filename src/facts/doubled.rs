//! Words written twice in a row: 的的, 进行进行.
//!
//! Chinese doubles words on purpose, so only particles from a list count, and words and phrases of two characters and more that nobody doubles
//! on purpose. Two equal characters may also belong to two words, 目的|的 and 参与|与; the characters around them tell.

use std::ops::Range;

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
pub fn read(prose: &str) -> Vec<Doubled> {
    let mut found: Vec<Doubled> = single_characters(prose).chain(phrases(prose)).chain(list_items(prose)).collect();
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

fn single_characters(prose: &str) -> impl Iterator<Item = Doubled> + '_ {
    let mut previous: Option<char> = None;
    let mut chars = prose.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((start, char)) = chars.next() {
            let before = previous.replace(char);
            let Some(&(second, next)) = chars.peek() else { continue };
            if next != char {
                continue;
            }
            let Some(particle) = PARTICLES.iter().find(|particle| particle.char == char) else {
                continue;
            };
            let end = second + next.len_utf8();
            let after = prose[end..].chars().next();
            let joins = |around: Option<char>, with: &str| around.is_some_and(|around| with.contains(around));
            if joins(before, particle.after) || joins(after, particle.before) {
                continue;
            }
            return Some(Doubled {
                range: start..end,
                second: second..end,
                sureness: particle.sureness,
            });
        }
        None
    })
}

/// Words of two characters that are doubled on purpose (研究研究再定), and 年度, which ends one term and begins the next (上一年度|年度报告).
const DOUBLED_ON_PURPOSE: &str = "研究 讨论 商量 商议 考虑 学习 了解 交流 休息 打扫 收拾 整理 检查 宣传 锻炼 琢磨 体验 感受 热闹 高兴 合计 活动 走动 打听 \
                                  介绍 总结 参观 教育 批评 帮助 照顾 管理 改造 调查 准备 试验 锤炼 敲打 比划 指点 年度";

/// Words and phrases of two to twelve Han characters that stand twice without a mark between them. Before the first mark of a block phrases are
/// left alone: there a title may have lost the line end before its section, 加强水利建设|水利建设要先行.
fn phrases(prose: &str) -> impl Iterator<Item = Doubled> + '_ {
    let chars: Vec<(usize, char)> = prose.char_indices().collect();
    let first_mark = prose.find(['，', ',', '。', '；', ';', '：', ':', '、']).unwrap_or(prose.len());
    let mut found = Vec::new();
    for length in 2..=12 {
        let mut equal = 0;
        for at in length..chars.len() {
            let (here, before) = (chars[at].1, chars[at - length].1);
            equal = if here == before && is_han(here) { equal + 1 } else { 0 };
            if equal == length {
                equal = 0;
                let start = chars[at + 1 - 2 * length].0;
                let second = chars[at + 1 - length].0;
                let end = chars[at].0 + here.len_utf8();
                if !(counts_off(&prose[start..second]) || is_part_of_longer_word(prose, end, length) || length > 2 && start < first_mark) {
                    found.push(Doubled {
                        range: start..end,
                        second: second..end,
                        sureness: if length == 2 { Sureness::Possible } else { Sureness::Probable },
                    });
                }
            }
        }
    }
    found.into_iter()
}

/// Items of a list that stand twice beside each other: 同网、同质、同质.
fn list_items(prose: &str) -> impl Iterator<Item = Doubled> + '_ {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;
    let is_mark = |char: char| "、，,。；;：:！!？?".contains(char);
    let mut previous: Option<Range<usize>> = None;
    let mut start = 0;
    let ends = prose.match_indices(is_mark).chain([(prose.len(), "")]);
    ends.filter_map(move |(end, mark)| {
        let item = start..end;
        start = end + mark.len();
        let is_plain = LENGTHS.contains(&prose[item.clone()].chars().take(LENGTHS.end() + 1).count()) && prose[item.clone()].chars().all(is_han);
        let before = previous.take();
        if mark == "、" {
            previous = Some(item.clone());
        }
        let before = before.filter(|before| is_plain && prose[before.clone()] == prose[item.clone()])?;
        Some(Doubled {
            range: before.start..item.end,
            second: before.end..item.end,
            sureness: Sureness::Probable,
        })
    })
}

/// A short word may be part of a longer one: 申请人|申请|人民法院, 行政区|行政|区域, 发展|发展中|国家.
fn is_part_of_longer_word(prose: &str, end: usize, length: usize) -> bool {
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
        || DOUBLED_ON_PURPOSE.split_whitespace().any(|word| word == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubled(prose: &str) -> Vec<&str> {
        read(prose).iter().map(|doubled| &prose[doubled.range.clone()]).collect()
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
        ] {
            assert!(doubled(prose).is_empty(), "{:?}", doubled(prose));
        }
    }
}

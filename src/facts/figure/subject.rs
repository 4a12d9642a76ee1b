//! What a figure measures: the names next to the number and the verb that governs them.

use std::ops::Range;

use super::unit::{Dimension, Unit};
use super::word::{Class, Word};
use crate::script::{self, is_alphanumeric};

/// What a figure measures, as its own clause has it. Empty ranges are unsaid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// The name next before the number: 小麦 in 浇灌小麦136.7万亩, 面积 in 小麦浇灌面积达136.7万亩.
    pub before: Range<usize>,
    /// The name after the unit: 教学班 in 现有48个教学班.
    pub after: Range<usize>,
    /// The name before the verb: 高标准农田 in 高标准农田已建成221万亩.
    pub owner: Range<usize>,
    /// The verb that governs the number.
    pub verb: Range<usize>,
    /// The verb that follows it: 完成 in 46个教学班全部完成.
    pub verb_after: Range<usize>,
    pub manner: Manner,
    /// 全部, 共, 现有: the figure is said of the whole.
    pub whole: bool,
    /// 对12个…逐个, 已建成的86个, 在…268万立方米的基础上: it is spoken of as something known already.
    pub known: bool,
    /// 仅有2家
    pub only: bool,
    /// 94名网格员实行包片: the clause begins with it, as clauses begin with what is known; not 3名干警被评为.
    pub leads: bool,
    /// What has not been done yet: 开工 in 12个未开工的项目, 幸福院 in 68个村还没有幸福院.
    pub not_yet: Range<usize>,
    /// 其余3个, 剩余的4个问题: what is left of something.
    pub remains: bool,
    /// What the sentence begins with, if its first clause is another: 县级财政 in 县级财政十分困难，仍挤出500万元.
    pub topic: Range<usize>,
}

impl Subject {
    /// Whether neither name nor verb stands next to the number.
    pub fn is_unsaid(&self) -> bool {
        [&self.before, &self.after, &self.owner, &self.verb].into_iter().all(Range::is_empty)
    }
}

/// Whether the stock, the addition or the sum over time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Manner {
    #[default]
    Plain,
    /// 新建, 新增
    New,
    /// 现有, 拥有
    Have,
    /// 累计
    Cumulative,
}

/// A stretch of a clause: a word of the lexicon, or a name between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub range: Range<usize>,
    /// `None` for a name.
    pub class: Option<Class>,
}

/// Cuts a range of the prose at the words of the lexicon. Names come without the marks at their edges and are never empty.
pub fn pieces(prose: &str, words: &[Word], range: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    let mut name: Option<Range<usize>> = None;
    let first = words.partition_point(|word| word.range.start < range.start);
    for (word, next) in with_next(&words[first..]).take_while(|(word, _)| word.range.end <= range.end) {
        extend(&mut name, at..word.range.start);
        at = word.range.end;
        if word.class == Class::Name || word.class == Class::Verb && qualifies(prose, word) || is_within_a_name(prose, word, next) {
            extend(&mut name, word.range.clone());
            continue;
        }
        push_name(prose, name.take(), &mut pieces);
        pieces.push(Piece {
            range: word.range.clone(),
            class: Some(word.class),
        });
    }
    extend(&mut name, at.min(range.end)..range.end);
    push_name(prose, name, &mut pieces);
    pieces
}

fn with_next(words: &[Word]) -> impl Iterator<Item = (&Word, Option<&Word>)> {
    words.iter().enumerate().map(|(index, word)| (word, words.get(index + 1)))
}

/// 中转站, 中层干部: a 中 that begins a name, and is followed by no other word, does not end one.
fn is_within_a_name(prose: &str, word: &Word, next: Option<&Word>) -> bool {
    let goes_on = prose[word.range.end..]
        .chars()
        .next()
        .is_some_and(|char| script::is_han(char) && char != '有');
    &prose[word.range.clone()] == "中" && goes_on && next.is_none_or(|next| next.range.start > word.range.end)
}

/// Verbs that qualify the noun right after them as often as not.
const QUALIFYING: &[&str] = &[
    "加工", "养殖", "种植", "生产", "服务", "培训", "供水", "供电", "供热", "运输", "储备", "监测", "检测", "检验", "救助", "调解", "管理", "处理",
    "灌溉", "清理", "销售", "接待", "就业", "创业", "居住", "住院", "门诊", "手术", "消防", "安置", "活动", "交易", "配套", "储存", "收购", "展示",
    "参保", "实施",
];
/// Nouns that such a verb qualifies.
const QUALIFIED: &[&str] = &[
    "企业", "场", "站", "班", "基地", "机构", "设施", "设备", "人员", "厂", "店", "点", "户", "车", "管网", "网点", "中心", "大厅", "平台", "体系",
    "大棚", "车间", "能力", "水平", "对象", "单位", "费", "量", "区", "率", "池", "渠", "床位", "房", "社", "所", "室", "队", "员",
];

/// Whether a verb is part of a noun: 加工企业, 养殖场, 灌溉渠.
fn qualifies(prose: &str, verb: &Word) -> bool {
    let rest = &prose[verb.range.end..];
    QUALIFYING.contains(&&prose[verb.range.clone()]) && QUALIFIED.iter().any(|noun| rest.starts_with(noun))
}

fn extend(name: &mut Option<Range<usize>>, more: Range<usize>) {
    match name {
        Some(name) => name.end = more.end,
        None if more.is_empty() => {}
        None => *name = Some(more),
    }
}

fn push_name(prose: &str, name: Option<Range<usize>>, pieces: &mut Vec<Piece>) {
    let Some(range) = name else { return };
    let text = &prose[range.clone()];
    let is_edge = |char: char| !is_alphanumeric(char);
    let mut start = range.start + text.len() - text.trim_start_matches(is_edge).len();
    // The number of an item, 3. or (3), is no part of a name.
    if range.start == 0 {
        let after_number = text.trim_start_matches(|char: char| char.is_ascii_digit());
        if after_number.len() < text.len() && after_number.starts_with(is_edge) {
            start = range.start + text.len() - after_number.trim_start_matches(is_edge).len();
        }
    }
    let end = range.end - (text.len() - text.trim_end_matches(is_edge).len());
    if start >= end {
        return;
    }
    // 消费券, 投资额, 调解员: a single character goes with the verb before it.
    if let Some(verb) = pieces.last_mut()
        && verb.class == Some(Class::Verb)
        && verb.range.end == start
        && prose[start..end].chars().nth(1).is_none()
    {
        verb.class = None;
        verb.range.end = end;
        return;
    }
    pieces.push(Piece {
        range: start..end,
        class: None,
    });
}

/// Reads the subject from the pieces before and after a number.
pub fn read(prose: &str, unit: Unit, before: &[Piece], after: &[Piece]) -> Subject {
    let mut subject = Subject::default();
    read_before(prose, before, &mut subject);
    read_after(prose, after, &mut subject);
    subject.known = is_known(prose, unit, before, after);
    subject.leads = leads(prose, unit, before, after);
    subject.not_yet = not_yet(prose, before, after);
    subject.remains = remains(prose, before);
    subject.only = before
        .iter()
        .any(|piece| piece.class == Some(Class::Link) && prose[piece.range.clone()].starts_with(['仅', '只']));
    subject
}

/// Particles right before a number that is spoken of as known.
const TAKING_UP: &[&str] = &["的", "在", "对", "把", "将", "让", "使", "向", "按", "按照", "针对", "围绕"];

/// Whether a number is said of something that the reader knows: 的 or a preposition stands right before it, or 基础上 after it.
fn is_known(prose: &str, unit: Unit, before: &[Piece], after: &[Piece]) -> bool {
    let text = |piece: &Piece| &prose[piece.range.clone()];
    // 涨幅控制在3%左右 takes up nothing.
    let is_kept = before
        .windows(2)
        .any(|pair| text(&pair[1]) == "在" && ["控制", "保持", "稳定", "维持"].iter().any(|word| text(&pair[0]).ends_with(word)));
    let taken_up = !is_kept
        && before
            .iter()
            .rposition(|piece| !matches!(piece.class, Some(Class::Whole | Class::Link | Class::Adverb | Class::Have | Class::Own)))
            .is_some_and(|at| match before[at].class {
                Some(Class::Particle) => {
                    TAKING_UP.contains(&text(&before[at])) && !is_of_counted(prose, &before[..=at]) && !tells_how_many(prose, &before[at..])
                }
                None => ["用好", "用足", "紧盯", "巩固", "管好"]
                    .iter()
                    .any(|word| text(&before[at]).ends_with(word)),
                _ => false,
            });
    // 76.8公里的环湖公路, 480万元专项资金: a measure before its noun tells which one is meant, unless a verb makes it something new.
    let is_made = before
        .last()
        .is_some_and(|piece| matches!(piece.class, Some(Class::Verb | Class::New | Class::Have | Class::Plan)));
    let tells_which = !unit.counts()
        && unit.dimension() != Dimension::Percent
        && !is_made
        && after.first().is_some_and(|piece| match piece.class {
            Some(Class::Particle) => text(piece) == "的",
            class => class.is_none(),
        });
    taken_up || tells_which || after.iter().any(|piece| tells_of_known(prose, piece))
}

/// Whether a word after the number makes it known: 在…的基础上, 转移8462名群众的经验.
fn tells_of_known(prose: &str, piece: &Piece) -> bool {
    let text = &prose[piece.range.clone()];
    let is_lesson = ["经验", "做法", "模式", "教训"].iter().any(|word| text.ends_with(word));
    text.ends_with("基础上") || is_lesson && prose[..piece.range.start].ends_with('的')
}

/// 年销售超过5000万元的只有4家: how many of those spoken of are such, which nobody knew before.
fn tells_how_many(prose: &str, since_of: &[Piece]) -> bool {
    let is_of = since_of.first().is_some_and(|of| &prose[of.range.clone()] == "的");
    is_of && since_of.iter().any(|piece| matches!(piece.class, Some(Class::Link | Class::Have)))
}

/// 7个部门的21个项目: whose they are is itself only counted.
fn is_of_counted(prose: &str, before: &[Piece]) -> bool {
    let [.., name, of] = before else {
        return false;
    };
    let counter = prose[..name.range.start].chars().rev();
    &prose[of.range.clone()] == "的" && counter.take(3).any(|char| char.is_ascii_digit())
}

/// What a clause says has not been done: the word after 未, or the name after 没有.
fn not_yet(prose: &str, before: &[Piece], after: &[Piece]) -> Range<usize> {
    let text = |piece: &Piece| &prose[piece.range.clone()];
    let of = |pieces: &[Piece]| {
        let negated = pieces.windows(2).find(|pair| {
            let is_negation = pair[0].class == Some(Class::Adverb) && text(&pair[0]).ends_with('未');
            is_negation && pair[1].range.start == pair[0].range.end && matches!(pair[1].class, None | Some(Class::Verb))
        });
        let lacking = || pieces.iter().find(|piece| piece.class.is_none() && text(piece).starts_with("没有"));
        match negated {
            Some(pair) => Some(pair[1].range.clone()),
            None => lacking().map(|piece| {
                let lacked = piece.range.start + "没有".len()..piece.range.end;
                // 没有就业: what is lacked is a verb, which is a piece of its own.
                let next = pieces.iter().find(|next| next.range.start == piece.range.end);
                next.filter(|_| lacked.is_empty()).map_or(lacked, |next| next.range.clone())
            }),
        }
    };
    of(after).or_else(|| of(before)).unwrap_or(0..0)
}

/// Whether the number is what is left: 其余 or 剩余 stands before it, with nothing but 的 or 有 between.
fn remains(prose: &str, before: &[Piece]) -> bool {
    let last = before
        .iter()
        .rev()
        .find(|piece| !matches!(piece.class, Some(Class::Particle | Class::Have | Class::Link)));
    last.is_some_and(|piece| {
        let text = &prose[piece.range.clone()];
        ["其余", "剩余", "余下", "剩下", "还剩", "尚余", "剩", "结余"]
            .iter()
            .any(|word| text.ends_with(word))
    })
}

/// What follows new things at the beginning of a clause.
const NEWS: &[&str] = &[
    "被", "获", "荣获", "入选", "入围", "列入", "通过", "受到", "新", "成功", "竣工", "开工", "投产", "建成", "落地", "签约", "取得",
];

/// Whether a count begins its clause as the subject of what follows.
fn leads(prose: &str, unit: Unit, before: &[Piece], after: &[Piece]) -> bool {
    let begins = before
        .iter()
        .all(|piece| matches!(piece.class, Some(Class::Own | Class::Whole | Class::Have | Class::Period)));
    let mut rest = after.iter().skip_while(|piece| piece.class == Some(Class::Verb));
    let is_counted = unit.counts() && rest.next().is_some_and(|piece| piece.class.is_none());
    let news = |piece: &Piece| NEWS.iter().any(|word| prose[piece.range.clone()].starts_with(word));
    begins && is_counted && rest.next().is_some_and(|piece| !news(piece))
}

/// From the number backwards: links and adverbs, the name, the verb, and the name before the verb.
fn read_before(prose: &str, pieces: &[Piece], subject: &mut Subject) {
    let mut is_parted = false;
    for (index, piece) in pieces.iter().enumerate().rev() {
        is_parted |= !subject.before.is_empty() && parts_names(piece.class);
        match piece.class {
            None if is_date(&prose[piece.range.clone()]) => {}
            None if subject.before.is_empty() && subject.verb.is_empty() => {
                let is_planned = index.checked_sub(1).is_some_and(|index| pieces[index].class == Some(Class::Plan));
                subject.before = piece.range.start + verb_of_plan(prose, piece, is_planned)..piece.range.end;
            }
            None if !subject.verb.is_empty() => {
                subject.owner = piece.range.clone();
                return;
            }
            // 按照标准全区应建消防站14个: what stands before 全区 and 应 is another name.
            None if is_parted => {
                subject.owner = piece.range.clone();
                return;
            }
            // Two names parted by 的 or 和 are one: 农民的收入.
            None => subject.before.start = piece.range.start,
            Some(Class::Verb) if subject.verb.is_empty() => subject.verb = piece.range.clone(),
            // 授权使用 is one verb.
            Some(Class::Verb) if piece.range.end == subject.verb.start => subject.verb.start = piece.range.start,
            Some(Class::New) => {
                subject.manner = Manner::New;
                take_verb(subject, piece);
            }
            Some(Class::Have) => {
                if subject.manner == Manner::Plain {
                    subject.manner = Manner::Have;
                }
                take_verb(subject, piece);
            }
            Some(Class::Cumulative) => subject.manner = Manner::Cumulative,
            Some(Class::Whole) => subject.whole = true,
            Some(Class::Part) => return,
            // The body or the time at the clause's begin ends the name, but what stands before it may still own it.
            _ => {}
        }
    }
}

/// The bytes of the verb with which the name after 应 or 拟 begins: 建 in 应建消防站14个.
fn verb_of_plan(prose: &str, piece: &Piece, is_planned: bool) -> usize {
    let name = &prose[piece.range.clone()];
    let is_long = name.chars().nth(2).is_some();
    match is_planned && is_long && name.starts_with(['建', '设', '配', '增', '购', '修']) {
        true => "建".len(),
        false => 0,
    }
}

/// Whether no name goes on over such a word.
fn parts_names(class: Option<Class>) -> bool {
    matches!(class, Some(Class::Own | Class::Plan | Class::Period | Class::Whole | Class::Adverb))
}

/// 2020年, 12月底: no part of a name.
fn is_date(name: &str) -> bool {
    let ends = ["年", "月", "日", "年底", "年末", "年初", "月底", "月末"];
    name.starts_with(|char: char| char.is_ascii_digit()) && ends.iter().any(|end| name.ends_with(end))
}

fn take_verb(subject: &mut Subject, piece: &Piece) {
    if subject.verb.is_empty() {
        subject.verb = piece.range.clone();
    }
}

/// From the unit onwards: the name, and whether all of it is meant.
fn read_after(prose: &str, pieces: &[Piece], subject: &mut Subject) {
    for piece in pieces {
        match piece.class {
            None if subject.after.is_empty() => subject.after = piece.range.clone(),
            None => return,
            Some(Class::Whole) => subject.whole = true,
            Some(Class::Verb) if subject.verb_after.is_empty() => {
                subject.verb_after = piece.range.clone();
                // 12个建设项目: a verb between the unit and a name qualifies the name.
                if !subject.after.is_empty() {
                    return;
                }
            }
            Some(Class::Particle) if subject.after.is_empty() && &prose[piece.range.clone()] == "的" => {}
            Some(Class::New) if subject.after.is_empty() => subject.manner = Manner::New,
            Some(Class::Adverb) => {}
            Some(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::figure::{Figure, read};
    use crate::facts::glance::Glance;

    /// The last figure of a sentence.
    fn last(prose: &str) -> Figure {
        let dates = crate::facts::date::read(&Glance::at(prose));
        read(&Glance::at(prose), &dates).pop().unwrap_or_else(|| panic!("{prose}"))
    }

    #[test]
    fn what_is_known_already_is_spoken_of_so() {
        for prose in [
            "对183栋居民楼逐栋排查",
            "在已完成268万立方米清淤量的基础上扩大治理",
            "筹集的326万元帮扶资金发放到位",
            "用好480万元文物保护专项资金",
            "确保全长76.8公里的环湖公路通车",
            "在全县184家规上企业中推行",
        ] {
            assert!(last(prose).subject.known, "{prose}");
        }
        for prose in [
            "完成清淤268万立方米",
            "建设48万亩高标准农田",
            "新建厂房12座",
            "现有48个教学班",
            "年销售收入超过5000万元的只有4家",
            "7个部门的21个项目执行率低",
        ] {
            assert!(!last(prose).subject.known, "{prose}");
        }
    }

    #[test]
    fn a_clause_begins_with_what_is_known() {
        for prose in ["46个教学班全部完成评比", "94名网格员实行包片负责", "全院36名员额法官参加轮训"] {
            assert!(last(prose).subject.leads, "{prose}");
        }
        for prose in ["3名干警被评为先进", "12个项目竣工投产", "现场培训群众300人", "15家企业"] {
            assert!(!last(prose).subject.leads, "{prose}");
        }
    }

    #[test]
    fn a_verb_before_its_noun_may_be_part_of_the_name() {
        let name = |prose: &'static str| &prose[last(prose).subject.after];
        assert_eq!(name("全县有23家加工企业。"), "加工企业");
        assert_eq!(name("建成12个养殖场。"), "养殖场");
        assert_eq!(name("发放48张消费券。"), "消费券");
        assert_eq!(name("设有96个社区（村）警务室。"), "社区（村）警务室");
    }

    #[test]
    fn what_has_not_been_done_yet_is_told() {
        for (prose, expected) in [
            ("还有14个重点项目未开工", "开工"),
            ("对12个未开工的重点项目逐个会商", "开工"),
            ("尚未整改到位的问题6个", "整改"),
            ("68个村还没有幸福院", "幸福院"),
            ("仍有困难人员562人没有就业", "就业"),
            ("未来建成12个项目", ""),
            ("关爱未成年人120人", ""),
        ] {
            assert_eq!(&prose[last(prose).subject.not_yet], expected, "{prose}");
        }
        for (prose, expected) in [("其余3个正在推进", true), ("剩余的4个问题进展慢", true), ("其余村庄新建8座", false)] {
            assert_eq!(last(prose).subject.remains, expected, "{prose}");
        }
    }

    #[test]
    fn the_number_of_an_item_is_no_part_of_a_name() {
        let prose = "1. 医院床位1005张";
        assert_eq!(&prose[last(prose).subject.before], "医院床位");
    }

    #[test]
    fn a_date_is_no_part_of_a_name() {
        let prose = "粮食产量由2020年的22.1万吨";
        assert_eq!(&prose[last(prose).subject.before], "粮食产量");
    }

    #[test]
    fn the_sentence_tells_what_a_later_clause_is_about() {
        let prose = "县级财政在收入紧张的情况下，仍挤出近500万元";
        assert_eq!(&prose[last(prose).subject.topic], "县级财政");
    }
}

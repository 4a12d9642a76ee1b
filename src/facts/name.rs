//! What a block calls things: names by the word they end with, and the words by which a draft speaks of its own place or body.

use std::ops::Range;
use std::sync::LazyLock;

use super::clause::Clause;
use super::glance::{Asker, Glance};
use crate::lexicon::Lexicon;
use crate::script::is_han;

/// The word that a name ends with: the 公司 of a company, the 活动 of a campaign. Bytes of the prose.
pub type Head = Range<usize>;

/// The heads of all names in a prose, in order. Where the name begins is left open: Chinese does not part words.
pub fn heads(prose: &str) -> Vec<Head> {
    HEADS.find_iter(prose).map(|found| found.range).collect()
}

static HEADS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "有限责任公司 股份有限公司 有限公司 公司 集团 委员会 办公室 指挥部 领导小组 工作组 专班 小组 合作社 联合社 联合会 协会 学会 商会 基金会 \
             研究院 研究所 研究会 事务所 服务站 工作站 中心 学校 小学 中学 大学 学院 幼儿园 医院 卫生院 敬老院 派出所 法院 检察院 银行 \
             大队 支队 中队 总队 救援队 管护站 管理所 供电所 护理院 养老院 福利院 图书馆 博物馆 文化馆 体育馆 纪念馆 俱乐部 煤矿 电厂 水厂 粮库 管委会 居委会 村委会 车站 公园 社区 广场 街道 小区 大道 管理局 监督局 教育局 民政局 财政局 水利局 农业局 农村局 发改委 住建局 交通局 卫健委 公安局 司法局 统计局 税务局 审计局 文旅局 \
             活动 工程 行动 计划 项目 规划 方案 办法 条例 意见 制度 会议 大会 培训班 示范区 试验区 开发区 产业园 工业园 园区 基地 平台 \
             水库 大桥 公路 高速 铁路 电站 泵站 灌区 改造"
            .split_ascii_whitespace(),
    )
});

/// A word by which a draft speaks of its own place or body: 全县, 我局, 本公司.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfReference {
    /// Bytes of the prose.
    pub range: Range<usize>,
    /// What it is a reference to: 县, 局, 公司.
    pub unit: &'static str,
    /// Whether another body of the same kind is spoken of close before, so that the word may mean that one.
    pub has_antecedent: bool,
    /// Whether the sentence says of the body what only the body says of itself: 全县上下, 力争全县, 全县共有.
    pub is_own_voice: bool,
}

/// Places by their rank, the higher first; those in one row are of one rank.
const PLACES: [&[&str]; 5] = [&["省"], &["市", "州", "盟"], &["县", "区", "旗"], &["镇", "乡", "街道"], &["村", "社区"]];

const BODIES: [&str; 14] = ["局", "委", "厅", "院", "校", "公司", "中心", "集团", "处", "所", "站", "厂", "矿", "支行"];

/// The rank of a place, zero for a province; `None` for a body.
pub fn rank(unit: &str) -> Option<usize> {
    PLACES.iter().position(|row| row.contains(&unit))
}

/// All self-references of a prose outside quotations and titles, in order.
pub fn self_references(glance: &Glance, clauses: &[Clause]) -> Vec<SelfReference> {
    let prose = glance.prose();
    let quoted = quotations(glance);
    let mut references = Vec::new();
    for (start, word) in glance.of(Asker::OwnBody) {
        let after = start + word.len_utf8();
        let Some(unit) = unit_at(&prose[after..], word) else { continue };
        let range = start..after + unit.len();
        if is_part_of_a_word(prose, &range, word, unit) || is_inside(&quoted, start) {
            continue;
        }
        let has_antecedent = has_antecedent(prose, clauses, &range, unit);
        let is_own_voice = is_own_voice(prose, clauses, &range);
        references.push(SelfReference {
            range,
            unit,
            has_antecedent,
            is_own_voice,
        });
    }
    references
}

fn unit_at(rest: &str, word: char) -> Option<&'static str> {
    let places = PLACES.iter().flat_map(|row| row.iter().copied());
    let longest = places.clone().filter(|unit| rest.starts_with(unit)).max_by_key(|unit| unit.len());
    match word {
        '全' => longest,
        _ => longest.or_else(|| BODIES.into_iter().find(|unit| rest.starts_with(unit))),
    }
}

/// 完全市场化, 自我区分, 基本县情: the characters belong to other words.
fn is_part_of_a_word(prose: &str, range: &Range<usize>, word: char, unit: &str) -> bool {
    let before = prose[..range.start].chars().next_back();
    let after = prose[range.end..].chars().next();
    let joins_before = before.is_some_and(|char| match word {
        '全' => "安完健齐保周双成顾".contains(char),
        '我' => "自忘大小".contains(char),
        _ => "基根成资版文原样日书课剧".contains(char),
    });
    let joins_after = after.is_some_and(|char| match unit {
        "市" => "场民".contains(char) && word == '全',
        "区" => "域分别间块位".contains(char),
        "县" => "域城".contains(char) && word == '全',
        "村" => "庄".contains(char),
        "乡" => "村镇音愁土".contains(char),
        "镇" => "痛静定守".contains(char),
        "省" => "略去".contains(char),
        "所" => "以有谓属见需做在".contains(char),
        "处" => "于在理置以方罚".contains(char),
        "院" | "校" => "士长".contains(char) && word == '全',
        "委" => "托派员以".contains(char),
        "站" => "在起立".contains(char),
        _ => false,
    });
    joins_before || joins_after
}

/// Clauses on either side beyond which nobody looks for what 全镇 means.
const NEAR: usize = 12;

/// The text around a place that may tell anything of it, which bounds the work in a text without marks.
fn reach(prose: &str, range: &Range<usize>) -> Range<usize> {
    const CHARACTERS: usize = 300;
    let before = prose[..range.start].char_indices().rev().nth(CHARACTERS - 1);
    let behind = prose[range.end..].char_indices().nth(CHARACTERS);
    before.map_or(0, |(at, _)| at)..behind.map_or(prose.len(), |(at, _)| range.end + at)
}

/// Whether a body of the same kind is named in the sentence of the word, in the one before, or where the paragraph begins.
fn has_antecedent(prose: &str, clauses: &[Clause], range: &Range<usize>, unit: &str) -> bool {
    const OPENING: usize = 30;
    let own = clauses.partition_point(|clause| clause.end <= range.start);
    let before = clauses[..own].iter().rev().take(NEAR);
    let from = before.filter(|clause| clause.ends_sentence).nth(1).map_or_else(
        || clauses.get(own.saturating_sub(NEAR)).map_or(0, |clause| clause.range.start),
        |clause| clause.end,
    );
    let mut after = clauses[own..].iter().take(NEAR);
    let to = after.find(|clause| clause.ends_sentence).map_or(range.end, |clause| clause.end);
    let opening = prose.char_indices().nth(OPENING).map_or(prose.len(), |(at, _)| at);
    let reach = reach(prose, range);
    let around = [
        &prose[..opening.min(range.start)],
        &prose[from.clamp(reach.start, range.start)..range.start],
        &prose[range.end..to.clamp(range.end, reach.end)],
    ];
    around.iter().any(|text| names_a_unit(text, unit))
}

/// Whether a sentence calls on the people of a body, counts what it has or says what it does, rather than to rank something in it or to tell what
/// it decided.
fn is_own_voice(prose: &str, clauses: &[Clause], range: &Range<usize>) -> bool {
    const PEOPLE: [&str; 8] = ["上下", "人民", "群众", "干部", "广大", "党员", "居民", "百姓"];
    const COUNTS: [&str; 10] = ["共有", "现有", "共", "拥有", "累计", "建有", "建成", "常住人口", "户籍人口", "总人口"];
    const AIMS: [&str; 5] = ["力争", "确保", "带动", "增强", "争取"];
    let (before, behind) = (&prose[..range.start], &prose[range.end..]);
    if behind.starts_with(PEOPLE[0]) {
        return true;
    }
    let at = clauses.partition_point(|clause| clause.end <= range.start);
    let Some(clause) = clauses.get(at).map(|clause| &clause.range) else {
        return false;
    };
    let reach = reach(prose, range);
    let clause = clause.start.max(reach.start)..clause.end.min(reach.end);
    let says = PEOPLE.iter().chain(&COUNTS).any(|word| behind.starts_with(word)) || AIMS.iter().any(|word| before.ends_with(word));
    // A village tells by right of what 我县 does.
    let begins = || prose[range.start..].starts_with('全') && is_time_alone(&prose[clause.start..range.start.max(clause.start)]);
    let acts = || begins() && acts(prose, clauses, at, range);
    !speaks_of_others(&prose[clause.clone()]) && (says || acts())
}

/// Whether nothing but a time stands before, as in 年末全市.
fn is_time_alone(before: &str) -> bool {
    let rest = before.trim().trim_start_matches(|char: char| char.is_ascii_digit());
    ["", "年", "年末", "年底", "全年", "今年", "去年", "目前", "截至目前"].contains(&rest)
}

/// Whether the body is said to do something in its clause, in a sentence that speaks of no other body.
fn acts(prose: &str, clauses: &[Clause], at: usize, range: &Range<usize>) -> bool {
    const DEEDS: [&str; 24] = [
        "实行", "推行", "实现", "完成", "开展", "新增", "新建", "改建", "组织", "推进", "投入", "发放", "举办", "培育", "落实", "处置", "查处",
        "检查", "整治", "清理", "改造", "安排", "受理", "办理",
    ];
    let reach = reach(prose, range);
    let clause_end = clauses[at].range.end.min(reach.end);
    let deed = &prose[range.end.min(clause_end)..clause_end];
    let start = at.saturating_sub(NEAR);
    let first = (start..at)
        .rev()
        .find(|before| clauses[*before].ends_sentence)
        .map_or(start, |before| before + 1);
    let end = clauses.len().min(at + NEAR);
    let last = (at..end).find(|behind| clauses[*behind].ends_sentence).unwrap_or(end - 1);
    let sentence = [
        &prose[clauses[first].range.start.max(reach.start)..range.start],
        &prose[range.end..clauses[last].range.end.min(reach.end)],
    ];
    // The campaign of a higher body has a name, and says since when.
    let is_campaign = deed.starts_with(['“', '"', '《']) || ["以来", "后", "中", "期间"].iter().any(|word| deed.ends_with(word));
    !is_campaign && DEEDS.iter().any(|word| deed.contains(word)) && !sentence.iter().any(|text| refers_to_a_body(text) || speaks_of_others(text))
}

/// Whether a text has a word such as 我县 in it.
fn refers_to_a_body(text: &str) -> bool {
    text.match_indices(['全', '我', '本']).any(|(start, word)| {
        let after = start + word.len();
        let word = word.chars().next().unwrap_or_default();
        unit_at(&text[after..], word).is_some_and(|unit| !is_part_of_a_word(text, &(start..after + unit.len()), word, unit))
    })
}

/// Whether a text ranks, or says what a higher body decides.
fn speaks_of_others(text: &str) -> bool {
    const OTHERS: [&str; 44] = [
        "第一",
        "第二",
        "第三",
        "首",
        "前列",
        "排名",
        "排位",
        "平均",
        "领先",
        "先进",
        "推广",
        "经验",
        "占",
        "高于",
        "低于",
        "会议",
        "现场会",
        "部署",
        "要求",
        "下达",
        "通报",
        "考核",
        "表彰",
        "试点",
        "位居",
        "居全",
        "全国",
        "示范",
        "唯一",
        "率先",
        "名列",
        "位列",
        "评为",
        "评比",
        "统一",
        "召开",
        "市委",
        "市政府",
        "市局",
        "各县",
        "各区",
        "竞赛",
        "县区",
        "区县",
    ];
    OTHERS.iter().any(|word| text.contains(word))
}

/// The unit of the place that a title or a signature names last, which is the lowest: 县 in 江城市濂溪县2024年工作总结.
pub fn place_named(title: &str) -> Option<&'static str> {
    const SHORTEST: usize = 2;
    const LONGEST: usize = 5;
    let mut found = None;
    let mut name = 0;
    let mut rest = title;
    while let Some(char) = rest.chars().next() {
        let at = title.len() - rest.len();
        rest = &rest[char.len_utf8()..];
        let unit = PLACES
            .iter()
            .flat_map(|row| row.iter().copied())
            .filter(|unit| title[at..].starts_with(unit));
        if let Some(unit) = unit.max_by_key(|unit| unit.len())
            && (SHORTEST..=LONGEST).contains(&name)
            && names_a_unit(&title[..at + unit.len()], unit)
            && !is_part_of_a_word(title, &(at..at + unit.len()), '全', unit)
        {
            found = Some(unit);
            rest = &title[at + unit.len()..];
            name = 0;
        } else {
            name = if is_han(char) { name + 1 } else { LONGEST };
        }
    }
    found
}

/// The kind of body that a title or a signature names: 公司 in 河湾水务有限公司2024年工作总结.
pub fn body_named(title: &str) -> Option<&'static str> {
    const KINDS: [(&str, &str); 9] = [
        ("公司", "公司"),
        ("中学", "校"),
        ("小学", "校"),
        ("学校", "校"),
        ("幼儿园", "园"),
        ("医院", "院"),
        ("法院", "院"),
        ("检察院", "院"),
        ("局", "局"),
    ];
    let (at, kind) = KINDS.iter().filter_map(|(word, kind)| Some((title.find(word)?, *kind))).max()?;
    (at > 0).then_some(kind)
}

/// Whether a text names a body by the unit: not in 全镇 and 我镇, nor in words such as 景区 and 超市 that name none.
fn names_a_unit(text: &str, unit: &str) -> bool {
    let common = match unit {
        "区" => "景园小地山库灌片校厂街牧林老新农郊范务发验业游馆展区",
        "市" => "超城都门夜上股早楼房菜",
        "镇" => "乡城",
        "乡" => "城下家返水故异",
        "村" => "农乡新全",
        _ => "",
    };
    text.match_indices(unit)
        .any(|(at, _)| !text[..at].ends_with(|before: char| "全我本".contains(before) || common.contains(before)))
}

fn quotations(glance: &Glance) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for (open, close) in [('“', '”'), ('《', '》'), ('‘', '’')] {
        let mut opened: Option<usize> = None;
        for (at, char) in glance.of(Asker::Quotations) {
            if char == open && opened.is_none() {
                opened = Some(at);
            } else if let Some(start) = opened.filter(|_| char == close) {
                ranges.push(start..at);
                opened = None;
            }
        }
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// Whether a place lies inside one of the ranges, which are sorted and nest at most once.
fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let end = ranges.partition_point(|range| range.start <= at);
    ranges[end.saturating_sub(2)..end].iter().any(|range| at < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(prose: &str) -> Vec<(&str, bool)> {
        let glance = Glance::at(prose);
        self_references(&glance, &super::super::clause::read(&glance).clauses)
            .into_iter()
            .map(|reference| (&prose[reference.range], reference.has_antecedent))
            .collect()
    }

    #[test]
    fn a_body_named_before_is_the_antecedent() {
        assert_eq!(references("今年旱情重。在全镇范围内开展抗旱。"), [("全镇", false)]);
        assert_eq!(references("石桥镇新打机井410眼，这次全镇小麦都浇上了水。"), [("全镇", true)]);
        assert_eq!(
            references("我局牵头，本公司配合，全县推开。"),
            [("我局", false), ("本公司", false), ("全县", false)]
        );
    }

    #[test]
    fn a_body_speaks_of_itself_by_calls_counts_and_aims() {
        let voice = |prose: &str| {
            let glance = Glance::at(prose);
            self_references(&glance, &super::super::clause::read(&glance).clauses)[0].is_own_voice
        };
        for prose in [
            "全市上下要锐意改革。",
            "年末全市共有养老机构32家。",
            "增强全市人民的获得感。",
            "力争全市利用率达到85%。",
            "带动全县群众增收。",
            "健全村级制度，合同进平台，全市村级财务实行按月公开。",
        ] {
            assert!(voice(prose), "{prose}");
        }
        for prose in [
            "产值居全市第二。",
            "全市推广。",
            "增速高于全市平均水平。",
            "承办全市现场会。",
            "力争进入全市前列。",
            "为全市发展出力。",
            "全市完成投资860亿元，我县完成64亿元。",
            "按照市委部署，全市开展了大排查。",
            "全市15个县区同步推进。",
            "全市率先实现村村通公交。",
            "我市完成了改造。",
        ] {
            assert!(!voice(prose), "{prose}");
        }
    }

    #[test]
    fn titles_name_a_place_and_a_body() {
        for (title, place, body) in [
            ("江城市濂溪县2024年工作总结", Some("县"), None),
            ("濂溪县农业农村局", Some("县"), Some("局")),
            ("青山镇2024年工作总结", Some("镇"), None),
            ("河湾水务有限公司2024年度报告", None, Some("公司")),
            ("柳河中学工作计划", None, Some("校")),
            ("2024年全面推进乡村振兴工作总结", None, None),
            ("某市场监管工作要点", None, None),
            ("柳河村工作总结", Some("村"), None),
        ] {
            assert_eq!((place_named(title), body_named(title)), (place, body), "{title}");
        }
    }

    #[test]
    fn parts_of_other_words_and_quotations_are_no_references() {
        for prose in [
            "完全市场化",
            "自我区分",
            "基本县情",
            "全市场监测",
            "全乡村振兴",
            "口号是“全镇动员”",
            "《全县规划》",
            "本所以外",
        ] {
            assert!(references(prose).is_empty(), "{prose}: {:?}", references(prose));
        }
    }

    #[test]
    fn heads_are_the_longest_words_that_end_names() {
        let prose = "河湾农机有限公司参加了整治行动";
        let found: Vec<_> = heads(prose).into_iter().map(|range| &prose[range]).collect();
        assert_eq!(found, ["有限公司", "行动"]);
    }
}

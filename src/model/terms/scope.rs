//! The place or body that a draft speaks for, and where it speaks for another: 全镇 in the report of a county.

use rustc_hash::FxHashMap;

use crate::draft::{Draft, Place};
use crate::facts::name::{SelfReference, body_named, place_named, rank};

/// A word that speaks for another place or body than the draft does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// 全镇
    pub place: Place,
    /// The 镇 in it.
    pub unit: Place,
    /// What the draft speaks for: 县.
    pub own: &'static str,
    /// Where it does so first, and how often.
    pub first_own: Place,
    pub own_count: usize,
    /// Whether the draft speaks for itself so often, and the word is so low, that it can hardly be meant.
    pub is_sure: bool,
}

/// How often the draft must speak for itself before another word can be strange, and how often where its title names itself so too.
const FEWEST: usize = 4;
const FEWEST_TITLED: usize = 2;
/// How many times more often than the strange word.
const MAJORITY: usize = 4;

pub(super) fn find(draft: &Draft) -> Vec<Stray> {
    let mut counts: FxHashMap<&'static str, Places> = FxHashMap::default();
    for (block, piece) in draft.pieces().iter().enumerate() {
        for reference in &piece.facts().self_references {
            counts.entry(reference.unit).or_default().push((block, reference));
        }
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    let (is_place, is_body) = (|unit: &str| rank(unit).is_some(), |unit: &str| rank(unit).is_none());
    let mut strays = Own::of(&counts, titled(draft, place_named), is_place).map_or_else(Vec::new, |own| own.strays(&counts));
    strays.extend(Own::of(&counts, titled(draft, body_named), is_body).map_or_else(Vec::new, |own| own.strays(&counts)));
    strays.sort_by_key(|stray| (stray.place.block, stray.place.start));
    strays
}

/// Self-references with their blocks.
type Places<'a> = Vec<(usize, &'a SelfReference)>;

/// What the title or the signature names, whichever does first.
fn titled(draft: &Draft, named: fn(&str) -> Option<&'static str>) -> Option<&'static str> {
    /// Blocks at either end, and bytes of one that may be a title: fifty Han characters.
    const ENDS: usize = 3;
    const LONGEST: usize = 150;
    let pieces = draft.pieces();
    let titles = pieces.iter().take(ENDS).chain(pieces.iter().rev().take(ENDS));
    let mut titles = titles
        .map(|piece| piece.prose())
        .filter(|prose| prose.len() <= LONGEST && !prose.contains(['。', '，']));
    titles.find_map(named)
}

/// The place, or the body, that a draft speaks for.
struct Own<'a, 'b> {
    unit: &'static str,
    places: &'a Places<'b>,
    is_titled: bool,
}

impl<'a, 'b> Own<'a, 'b> {
    /// The most frequent of the units of one kind, if it is frequent enough.
    fn of(counts: &'a FxHashMap<&'static str, Places<'b>>, titled: Option<&'static str>, is_of_kind: impl Fn(&str) -> bool) -> Option<Self> {
        let units = counts.iter().filter(|(unit, _)| is_of_kind(unit));
        let (unit, places) = units.min_by_key(|(unit, places)| (std::cmp::Reverse(places.len()), **unit))?;
        let is_titled = titled == Some(*unit);
        let fewest = if is_titled { FEWEST_TITLED } else { FEWEST };
        (places.len() >= fewest).then_some(Own { unit, places, is_titled })
    }

    fn strays(&self, counts: &FxHashMap<&'static str, Places>) -> Vec<Stray> {
        let others = counts
            .iter()
            .filter(|(unit, _)| **unit != self.unit && rank(unit).is_some() == rank(self.unit).is_some());
        let strange = others.map(|(_, places)| places.iter().filter(|(_, reference)| self.finds_strange(reference)).collect::<Vec<_>>());
        strange
            .filter(|strange| MAJORITY * strange.len() <= self.places.len() || self.is_titled && strange.len() == 1)
            .flatten()
            .filter(|(_, reference)| !reference.has_antecedent)
            .map(|found| self.stray(found))
            .collect()
    }

    /// Whether the draft has no business to say this word: it is a lower place or one beside its own, or another body. Higher places are spoken
    /// of by right, but only one's own people are called on, as in 全县上下.
    fn finds_strange(&self, reference: &SelfReference) -> bool {
        match (rank(reference.unit), rank(self.unit)) {
            (Some(other), Some(own)) => other >= own || reference.is_own_voice,
            (None, None) => self.places.len() >= FEWEST || self.is_titled && !may_be_one_body(reference.unit, self.unit),
            _ => false,
        }
    }

    fn stray(&self, (block, reference): &(usize, &SelfReference)) -> Stray {
        let place = |block: usize, reference: &SelfReference| Place::new(block, reference.range.clone());
        let is_higher = rank(reference.unit) < rank(self.unit);
        let (first_block, first) = &self.places[0];
        Stray {
            place: place(*block, reference),
            unit: Place::new(*block, reference.range.end - reference.unit.len()..reference.range.end),
            own: self.unit,
            first_own: place(*first_block, first),
            own_count: self.places.len(),
            is_sure: self.places.len() >= FEWEST && !is_higher,
        }
    }
}

/// A holding speaks of itself as 本公司 and 本集团, a college as 我校 and 我院.
fn may_be_one_body(one: &str, other: &str) -> bool {
    [["公司", "集团"], ["校", "院"]]
        .iter()
        .any(|pair| pair.contains(&one) && pair.contains(&other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    const OWN: &str = "今年我县干旱少雨。\n全县投入机泵3200台。\n全县群众踊跃参加。\n我县广大干部下沉一线。\n";

    fn strays(rest: &str) -> Vec<String> {
        let draft = Draft::new(&format!("{OWN}{rest}\n"), Format::Plain);
        find(&draft).iter().map(|stray| draft.quote(&stray.place).to_owned()).collect()
    }

    #[test]
    fn lower_places_and_places_beside_the_own_one_are_strange() {
        assert_eq!(strays("在全镇范围内形成了合力。"), ["全镇"]);
        assert_eq!(strays("我区党员干部带头浇灌，整治景区和超市。"), ["我区"]);
        assert_eq!(strays("全市上下要锐意改革。"), ["全市"]);
        assert_eq!(strays("产值在全市第一，全市推广。全市上下要锐意改革。"), ["全市"]);
    }

    #[test]
    fn higher_places_and_bodies_spoken_of_are_not() {
        for rest in [
            "全市推广，全省第一，全国领先。",
            "石桥镇新打机井40眼，这次全镇都浇上了水。",
            "柳湾村党支部带头。全村860亩麦田浇了个遍。",
            "口号是“全镇动员”。",
        ] {
            assert!(strays(rest).is_empty(), "{rest}");
        }
    }

    /// A draft that says of itself only little.
    fn in_short(title: &str, own: &str, rest: &str) -> Vec<String> {
        let draft = Draft::new(&format!("{title}\n{own}\n今年雨水偏少，春灌早了十来天。\n{rest}\n"), Format::Plain);
        find(&draft).iter().map(|stray| draft.quote(&stray.place).to_owned()).collect()
    }

    #[test]
    fn a_title_lets_few_words_tell() {
        for (title, own, rest, stray) in [
            (
                "濂溪县2024年民政工作总结",
                "全县新增床位320张。全县低保户4100户。",
                "年末全市共有养老机构32家。",
                "全市",
            ),
            (
                "濂溪县交通运输局2024年总结",
                "全县修路86公里。全县通客车村312个。",
                "为全区交通运输工作添彩。",
                "全区",
            ),
            (
                "青浦区2024年民生实事报告",
                "全区建公园8个。全区加装电梯32部。",
                "不断增强全市人民的获得感。",
                "全市",
            ),
            (
                "青山镇2024年工作总结",
                "全镇修渠8公里，全镇脱贫户稳定增收。",
                "带动全县群众增收致富。",
                "全县",
            ),
            (
                "河湾水务有限公司年度总结",
                "我公司售水860万吨。我公司换管网12公里。",
                "明年，我局将抓好漏损治理。",
                "我局",
            ),
            ("柳河中学2024年工作总结", "我校学生1260人。我校教师112人。", "今后我局抓好教学。", "我局"),
        ] {
            assert_eq!(in_short(title, own, rest), [stray], "{title} {rest}");
        }
    }

    #[test]
    fn what_a_small_place_says_of_a_greater_one_is_silent() {
        for rest in [
            "粮食单产居全市第二，全市现场会在我县召开。",
            "为全市高质量发展作出贡献。",
            "市里要求全市干部下沉一线。",
            "完成全市下达任务的102%。",
            "“全市上下一条心”的口号深入人心。",
            "力争跻身全市前列。",
        ] {
            assert_eq!(in_short("濂溪县2024年总结", "全县修路86公里。全县通客车。", rest), [""; 0], "{rest}");
        }
        assert_eq!(
            in_short("江城集团有限公司年报", "本公司增资。本公司分红。", "本集团合并范围未变。"),
            [""; 0]
        );
    }

    #[test]
    fn a_county_may_speak_of_its_city_and_of_its_towns() {
        for rest in [
            "我县在全市排名第一。全市现场会在我县召开。",
            "增速高于全市平均水平2.1个百分点。",
            "粮食产量位居全市前列。",
            "成为全市唯一入选的县。",
            "在全市乡村振兴工作会议上作典型发言。",
            "按照全市统一部署，开展大排查。",
            "积极参与全市“清风”行动，查处案件12起。",
            "全市“清风”行动开展以来，破案36起。",
            "占全市总量的12.6%。",
            "全市3个国家级示范县中我县占1个。",
            "我省出台的扶持政策全部兑现。",
            "全省首个、全市首家综合服务中心投用。",
            "印发《全市农村公路养护办法》实施细则。",
            "市委要求全市上下一盘棋，我县积极响应。",
            "全市考核中获得优秀等次。",
            "2024年，全市产值增长5.2%，我县增长6.1%。",
            "全市完成投资860亿元，我县完成64亿元。",
            "全市15个县（市、区）同步开展普查。",
            "代表全市参加全省比武获第二名。",
            "打造全市重要的农产品供应基地。",
            "建设面向全市、辐射周边的物流园。",
            "接待全市各地考察团32批次。",
            "我县先行先试，全市第二批改革任务完成。",
            "全市开展打击非法采砂专项行动以来，我县查处18起。",
            "全市率先实现村村通公交。",
            "在全市范围内率先完成清产核资。",
            "争创全市一流。",
            "受到全市通报表扬。",
            "全市创建工作推进会召开后，整改问题32个。",
            "该村原是省级贫困村，全村320户中贫困户有86户。",
            "他说：“我村今年通了公路，全村老小都高兴。”",
            "各镇要一镇一策，组织全镇干部包保到户。",
            "各村要召开全村党员大会，宣讲政策。",
            "白沙镇敬老院改造完成后，全镇特困人员全部入住。",
            "柳湾村党支部带头，全村860亩麦田浇了个遍。",
            "走进石桥镇，全镇处处是工地。",
            "完全市场化运作，健全区域协作机制。",
            "县城区道路改造32条，发展全域旅游，全区间测速。",
            "我国经济稳中向好，我省加快建设制造强省。",
            "“我镇的桥修好了”，群众写来感谢信。",
            "横幅上写着“全镇动员，人人动手”。",
        ] {
            assert_eq!(
                in_short("濂溪县2024年总结", "全县修路86公里。全县通客车。我县入选试点。全县就业稳定。", rest),
                [""; 0],
                "{rest}"
            );
        }
    }

    #[test]
    fn what_only_the_own_body_says_is_strange_of_another() {
        for (rest, stray) in [
            ("全市农村公路养护实行路长制。", "全市"),
            ("年末全市常住人口38.6万人。", "全市"),
            ("2024年全市完成造林3.2万亩。", "全市"),
            ("全镇农村公路养护实行路长制。", "全镇"),
            ("明年，我区将抓好以下工作。", "我区"),
            ("全市上下要锐意改革。", "全市"),
        ] {
            assert_eq!(
                in_short("濂溪县2024年总结", "全县修路86公里。全县通客车。我县入选试点。全县就业稳定。", rest),
                [stray],
                "{rest}"
            );
        }
    }

    #[test]
    fn without_a_clear_majority_nothing_is_strange() {
        let draft = Draft::new("全县动员。\n全区动员。\n我县落实。\n我区落实。\n", Format::Plain);
        assert!(find(&draft).is_empty());
    }
}

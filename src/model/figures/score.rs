//! How likely two mentions state the same fact with different values: named features, each with its weight.
//!
//! Two figures have nothing to do with each other unless enough speaks for it. The weights stand here and nowhere else, in tenths of the
//! logarithm of the odds; `cargo run --example fit` prints the table anew from labelled pairs.

use crate::finding::Language;

/// Something that speaks for or against two mentions being of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feature {
    SameName,
    NameGoesOn,
    ContinuationIsCommonGround,
    NeutralModifier,
    ModifierIsCommonGround,
    Modifier,
    ModifierMakesSubset,
    SiblingNames,
    NamesUnlike,
    NameAbbreviated,
    NamesOverlap,
    NameIsTopic,
    SharedWord,
    SharedTopic,
    BothSayMore,
    SameWording,
    SameList,
    SharedCounter,
    DigitsSwapped,
    DigitsShuffled,
    OneDigitOff,
    DigitLost,
    PointOrMultiplierLost,
    ApproximationMissed,
    FewDigits,
    ManyDigits,
    FarApart,
    VeryFarApart,
    SmallNumbers,
    RoundNumbers,
    IsARate,
    AlikeByChance,
    OfTheWhole,
    SpokenOfAsKnown,
    BeginsItsClause,
    OnlySoMany,
    HeadingAndBody,
    NothingTelling,
    BothCumulative,
    MannerDiffers,
    OneIsAPart,
    AreRelative,
    SameState,
    StatesDiffer,
    PresentState,
    SameVerb,
    DifferentVerbs,
    SameOwner,
    OneHasOwner,
    OwnersDiffer,
    OneNamesAPlace,
    OneNamesABody,
    SameQuotation,
    NextSentence,
    SameParagraph,
    TextAndTable,
    DifferentChapters,
    DifferentItems,
    ReviewAndPlan,
    DoneAndToDo,
    PlanAgainstDone,
    PartOfYear,
    OneSaysAnotherYear,
    SectionsOfOtherYears,
    NameHasManyValues,
    NamesAColumn,
    UnitHasManyValues,
    BothToldAgain,
    NeighboursAgree,
    NeighboursDiffer,
}

/// What a feature is called, and what it counts for.
#[derive(Debug)]
pub struct Row {
    pub feature: Feature,
    /// In tenths; the sum decides. A feature that is found several times counts several times.
    pub weight: i32,
    pub zh: &'static str,
    pub en: &'static str,
    /// Whether a finding gives it as a reason.
    pub told: bool,
}

const fn told(feature: Feature, weight: i32, zh: &'static str, en: &'static str) -> Row {
    Row {
        feature,
        weight,
        zh,
        en,
        told: true,
    }
}

const fn untold(feature: Feature, weight: i32, zh: &'static str, en: &'static str) -> Row {
    Row {
        told: false,
        ..told(feature, weight, zh, en)
    }
}

/// All features, in the order of their declaration.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    // What is measured.
    told(Feature::SameName, 3, "说的是同一名称", "both have the same name"),
    // 寄宿生, 寄宿生冬季洗浴: the longer goes on after the noun that is counted.
    told(Feature::NameGoesOn, 7, "名称相合", "the names fit"),
    // What the longer name goes on with is spoken of around the other figure too.
    told(Feature::ContinuationIsCommonGround, 18, "前后说的是同一件事", "both are about the same matter"),
    // 建筑面积, 总建筑面积: the longer has a modifier in front that makes no subset here.
    told(Feature::NeutralModifier, 4, "名称相合", "the names fit"),
    // What the modifier says is said around the other figure too.
    told(Feature::ModifierIsCommonGround, 3, "名称相合", "the names fit"),
    // A modifier in front that may well make a subset.
    untold(Feature::Modifier, -2, "一处名称前多了限定", "one name has a modifier more"),
    // 农村居民, 居民
    untold(Feature::ModifierMakesSubset, -10, "限定使一处成为另一处的一部分", "the modifier makes a part"),
    // 农业用电量, 工业用电量
    untold(Feature::SiblingNames, -18, "名称相似而限定不同，像是并列的几项", "one noun with another modifier each"),
    // 调度会18次, 集中学习15次
    untold(Feature::NamesUnlike, -11, "名称不同", "the names differ"),
    // 粮食产量, 粮食总产量
    told(Feature::NameAbbreviated, 6, "名称相合", "the names fit"),
    // 劳动定员42人, 46名定员分批培训
    told(Feature::NamesOverlap, 4, "名称相合", "the names fit"),
    // 县级财政1850万元, and 县级财政十分困难，仍挤出近1500万元.
    told(Feature::NameIsTopic, 12, "说的是同一主体", "one is said of what the other's sentence begins with"),
    // Two characters that hardly any other figure is said with, and both of these are.
    told(Feature::SharedWord, 4, "用词相同", "they share words"),
    // The same of what the sentence is about.
    told(Feature::SharedTopic, 4, "说的是同一话题", "their sentences are about the same"),
    untold(Feature::BothSayMore, -2, "两处各有对方没有的用词", "each has words that are not found around the other"),
    // A run of characters next to both numbers; once more for each step of its length.
    told(Feature::SameWording, 4, "数字前后的文字相同", "the text next to both is the same"),
    // 柳溪、茅坪、石塘 before both.
    told(Feature::SameList, 10, "数字前列举的内容相同", "the same list stands before both"),
    // 支 is said of hardly anything but teams in this draft.
    told(Feature::SharedCounter, 10, "量词相同，文中别处少用", "both are counted in a way that is rare in the draft"),
    // How a slip of the hand would make one from the other.
    told(Feature::DigitsSwapped, 33, "像是两位数字颠倒", "two digits look swapped"),
    told(Feature::DigitsShuffled, 6, "像是数字次序有误", "the digits are the same in another order"),
    told(Feature::OneDigitOff, 24, "只差一位数字", "one digit differs"),
    told(Feature::DigitLost, 2, "像是漏了一位数字", "a digit looks lost"),
    told(Feature::PointOrMultiplierLost, 6, "像是小数点或“万”“亿”有误", "the point or 万 or 亿 looks wrong"),
    // 近1500, 1680
    told(Feature::ApproximationMissed, 12, "约数与另一处相近而不合", "an approximation is near the other value and does not fit"),
    // 23 and 32 are each other's swapped by chance more often than 3.86 and 3.68.
    untold(Feature::FewDigits, -12, "位数少，可能巧合", "so few digits may be alike by chance"),
    untold(Feature::ManyDigits, 12, "位数多，难有巧合", "so many digits are hardly alike by chance"),
    untold(Feature::FarApart, -17, "大小相差较多", "the values are far apart"),
    untold(Feature::VeryFarApart, -40, "大小悬殊", "the values are very far apart"),
    untold(Feature::SmallNumbers, -2, "都是小数目", "both are small"),
    untold(Feature::RoundNumbers, -6, "有整数", "one is round"),
    untold(Feature::IsARate, -14, "是百分比", "they are percentages"),
    // So many values of one name are told that some are alike by chance; once for each step of `crowd::chance`.
    untold(Feature::AlikeByChance, -2, "同名数字多，可能巧合", "among so many values some are alike by chance"),
    // What is said of it.
    told(Feature::OfTheWhole, 14, "说的是全部", "said of the whole"),
    // 对12个…逐个, 已建成的86个, 在…的基础上
    told(Feature::SpokenOfAsKnown, 20, "有一处像是沿用前面写过的数", "one takes up what was said before"),
    // 94名网格员实行包片
    told(Feature::BeginsItsClause, 10, "有一处放在句首，像是沿用前面写过的数", "one begins its clause, as what is known does"),
    untold(Feature::OnlySoMany, 13, "有一处用“仅”“只有”", "one says 仅"),
    told(Feature::HeadingAndBody, 14, "一处是标题，一处是其下的正文", "a heading and the text under it"),
    // Neither a likely slip nor any of those above.
    untold(Feature::NothingTelling, -13, "既不像笔误，也没有“全部”“仅”一类字眼", "neither a likely slip nor words like 全部 or 仅"),
    told(Feature::BothCumulative, 4, "都是累计数", "both are cumulative"),
    untold(Feature::MannerDiffers, -8, "一为存量、一为增量或累计", "one is a stock, the other an addition or a sum"),
    untold(Feature::OneIsAPart, -4, "一处是其中的一部分", "one is a part"),
    untold(Feature::AreRelative, -6, "是增减或比重", "they are changes or shares"),
    // 未开工 of both, 剩余 of both
    told(Feature::SameState, 12, "说的都是未完成的、剩余的", "both are of what is not done or what is left"),
    untold(Feature::StatesDiffer, -14, "一处是未完成的、剩余的", "one is of what is not done or what is left"),
    // 由42家增加到57家, and 目前仅有54家.
    told(Feature::PresentState, 9, "说的都是目前有多少", "both say how many there are now"),
    untold(Feature::SameVerb, 2, "动作相同", "the same verb"),
    untold(Feature::DifferentVerbs, -4, "动作不同", "different verbs"),
    untold(Feature::SameOwner, 2, "主语相同", "the same owner"),
    untold(Feature::OneHasOwner, -2, "只有一处有主语", "only one has an owner"),
    untold(Feature::OwnersDiffer, -8, "主语不同", "different owners"),
    // 大杨镇, on one side only.
    untold(Feature::OneNamesAPlace, -14, "只有一处说明是哪个地方", "only one names a place"),
    untold(Feature::OneNamesABody, -2, "只有一处说明是哪个单位", "only one names a body"),
    // Both sentences name the same thing in quotation marks: “沣源香菇”.
    told(Feature::SameQuotation, 2, "引号里的名称相同", "both name the same thing in quotation marks"),
    // Where they stand.
    untold(Feature::NextSentence, -12, "在相邻两句", "in two sentences next to each other"),
    untold(Feature::SameParagraph, -12, "在同一段", "in one paragraph"),
    told(Feature::TextAndTable, 10, "一处在表格、一处在正文", "one in a table, one in the text"),
    untold(Feature::DifferentChapters, 16, "在不同部分", "in different chapters"),
    untold(Feature::DifferentItems, 4, "在同一部分的不同条目", "in different items of one chapter"),
    untold(Feature::ReviewAndPlan, -10, "一处在回顾部分、一处在计划部分", "one stands among what was done, the other among what is planned"),
    untold(Feature::DoneAndToDo, -10, "一处是已做的、一处是要做的", "one was done, the other is to be done again"),
    untold(Feature::PlanAgainstDone, -6, "一处是计划数", "one is planned"),
    // One is said of a quarter or a half of the year, the other of no time.
    untold(Feature::PartOfYear, -2, "只有一处说明是年内一段时间", "only one is said of a part of the year"),
    untold(Feature::OneSaysAnotherYear, -7, "只有一处说明是另一年", "only one is said of another year"),
    untold(Feature::SectionsOfOtherYears, -16, "所在部分说的不是同一年", "they stand in sections on different years"),
    // The figures around.
    untold(Feature::NameHasManyValues, -2, "这个名称有许多数字", "the name has many values"),
    untold(Feature::NamesAColumn, -3, "同一名称下并列着许多数", "the name is that of a column, told in words"),
    untold(Feature::UnitHasManyValues, -6, "用词少有相同，这类单位的数字又多，可能巧合", "with few words in common, some of so many values are alike by chance"),
    untold(Feature::BothToldAgain, -8, "两个数字都另有出处", "both values are told elsewhere too"),
    told(Feature::NeighboursAgree, 8, "相邻的数字都一致", "the figures next to them agree"),
    // The figures before or after have the same names but other values: rows of one kind.
    untold(Feature::NeighboursDiffer, -28, "相邻的数字也不同，像是并列的几件事", "the figures next to them differ as well"),
];

/// From here on two mentions contradict each other, in tenths.
pub const WORTH_A_LOOK: i32 = 48;
/// From here on it is very probable.
pub const PROBABLE: i32 = 59;

impl Feature {
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

impl Row {
    pub fn name(&self, language: Language) -> &'static str {
        language.pick(self.zh, self.en)
    }
}

/// Why the features count, for the reader of a finding: each reason once, the weightiest first.
pub fn reasons(features: &[Feature], language: Language) -> Vec<&'static str> {
    let mut rows: Vec<&Row> = features.iter().map(|feature| feature.row()).filter(|row| row.told).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.weight));
    let mut reasons: Vec<&'static str> = Vec::new();
    for row in rows {
        let reason = row.name(language);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// The sum of the weights.
pub fn total(features: &[Feature]) -> i32 {
    features.iter().map(|feature| feature.row().weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_row() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.feature as usize, index, "{:?}", row.feature);
        }
        assert_eq!(Feature::NeighboursDiffer as usize + 1, TABLE.len());
    }
}

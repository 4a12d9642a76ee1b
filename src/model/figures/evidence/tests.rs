use super::*;
use crate::model::figures::Figures;
use crate::source::Format;

/// How two figures of a draft compare; they are told by their text, the first mention of each.
fn compare(text: &str, first: &str, second: &str) -> Result<Vec<Feature>, Barrier> {
    let draft = Draft::new(text, Format::Plain);
    let numbering = Numbering::build(&draft);
    let figures = Figures::build(&draft, &numbering);
    let evidence = Evidence::read(&draft, &numbering, &figures.frame, &figures.mentions);
    let index = |written: &str| {
        let mut mentions = figures.mentions.iter();
        mentions.position(|mention| draft.quote(&mention.place) == written).expect(written)
    };
    evidence.compare(index(first), index(second))
}

#[test]
fn what_rules_a_contradiction_out() {
    for (text, first, second, barrier) in [
        (
            "一、概况\n现有教学班48个。\n二、工作\n48个教学班评比。\n",
            "48个",
            "48个",
            Barrier::SameValue,
        ),
        ("计划培训800人，实际培训862人。\n", "800人", "862人", Barrier::SamePassage),
        (
            "一、概况\n内部收益率6.82%。\n二、分析\n投资增加一成，内部收益率由6.82%降到5.37%。\n",
            "6.82%",
            "5.37%",
            Barrier::BothSeen,
        ),
        (
            "一、上年\n2022年培训教师320人。\n二、本年\n2023年培训教师230人。\n",
            "320人",
            "230人",
            Barrier::OtherTime,
        ),
        (
            "一、甲\n培训教师320人。\n二、乙\n教师比上年增加230人。\n",
            "320人",
            "230人",
            Barrier::OtherRole,
        ),
        (
            "一、甲\n大杨镇改厕326户。\n二、乙\n小河镇改厕362户。\n",
            "326户",
            "362户",
            Barrier::OtherBody,
        ),
        (
            "一、成效\n肉羊加工突破80万只。\n二、下步打算\n肉羊加工突破100万只。\n",
            "80万只",
            "100万只",
            Barrier::GoalAgainstResult,
        ),
        ("一、甲\n路灯86盏。\n二、乙\n苗木68盏。\n", "86盏", "68盏", Barrier::OtherSubject),
    ] {
        assert_eq!(compare(text, first, second), Err(barrier), "{text}");
    }
}

#[test]
fn what_speaks_for_a_contradiction() {
    for (text, first, second, feature) in [
        (
            "一、甲\n改造户厕1350户。\n二、乙\n改造的1530户户厕缺少管护。\n",
            "1350户",
            "1530户",
            Feature::DigitsSwapped,
        ),
        (
            "一、甲\n改造户厕1350户。\n二、乙\n改造的1530户户厕缺少管护。\n",
            "1350户",
            "1530户",
            Feature::SpokenOfAsKnown,
        ),
        (
            "一、甲\n网格员96名。\n二、乙\n94名网格员实行包片。\n",
            "96名",
            "94名",
            Feature::BeginsItsClause,
        ),
        (
            "一、甲\n龙头企业13家。\n二、乙\n龙头企业仅有11家。\n",
            "13家",
            "11家",
            Feature::OnlySoMany,
        ),
        (
            "一、甲\n农户人均纯收入16842元。\n二、乙\n农户人均纯收入14682元。\n",
            "16842元",
            "14682元",
            Feature::DigitsShuffled,
        ),
        (
            "（一）二十条线路跑出活力\n全县开通客货邮线路18条。\n（二）其他\n略。\n",
            "二十条",
            "18条",
            Feature::HeadingAndBody,
        ),
        (
            "一、甲\n开展防汛演练87场次。\n二、乙\n全年七十八场防汛演练。\n",
            "87场次",
            "七十八场",
            Feature::DigitsSwapped,
        ),
    ] {
        let features = compare(text, first, second).unwrap_or_default();
        assert!(features.contains(&feature), "{text}{features:?}");
    }
}

#[test]
fn what_speaks_against_it() {
    for (text, first, second, feature) in [
        (
            "一、成效\n建成公厕28座。\n二、下步打算\n计划建成公厕82座。\n",
            "28座",
            "82座",
            Feature::PlanAgainstDone,
        ),
        (
            "一、成效\n建成公厕28座。\n二、下步打算\n新建公厕82座。\n",
            "28座",
            "82座",
            Feature::ReviewAndPlan,
        ),
        (
            "一、2023年工作\n新建公厕28座。\n二、2024年工作\n新建公厕18座。\n",
            "28座",
            "18座",
            Feature::SectionsOfOtherYears,
        ),
        (
            "一、甲\n完成投资15万元用于改厕。\n二、乙\n完成投资15.6万元用于改厕。\n",
            "15万元",
            "15.6万元",
            Feature::NothingTelling,
        ),
    ] {
        let features = compare(text, first, second).unwrap_or_default();
        assert!(features.contains(&feature), "{text}{features:?}");
    }
}

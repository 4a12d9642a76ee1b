use super::*;
use crate::source::Format;

fn passages(text: &str) -> Vec<Passage> {
    Passages::find(&Draft::new(text, Format::Plain)).repeated
}

/// What stands at the original and at each copy.
fn texts(text: &str) -> Vec<Vec<String>> {
    let draft = Draft::new(text, Format::Plain);
    let quote = |span: &Span| draft.text().slice(span.source_range(&draft)).into_owned();
    Passages::find(&draft)
        .repeated
        .iter()
        .map(|passage| std::iter::once(&passage.original).chain(&passage.copies).map(quote).collect())
        .collect()
}

/// Han characters that do not repeat for a long while, with a comma after every ninth, from a linear congruential generator.
fn unlike_text(seed: u32, length: usize) -> String {
    let mut state = seed;
    let mut text = String::new();
    for index in 0..length {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push(char::from_u32(0x5000 + (state >> 8) % 0x3000).expect("a Han character"));
        if index % 9 == 8 && index + 1 < length {
            text.push('，');
        }
    }
    text + "。"
}

#[test]
fn a_copy_with_an_edit_in_every_eight_signs_is_always_found() {
    for edits in 1..12 {
        let length = (8 * edits + 7).max(40);
        let passage = unlike_text(edits as u32, length);
        let copy: String = passage
            .chars()
            .filter(|char| *char != '，')
            .enumerate()
            .flat_map(|(index, char)| {
                let edited = index % 8 == 7 && index / 8 < edits;
                let mark = index % 9 == 8 && index + 1 < length;
                [Some(if edited { '改' } else { char }), mark.then_some('，')]
            })
            .flatten()
            .collect();
        let draft = format!("{passage}\n{}\n{copy}\n", unlike_text(99, 200));
        assert_eq!(passages(&draft).len(), 1, "{edits} edits:\n{passage}\n{copy}");
    }
}

/// A sentence of clauses that are long enough for a seed.
fn clauses_unlike(seed: u32, clauses: usize) -> Vec<String> {
    let text = unlike_text(seed, 9 * clauses);
    text.trim_end_matches('。').split('，').map(str::to_owned).collect()
}

#[test]
fn clauses_of_a_sentence_in_any_order_are_always_found() {
    for (seed, order) in [[0, 2, 1, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1], [0, 3, 1, 2]]
        .into_iter()
        .enumerate()
    {
        let clauses = clauses_unlike(seed as u32, 4);
        let sentence = |clauses: Vec<&str>| clauses.join("，") + "。";
        let (first, second) = (
            sentence(clauses.iter().map(String::as_str).collect()),
            sentence(order.iter().map(|index| clauses[*index].as_str()).collect()),
        );
        let found = passages(&format!("{first}\n{}\n{second}\n", unlike_text(99, 200)));
        assert_eq!(found.len(), 1, "{order:?}");
        assert!(!found[0].verbatim);
    }
}

#[test]
fn a_sentence_split_in_two_is_always_found() {
    for at in 1..5 {
        let clauses = clauses_unlike(at as u32, 5);
        for joint in ["。", "。同时，", "；并"] {
            let split = [clauses[..at].join("，"), clauses[at..].join("，")].join(joint);
            let draft = format!("{}。\n{}\n{split}。\n", clauses.join("，"), unlike_text(99, 200));
            assert_eq!(passages(&draft).len(), 1, "{at} {joint}");
            let joined = format!("{split}。\n{}\n{}。\n", unlike_text(99, 200), clauses.join("，"));
            assert_eq!(passages(&joined).len(), 1, "{at} {joint}");
        }
    }
}

#[test]
fn a_paragraph_with_its_subject_swapped_is_found() {
    let first = "一季度，公司把回款列为头等大事，逐户核对账款，重点催收三年以上欠款，公司班子成员分片包户，共收回欠款412万元，账龄结构明显好转。";
    let second = first.replace("公司", "集团").replace("一季度", "二季度");
    let gap = unlike_text(3, 200);
    assert_eq!(passages(&format!("{first}\n{gap}\n{second}\n")).len(), 1);
    // Figures of their own make it a report on the next quarter.
    let renewed = second.replace("412", "655").replace("三年", "两年");
    assert_eq!(
        passages(&format!("{first}\n{gap}\n{renewed}\n"))
            .iter()
            .map(|found| found.differing.len())
            .collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn text_without_repetition_has_no_passages() {
    let draft: String = (0..40).map(|seed| unlike_text(seed, 300) + "\n").collect();
    assert!(passages(&draft).is_empty());
}

#[test]
fn the_run_is_found_whole_and_cut_to_clauses() {
    let draft = "二是上门帮扶。结合走访工作,共看望老党员412人,解决难事96件,送去慰问金18万多元。\n\
                 三是集中慰问。各支部书记入户谈心。各级干部共看望老党员412人,解决难事96件,送去慰问金18万多元。四是办好食堂。\n";
    let run = "共看望老党员412人,解决难事96件,送去慰问金18万多元";
    assert_eq!(texts(draft), [[run, run]]);
}

#[test]
fn a_run_may_cross_the_borders_of_paragraphs() {
    let draft = "河湾镇2019年水利冬修工作总结及\n2020年打算\n河湾镇水利站\n河湾镇有圩口17个、涵闸46座，保护耕地5.3万亩。今年冬修早动员、早开工，成效较好。\n\
                 一、主要做法\n先难后易，包段到村。\n\
                 河湾镇2019年水利冬修工作总结及2020年打算河湾镇水利站河湾镇有圩口17个、涵闸46座，保护耕地5.3万亩。今年冬修早动员\n";
    let found = texts(draft);
    assert_eq!(found.len(), 1);
    assert!(
        found[0][0].starts_with("河湾镇2019年") && found[0][0].contains("\n") && found[0][1].ends_with("早动员"),
        "{found:?}"
    );
}

#[test]
fn figures_that_differ_are_told() {
    let gap = unlike_text(5, 120);
    let draft =
        format!("全年修复水毁渠道38公里，清淤塘坝64口，新增灌溉面积1.2万亩。\n{gap}\n全年修复水毁渠道38公里，清淤塘坝46口，新增灌溉面积1.2万亩。\n");
    let draft = Draft::new(&draft, Format::Plain);
    let found = Passages::find(&draft).repeated;
    let differing: Vec<_> = found[0]
        .differing
        .iter()
        .map(|(before, after)| (draft.quote(before), draft.quote(after)))
        .collect();
    assert_eq!(differing, [("64", "46")]);
    assert!(!found[0].verbatim);
}

#[test]
fn a_long_copy_may_differ_in_its_only_figure_and_in_a_few_words() {
    let gap = unlike_text(6, 90);
    let first = "针对农贸市场消防通道被占、自备水井管理松散、老旧电梯带病运行等突出问题，向有关单位发出整改建议书32份，全部得到采纳和书面答复。";
    let copies = [
        "针对农贸市场消防通道被占、自备水井管理松散、老旧电梯带病运行等突出问题，发出整改建议书23份，全部得到采纳并书面答复。",
        "1. 针对农贸市场消防通道被占、自备水井管理松散、老旧电梯带病运行等突出问题，发出整改建议书23份，全部得到采纳和书面答复。",
    ];
    for copy in copies {
        let found = passages(&format!("{first}\n{gap}\n{copy}\n"));
        assert_eq!(found.iter().map(|passage| passage.differing.len()).collect::<Vec<_>>(), [1], "{copy}");
    }
    let built_alike =
        "针对校园周边食品摊点无证经营、餐厨废油去向不明、冷库温度记录缺失等突出问题，向有关单位发出整改建议书23份，全部得到采纳和书面答复。";
    assert!(passages(&format!("{first}\n{gap}\n{built_alike}\n")).is_empty());
}

#[test]
fn whole_sentences_close_to_each_other_may_differ_in_a_few_words() {
    let first = "晾晒场地严重不足，大批稻谷在收割后不能及时摊晒、烘干和入仓，只好堆在路边低价出售，严重影响了种粮户的收入。";
    let copy = "晾晒场地严重不足，大批稻谷收割后不能及时摊晒、烘干、入仓，只好堆在路边低价出售，严重影响种粮户的收入。";
    assert_eq!(passages(&format!("{first}全镇正在想办法。{copy}\n")).len(), 1);
}

#[test]
fn three_copies_are_one_passage() {
    let copy = "民兵分队昼夜巡堤查险，及时处置管涌9处，没有发生一起险情。\n";
    let draft = format!("{copy}{}\n{copy}{}\n{copy}", unlike_text(1, 90), unlike_text(2, 90));
    let found = passages(&draft);
    assert_eq!((found.len(), found[0].count, found[0].copies.len()), (1, 2, 2));
}

#[test]
fn many_copies_are_one_passage_with_few_places() {
    let draft = "民兵分队昼夜巡堤查险，及时处置管涌9处，没有发生一起险情。\n".repeat(3000);
    let found = passages(&draft);
    assert_eq!((found.len(), found[0].count, found[0].copies.len()), (1, 2999, MOST_COPIES_KEPT));
}

#[test]
fn what_returns_by_right_is_no_passage() {
    let silent = [
        // Sentences built alike, with figures of their own.
        "第一产业增加值31.2亿元，增长4.1%，占比为12.3%。\n第二产业增加值96.5亿元，增长6.8%，占比为38.1%。\n第三产业增加值125.7亿元，增长7.2%，占比为49.6%。\n",
        // A slogan at the start and at the end.
        "奋力谱写美丽河湾建设新篇章，为全县高质量发展贡献河湾力量。\n一、工作回顾\n修好了三条路。\n奋力谱写美丽河湾建设新篇章，为全县高质量发展贡献河湾力量。\n",
        // A contents list and the headings it lists.
        "一、基本情况和主要成效\n二、存在的困难和问题\n三、下一步工作措施打算\n一、基本情况和主要成效\n全镇有村9个。\n二、存在的困难和问题\n缺水。\n三、下一步工作措施打算\n打井。\n",
        // A long name.
        "成立河湾镇农村人居环境整治提升五年行动领导小组办公室，抽调6人。\n河湾镇农村人居环境整治提升五年行动领导小组办公室印发简报12期。\n",
    ];
    for draft in silent {
        assert!(passages(draft).is_empty(), "{:?}", texts(draft));
    }
}

//! `stray/pair`: quotation marks and brackets without their other half.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::bracket::{Bracket, Kind, MixedPair};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::brackets::{Imbalance, Slip};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct UnpairedBracket;

static META: Meta = Meta {
    name: "stray/pair",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("引号、括号、书名号不配对", "Quotation marks or brackets without their other half"),
    explanation: Bilingual::fixed(
        "引号、括号、书名号要成对。跨段的引文在后面的段落里找另一半；“1）”这样的编号、英文撇号不算。缺右半个的，按最近的停顿处推测应补的位置；左右用反的、前后种类不一的，直接指出应改成什么。位置是推测的，改前请看一眼。",
        "Quotation marks, brackets and title marks come in pairs. The other half of a quotation over several paragraphs is sought in the paragraphs after; labels such as 1) and apostrophes do not count. Where a half is missing, the nearest pause is proposed for it; a half that points the wrong way or is of another kind is named. Have a look before applying the fix.",
    ),
    clause: Some("GB/T 15834-2011 4.8, 4.9, 4.15"),
    fix: Fixable::Safe,
    examples: &[
        Example::plain("当家品种“丰香2号，已连续使用11年。\n", "当家品种“丰香2号”，已连续使用11年。\n"),
        Example::plain("开展”清风行动”，成效明显。\n", "1）开展“清风行动”；\n2）总结People’s Daily的报道。\n"),
        Example::plain("考核细则另行制订（见附件2)。\n", "考核细则另行制订(见附件2)。\n"),
        Example::plain("编制“十五五’规划。\n", "他说：“先干起来。\n“再总结经验。”\n"),
    ],
};

impl Rule for UnpairedBracket {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let by_kind = context
            .models
            .brackets
            .imbalances
            .iter()
            .map(|imbalance| (imbalance.bracket.kind, imbalance));
        findings.extend(fold::groups(by_kind).iter().filter_map(|imbalances| report(context, imbalances)));
        let pick = |what: &What| match what {
            What::MixedPair(pair) => Some(*pair),
            _ => None,
        };
        let mixed = context.models.oddities.of_kind(context.draft, pick).map(|pair| ((), pair));
        findings.extend(fold::groups(mixed).iter().filter_map(|pairs| report_mixed(context, pairs)));
    }
}

fn report(context: &Context, imbalances: &[&Imbalance]) -> Option<Finding> {
    let first = imbalances.first()?;
    if imbalances.len() > 1 {
        return Some(report_all(context, first, imbalances));
    }
    let (side_zh, side_en) = name(first.bracket);
    let (other_zh, other_en) = name(Bracket::of(first.bracket.partner())?);
    let seen = window(context, first);
    let message = match &first.slip {
        Slip::NeverClosed => Bilingual::new(
            format!("{side_zh}没有配对的{other_zh}：{seen}…"),
            format!("The {side_en} in {seen}… has no {other_en}"),
        ),
        Slip::NeverOpened => Bilingual::new(
            format!("{side_zh}前面没有配对的{other_zh}：…{seen}"),
            format!("The {side_en} in …{seen} has no {other_en} before it"),
        ),
        Slip::WrongWay => Bilingual::new(
            format!("引号用反了，这里应为{other_zh}{}", first.bracket.partner()),
            format!("The quotation mark points the wrong way; {} belongs here", first.bracket.partner()),
        ),
        Slip::Mismatched { by, .. } => Bilingual::new(
            format!("前面是{}，这里应为{}，不是{}", by.char, by.partner(), first.bracket.char),
            format!("{} was opened, so {} belongs here, not {}", by.char, by.partner(), first.bracket.char),
        ),
    };
    let finding = Finding::new(META.name, severity(context, first), context.source_range(&first.place), message);
    let finding = match &first.slip {
        Slip::Mismatched { opened, .. } => finding.related(context.source_range(opened), Bilingual::fixed("在这里打开", "Opened here")),
        _ => finding,
    };
    Some(match fix(context, first) {
        Some(fix) => finding.fix(fix),
        None => finding,
    })
}

fn report_all(context: &Context, first: &Imbalance, imbalances: &[&Imbalance]) -> Finding {
    let count = imbalances.len();
    let (side_zh, _) = name(first.bracket);
    let kind_zh = side_zh.trim_start_matches(['左', '右']);
    let message = Bilingual::new(
        format!("全文有{count}处{kind_zh}不配对，这是第一处，请逐一核对"),
        format!("{count} marks of this kind lack their other half; this is the first"),
    );
    let finding = Finding::new(META.name, Severity::Info, context.source_range(&first.place), message);
    fold::relate(context, finding, imbalances.iter().map(|imbalance| &imbalance.place))
}

fn report_mixed(context: &Context, pairs: &[(Place, MixedPair)]) -> Option<Finding> {
    let (place, MixedPair { open, close }) = pairs.first()?;
    let (in_all_zh, in_all_en) = fold::count(pairs.len());
    let seen = context.quote(place);
    let message = Bilingual::new(
        format!("括号一半全角、一半半角：{open}…{seen}，后一半应为{close}{in_all_zh}"),
        format!("The brackets {open}…{seen} are of two widths; close with {close}{in_all_en}"),
    );
    let edits = fold::apart(
        pairs
            .iter()
            .map(|(place, pair)| Edit::replace(context.source_range(place), pair.close.to_string())),
    );
    let finding = Finding::new(META.name, Severity::Info, context.source_range(place), message);
    let finding = fold::relate(context, finding, pairs.iter().map(|(place, _)| place));
    Some(finding.fix(Fix::safe(Bilingual::new(format!("改为{close}"), format!("Write {close}")), edits)))
}

/// Text in table cells is cut short by the conversion more often than by the drafter.
fn severity(context: &Context, imbalance: &Imbalance) -> Severity {
    match context.draft.pieces()[imbalance.place.block].block().is_cell() {
        true => Severity::Info,
        false => META.severity,
    }
}

fn fix(context: &Context, imbalance: &Imbalance) -> Option<Fix> {
    let place = &imbalance.place;
    let partner = imbalance.bracket.partner();
    let replace = |with: char| {
        let title = Bilingual::new(format!("改为{with}"), format!("Write {with}"));
        Fix::r#unsafe(title, [Edit::replace(context.source_range(place), with.to_string())])
    };
    let (beside, after) = match &imbalance.slip {
        Slip::WrongWay => return Some(replace(partner)),
        Slip::Mismatched { by, .. } => return Some(replace(by.partner())),
        Slip::NeverClosed => (closing_place(context, place)?, true),
        Slip::NeverOpened => (opening_place(context, place)?, false),
    };
    let word = context.quote(&beside);
    let range = context.source_range(&beside);
    let (at, side, side_en) = if after {
        (range.end, "后", "after")
    } else {
        (range.start, "前", "before")
    };
    let title = Bilingual::new(format!("在“{word}”{side}补{partner}"), format!("Put {partner} {side_en} “{word}”"));
    Some(Fix::r#unsafe(title, [Edit::insert(at, partner.to_string())]))
}

/// Up to four characters before the first pause after an opening half.
fn closing_place(context: &Context, place: &Place) -> Option<Place> {
    let prose = context.draft.pieces()[place.block].prose();
    let rest = &prose[place.end..];
    let length = rest.find(is_pause).unwrap_or(rest.len());
    let word_start = rest[..length].char_indices().rev().take(4).last()?.0;
    Some(Place::new(place.block, place.end + word_start..place.end + length))
}

/// Up to four characters after the last pause before a closing half.
fn opening_place(context: &Context, place: &Place) -> Option<Place> {
    let prose = context.draft.pieces()[place.block].prose();
    let before = &prose[..place.start];
    let start = before
        .rfind(is_pause)
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let (offset, last) = before[start..].char_indices().take(4).last()?;
    Some(Place::new(place.block, start..start + offset + last.len_utf8()))
}

fn is_pause(char: char) -> bool {
    matches!(char, '，' | '。' | '；' | '：' | '、' | '！' | '？' | ',' | ';') || Bracket::of(char).is_some()
}

/// The half with some of the text on its open side.
fn window<'a>(context: &Context<'a>, imbalance: &Imbalance) -> &'a str {
    const REACH: usize = 8;
    let place = &imbalance.place;
    let prose = context.draft.pieces()[place.block].prose();
    if imbalance.bracket.opens {
        let end = prose[place.end..].char_indices().nth(REACH).map_or(prose.len(), |(at, _)| place.end + at);
        &prose[place.start..end]
    } else {
        let start = prose[..place.start]
            .char_indices()
            .rev()
            .take(REACH)
            .last()
            .map_or(place.start, |(at, _)| at);
        &prose[start..place.end]
    }
}

fn name(bracket: Bracket) -> (&'static str, &'static str) {
    match (bracket.kind, bracket.opens) {
        (Kind::DoubleQuote | Kind::Corner, true) => ("左引号", "opening quotation mark"),
        (Kind::DoubleQuote | Kind::Corner, false) => ("右引号", "closing quotation mark"),
        (Kind::SingleQuote | Kind::InnerCorner, true) => ("左单引号", "opening single quotation mark"),
        (Kind::SingleQuote | Kind::InnerCorner, false) => ("右单引号", "closing single quotation mark"),
        (Kind::Title | Kind::InnerTitle, true) => ("左书名号", "opening title mark"),
        (Kind::Title | Kind::InnerTitle, false) => ("右书名号", "closing title mark"),
        (_, true) => ("左括号", "opening bracket"),
        (_, false) => ("右括号", "closing bracket"),
    }
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::finding::Finding;
    use crate::linter::{Settings, lint};
    use crate::source::Format;

    fn findings(text: &str) -> Vec<Finding> {
        let mut findings = lint(&Draft::new(text, Format::Plain), &Settings::default());
        findings.retain(|finding| finding.rule == "stray/pair");
        findings
    }

    fn mended(text: &str) -> String {
        let found = findings(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        crate::fix::apply(text, &found[0].fixes[0].edits)
    }

    #[test]
    fn the_missing_half_is_put_at_the_nearest_pause() {
        assert_eq!(mended("实施“双百行动，成效明显。"), "实施“双百行动”，成效明显。");
        assert_eq!(mended("成效明显，双百行动”得到好评。"), "成效明显，“双百行动”得到好评。");
        assert_eq!(
            mended("印发《关于做好防汛工作的通知，并抓好落实。"),
            "印发《关于做好防汛工作的通知》，并抓好落实。"
        );
    }

    #[test]
    fn a_wrong_half_is_turned_round() {
        assert_eq!(mended("开展”清风行动”，成效明显。"), "开展“清风行动”，成效明显。");
        assert_eq!(mended("开展“清风行动“，成效明显。"), "开展“清风行动”，成效明显。");
        assert_eq!(mended("编制“十五五’规划。"), "编制“十五五”规划。");
    }

    #[test]
    fn brackets_over_several_paragraphs_are_one_thing() {
        assert!(findings("他说：“先干起来。\n\n再总结经验。”\n").is_empty());
        assert!(findings("“先干起来。\n\n“再总结经验。\n\n“最后推广。”\n").is_empty());
    }

    #[test]
    fn a_scan_with_many_is_one_finding() {
        assert_eq!(findings(&"见（附件。\n".repeat(40)).len(), 1);
    }
}

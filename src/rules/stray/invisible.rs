//! `stray/invisible`: characters that nobody sees.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::invisible::{Class, Invisible};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct InvisibleCharacter;

static META: Meta = Meta {
    name: "stray/invisible",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("文中有看不见的字符", "The text holds characters that nobody sees"),
    explanation: Bilingual::fixed(
        "零宽空格、软连字符、方向符、控制符、文中的字节顺序标记，屏幕上看不见，却会使查找、统计、排版出错，多是从网页或PDF复制时带进来的，可以放心删除。私用区字符在别的电脑上显示成空白或别的字，应对照原稿改成正式的字。同一种字符有许多处时，只在第一处报告并注明总数。",
        "Zero-width spaces, soft hyphens, direction marks, controls and byte-order marks inside the text are not seen, yet break searching, counting and layout. They come along when text is copied from web pages or PDF files and can be deleted. Private-use characters look different, or like nothing, on other machines: replace them by the character meant. Many of one sort are reported once, with their count.",
    ),
    clause: None,
    fix: Fixable::Safe,
    examples: &[
        Example::plain("全市粮食\u{200B}产量稳定增长。\n", "全市粮食产量稳定增长。\n"),
        Example::plain("全市粮食\u{E004}产量稳定增长。\n", "👨\u{200D}👩出席了活动。\n"),
    ],
};

impl Rule for InvisibleCharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &What| match what {
            What::Invisible(invisible) => Some(*invisible),
            _ => None,
        };
        let runs = context.models.oddities.of_kind(context.draft, pick);
        let by_sort = runs.filter_map(|(place, run)| Some(((Class::of(run.char)?, run.char), (place, run))));
        findings.extend(fold::groups(by_sort).iter().filter_map(|runs| report(context, runs)));
    }
}

fn report(context: &Context, runs: &[(Place, Invisible)]) -> Option<Finding> {
    let (place, run) = runs.first()?;
    let class = Class::of(run.char)?;
    let (name_zh, name_en) = name(class);
    let code = u32::from(run.char);
    let (in_all_zh, in_all_en) = fold::count(runs.len());
    let (number_zh, number_en) = if run.count > 1 {
        (format!("{}个", run.count), format!("{} × ", run.count))
    } else {
        ("一个".to_owned(), String::new())
    };
    let message = match class {
        Class::PrivateUse => Bilingual::new(
            format!("这里有{number_zh}各台电脑显示不一的字符（私用区字符U+{code:04X}）{in_all_zh}，请对照原稿改成正式的字"),
            format!("{number_en}U+{code:04X}, a private-use character that other machines show differently{in_all_en}; type the character meant"),
        ),
        _ => Bilingual::new(
            format!("这里有{number_zh}看不见的字符（{name_zh}U+{code:04X}）{in_all_zh}，应删去"),
            format!("{number_en}U+{code:04X}, an invisible {name_en}{in_all_en}; delete it"),
        ),
    };
    let finding = Finding::new(META.name, severity(class), context.source_range(place), message);
    let finding = fold::relate(context, finding, runs.iter().map(|(place, _)| place));
    Some(match fix(context, class, runs) {
        Some(fix) => finding.fix(fix),
        None => finding,
    })
}

fn severity(class: Class) -> Severity {
    match class {
        Class::LineEnd | Class::SoftHyphen => Severity::Info,
        _ => Severity::Warning,
    }
}

fn fix(context: &Context, class: Class, runs: &[(Place, Invisible)]) -> Option<Fix> {
    let edits = fold::apart(runs.iter().map(|(place, _)| Edit::delete(context.source_range(place))));
    let title = Bilingual::fixed("删去看不见的字符", "Delete the invisible character");
    match class {
        Class::PrivateUse => None,
        // Whoever put a line end there meant something by it.
        Class::LineEnd | Class::Control => Some(Fix::r#unsafe(title, edits)),
        _ => Some(Fix::safe(title, edits)),
    }
}

fn name(class: Class) -> (&'static str, &'static str) {
    match class {
        Class::ZeroWidth => ("零宽字符", "zero-width character"),
        Class::SoftHyphen => ("软连字符", "soft hyphen"),
        Class::ByteOrderMark => ("字节顺序标记", "byte-order mark"),
        Class::Direction => ("方向控制符", "direction mark"),
        Class::LineEnd => ("换行符", "line end"),
        Class::Control => ("控制字符", "control character"),
        Class::PrivateUse => ("私用区字符", "private-use character"),
    }
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::linter::{Settings, lint};
    use crate::source::Format;

    #[test]
    fn hundreds_of_one_sort_are_one_finding_that_mends_all() {
        let text = "全市\u{200B}粮食\u{200B}增产。\n".repeat(100);
        let findings: Vec<_> = lint(&Draft::new(&text, Format::Plain), &Settings::default())
            .into_iter()
            .filter(|finding| finding.rule == "stray/invisible")
            .collect();
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.zh.contains("共200处"));
        let mended = crate::fix::apply(&text, &findings[0].fixes[0].edits);
        assert_eq!(mended, "全市粮食增产。\n".repeat(100));
    }
}

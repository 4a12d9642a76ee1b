//! `stray/placeholder`: a place left to be filled in.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::placeholder::Placeholder;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct LeftPlaceholder;

static META: Meta = Meta {
    name: "stray/placeholder",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("留待填写的地方还没有填", "A place left to be filled in"),
    explanation: Bilingual::fixed(
        "起草时常用“××万元”“xx年”“____”“（待补充）”“TODO”占位，定稿前应逐一填上。隐去的姓名（张××）、表格中冒号后的空白、型号和X光一类的词不算；“××县”可能是有意隐去，只作提示。一篇里有许多处的，多半是样本或表式，合为一处提示。",
        "While a report is written, ××万元, xx年, ____, （待补充） or TODO stand for what is not known yet; all must be filled in before it goes out. Masked names (张××), blanks of forms after a colon, models and words such as X光 are left alone; ××县 may be masked on purpose and is only hinted at. A text with many of them is probably a form and gets one hint.",
    ),
    clause: None,
    fix: Fixable::Never,
    examples: &[
        Example::plain("全年完成投资XX万元，增长5%。\n", "全年完成投资300万元，增长5%，X光机配备到位。\n"),
        Example::plain("惠及群众（待补充）。\n", "人员力量有待补充。\n\n联系人：____\n"),
    ],
};

impl Rule for LeftPlaceholder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &What| match what {
            What::Placeholder(placeholder) => Some(*placeholder),
            _ => None,
        };
        let places = context.models.oddities.of_kind(context.draft, pick);
        let by_sort = places.map(|(place, placeholder)| (placeholder, (place, placeholder)));
        findings.extend(fold::groups(by_sort).iter().filter_map(|places| report(context, places)));
    }
}

fn report(context: &Context, places: &[(Place, Placeholder)]) -> Option<Finding> {
    let (place, placeholder) = places.first()?;
    let seen = context.quote(place);
    let (in_all_zh, in_all_en) = fold::count(places.len());
    let message = match placeholder {
        Placeholder::Missing => Bilingual::new(
            format!("“{seen}”是留待填写的地方，还没有填上{in_all_zh}"),
            format!("“{seen}” is still to be filled in{in_all_en}"),
        ),
        Placeholder::Perhaps => Bilingual::new(
            format!("“{seen}”像是还没有填上的地方；如是有意隐去，可以不改{in_all_zh}"),
            format!("“{seen}” looks like a place still to be filled in, unless it is masked on purpose{in_all_en}"),
        ),
    };
    let severity = match placeholder {
        Placeholder::Missing if places.len() == 1 => META.severity,
        _ => Severity::Info,
    };
    let finding = Finding::new(META.name, severity, context.source_range(place), message);
    Some(fold::relate(context, finding, places.iter().map(|(place, _)| place)))
}

//! `style/number-form`: a digit with 千 or 百.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct NumberForm;

static META: Meta = Meta {
    name: "style/number-form",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("数字和“千”“百”混用", "A digit with 千 or 百"),
    explanation: Bilingual::fixed(
        "阿拉伯数字后可以接“万”“亿”，不接“千”“百”，“4千元”应写作“4000元”。千克、千米、千瓦等单位不算。",
        "A number in digits may be followed by 万 or 亿 but not by 千 or 百: 4000元, not 4千元. Units such as 千克 and 千瓦 are left alone.",
    ),
    clause: Some("GB/T 15835-2011 5.3"),
    fix: Fixable::Safe,
    examples: &[Example::plain("每户补助4千元。\n", "每户补助4000元，用电3千瓦时。\n")],
};

impl Rule for NumberForm {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::NumberForm, findings, |seen, meant| {
            Bilingual::new(format!("“{seen}”应写作“{meant}”"), format!("“{seen}” is written “{meant}”"))
        });
    }
}

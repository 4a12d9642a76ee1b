//! `style/range`: a hyphen between the ends of a range of quantities.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Range;

static META: Meta = Meta {
    name: "style/range",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("数值范围用了短横线", "A hyphen in a range of quantities"),
    explanation: Bilingual::fixed(
        "数值的起止用浪纹线“～”，如“10～20万元”，不用短横线“-”。只查带单位的数值；年份、月日、编号、电话号码中的短横线不算。",
        "The ends of a range of quantities are joined by ～, as in 10～20万元, not by a hyphen. Only quantities with a unit are looked at; hyphens in dates, numbers of documents and telephone numbers are left alone.",
    ),
    clause: Some("GB/T 15834-2011 4.13.3.2"),
    fix: Fixable::Safe,
    examples: &[Example::plain("每户补助10-20万元。\n", "每户补助10～20万元，2021-2025年兑现。\n")],
};

impl Rule for Range {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::Range, findings, |seen, meant| {
            Bilingual::new(
                format!("数值范围里的“{seen}”宜用“{meant}”"),
                format!("In a range of quantities “{seen}” is better written “{meant}”"),
            )
        });
    }
}

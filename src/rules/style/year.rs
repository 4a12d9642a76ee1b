//! `style/year`: a year that is not written in full.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Year;

static META: Meta = Meta {
    name: "style/year",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("年份没有写全", "A year that is not written in full"),
    explanation: Bilingual::fixed(
        "年份用四位数写全，“09年”应写作“2009年”。",
        "A year is written with four digits: 2009年, not 09年.",
    ),
    clause: Some("GB/T 15835-2011 5.1.4"),
    fix: Fixable::Unsafe,
    examples: &[Example::plain("自09年起实施。\n", "自2009年起实施。\n")],
};

impl Rule for Year {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::ShortYear, findings, |seen, meant| {
            Bilingual::new(
                format!("年份“{seen}年”应写全，如“{meant}年”"),
                format!("The year “{seen}年” is written in full: “{meant}年”"),
            )
        });
    }
}

//! `style/date-zero`: a month or day padded with a zero.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct DateZero;

static META: Meta = Meta {
    name: "style/date-zero",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("月、日前补了零", "A month or day padded with a zero"),
    explanation: Bilingual::fixed(
        "公文中的日期，月、日不编虚位，“05月”应写作“5月”。表格和文件名里为对齐而补的零不必改。",
        "In the date of an official document months and days are not padded: 5月, not 05月.",
    ),
    clause: Some("GB/T 9704-2012 7.3.5.4"),
    fix: Fixable::Safe,
    examples: &[Example::plain("2024年05月12日\n", "2024年5月12日\n")],
};

impl Rule for DateZero {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::DateZero, findings, |seen, meant| {
            Bilingual::new(
                format!("日期中的“{seen}”不补零，写作“{meant}”"),
                format!("“{seen}” in a date is written without the zero, “{meant}”"),
            )
        });
    }
}

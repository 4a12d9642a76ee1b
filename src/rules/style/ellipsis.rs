//! `style/ellipsis`: how an ellipsis is written.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Ellipsis;

static META: Meta = Meta {
    name: "style/ellipsis",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("省略号的写法", "How an ellipsis is written"),
    explanation: Bilingual::fixed(
        "省略号是六个圆点，占两个字的位置，写作“……”，不写三个句点、三个句号或半个省略号。",
        "An ellipsis is six dots in the width of two characters, ……, not three stops and not half of it.",
    ),
    clause: Some("GB/T 15834-2011 4.11.2"),
    fix: Fixable::Safe,
    examples: &[Example::plain("完成了各项任务...\n", "完成了各项任务……\n")],
};

impl Rule for Ellipsis {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::Ellipsis, findings, |seen, meant| {
            Bilingual::new(
                format!("省略号“{seen}”应写作“{meant}”"),
                format!("The ellipsis “{seen}” is written “{meant}”"),
            )
        });
    }
}

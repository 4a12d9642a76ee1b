//! `style/half-width`: half-width punctuation in Chinese text.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct HalfWidth;

static META: Meta = Meta {
    name: "style/half-width",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("中文里用了半角标点", "Half-width punctuation in Chinese text"),
    explanation: Bilingual::fixed(
        "中文的逗号、分号、冒号占一个字的位置，用全角。半角标点若是全文的习惯，只提示一次并注明总数；夹在数字、字母之间的不算。",
        "Commas, semicolons and colons of Chinese text take the width of a character. Where the whole draft has half-width ones, one hint gives their number; those between digits or Latin letters are left alone.",
    ),
    clause: Some("GB/T 15834-2011 5.1.1"),
    fix: Fixable::Safe,
    examples: &[Example::plain("加强领导,落实责任。\n", "加强领导，落实责任（ISO 9001,2015版）。\n")],
};

impl Rule for HalfWidth {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::HalfWidth, findings, |seen, meant| {
            Bilingual::new(
                format!("中文里的“{seen}”宜用全角“{meant}”"),
                format!("“{seen}” in Chinese text is better written full-width, “{meant}”"),
            )
        });
    }
}

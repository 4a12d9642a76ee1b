//! `style/marker-mark`: a mark after a numbering label in brackets.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct MarkerMark;

static META: Meta = Meta {
    name: "style/marker-mark",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("带括号的编号后多了标点", "A mark after a numbering label in brackets"),
    explanation: Bilingual::fixed(
        "带括号的编号（一）（1）本身已经把编号和正文隔开，后面不再用顿号。",
        "A label in brackets, （一） or （1）, is set off by them already; no mark follows it.",
    ),
    clause: Some("GB/T 15834-2011 B.3"),
    fix: Fixable::Safe,
    examples: &[Example::plain("（一）、加强领导，落实责任。\n", "（一）加强领导，落实责任。\n")],
};

impl Rule for MarkerMark {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::MarkerMark, findings, |seen, _| {
            Bilingual::new(format!("带括号的编号后不用“{seen}”"), format!("No “{seen}” after a label in brackets"))
        });
    }
}

//! `style/approximate`: a mark inside an approximate number.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Approximate;

static META: Meta = Meta {
    name: "style/approximate",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("概数中间用了顿号", "A mark inside an approximate number"),
    explanation: Bilingual::fixed(
        "相邻两个数字连用表示概数，如“三四天”，中间不用顿号。分别指两样东西的，如“三、四线城市”，照用。",
        "Two neighbouring numerals that make an approximate number, 三四天, have no mark between them; those that name two things do.",
    ),
    clause: Some("GB/T 15834-2011 4.5.3.4"),
    fix: Fixable::Unsafe,
    examples: &[Example::plain("工期大约三、四天。\n", "工期大约三四天，面向三、四线城市。\n")],
};

impl Rule for Approximate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::Approximate, findings, |seen, _| {
            Bilingual::new(format!("概数中间不用“{seen}”"), format!("No “{seen}” inside an approximate number"))
        });
    }
}

//! `figure/conversion`: one quantity told in two units that are not the same.

use super::equation;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct WrongConversion;

static META: Meta = Meta {
    name: "figure/conversion",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同一个数量换算成另一单位后不相等", "One quantity in two units that are not the same"),
    explanation: Bilingual::fixed(
        "同一个数量接着用另一单位再写一遍的（1500亩（100公顷）、1.26万吨（12600吨）、12平方公里，合1.8万亩），按单位换算核对，差一个数量级或者相差超过四舍五入的就报告。括号里是别的数量、相差悬殊的不管。",
        "Where a quantity is told again in another unit right after it, the two are converted and reported when they are off by a power of ten or by more than rounding allows. What is in brackets for another reason, and values far apart, are left alone.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "全村流转土地1500亩（1000公顷）。\n",
            "全村流转土地1500亩（100公顷），其中水田1200亩（种粮户32户）。\n",
        ),
        Example::plain("规划面积12平方公里，约合18万亩。\n", "规划面积12平方公里，约合1.8万亩。\n"),
    ],
};

impl Rule for WrongConversion {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let facts = piece.facts();
            let conversions = facts.claims.conversions.iter();
            findings.extend(conversions.map(|conversion| equation::finding(context, (META.name, META.severity), block, &facts.figures, conversion)));
        }
    }
}

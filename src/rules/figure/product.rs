//! `figure/product`: a count, an average and a total that do not give each other.

use super::equation;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct WrongProduct;

static META: Meta = Meta {
    name: "figure/product",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed(
        "数量、单价（平均数）与总额对不上",
        "A count, an average and a total that do not give each other",
    ),
    explanation: Bilingual::fixed(
        "同一句里接连写出数量、平均数和总额的（236户、户均3000元、共70.8万元；1200亩、亩产450公斤、总产540吨；40台、单价4800元、合计19.2万元），按数量乘以平均数重算，相差超过四舍五入的就报告；不像笔误的仅作提示。按月、按次发放的，约数，相差悬殊的不推算。",
        "Where a sentence states a count, what each has and what all have, one after the other, the product is worked out again and reported when it is off by more than rounding allows; unless the difference looks like a slip of the hand, it is no more than a hint. What is paid by the month or each time, approximations, and figures far apart are left alone.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "慰问困难党员35名，每人500元，共发放慰问金1.57万元。\n",
            "慰问困难党员35名，每人500元，共发放慰问金1.75万元。\n",
        ),
        Example::plain(
            "全村236户共发放补贴70.8万元，户均3500元。\n",
            "全村236户共发放补贴70.8万元，户均3000元，每户每月补助不超过500元。\n",
        ),
    ],
};

impl Rule for WrongProduct {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let facts = piece.facts();
            findings.extend(facts.claims.products.iter().map(|product| {
                let severity = if product.is_slip { Severity::Warning } else { Severity::Info };
                equation::finding(context, (META.name, severity), block, &facts.figures, product)
            }));
        }
    }
}

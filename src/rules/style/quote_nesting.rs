//! `style/quote-nesting`: quotation or title marks inside a pair of the same kind.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct QuoteNesting;

static META: Meta = Meta {
    name: "style/quote-nesting",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed(
        "引号里的引号、书名号里的书名号",
        "Quotation marks inside quotation marks, titles inside titles",
    ),
    explanation: Bilingual::fixed(
        "双引号里面还要用引号时，里面用单引号‘’；书名号里面还要用书名号时，里面用单书名号〈〉。外面一对没有配齐的不算。",
        "Quotation marks inside “” are ‘’, and title marks inside 《》 are 〈〉. Where the outer pair is not complete, nothing is said.",
    ),
    clause: Some("GB/T 15834-2011 4.8.3.4, 4.15.3.5"),
    fix: Fixable::Safe,
    examples: &[
        Example::plain("会议强调“要落实“三个必须”要求”。\n", "会议强调“要落实‘三个必须’要求”。\n"),
        Example::plain("学习《关于印发《考核办法》的通知》。\n", "学习《关于印发〈考核办法〉的通知》。\n"),
    ],
};

impl Rule for QuoteNesting {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::QuoteNesting, findings, |seen, meant| {
            Bilingual::new(
                format!("“{seen}”在同类标点之内，应写作“{meant}”"),
                format!("Inside marks of the same kind, “{seen}” is written “{meant}”"),
            )
        });
    }
}

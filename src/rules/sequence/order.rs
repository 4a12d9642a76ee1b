//! `sequence/order`: numbers of a list stand in the wrong order.

use super::{item, label, label_with, line, renumber, severity, slips, with_markdown_note};
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::numbering::slip::{Kind, Slip};
use crate::model::numbering::{List, Node};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Order;

static META: Meta = Meta {
    name: "sequence/order",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed("编号的次序颠倒或错乱", "Numbers of a list stand in the wrong order"),
    explanation: Bilingual::fixed(
        "同一层的编号应当从小到大。次序颠倒多半是移动了一段而没有改号，或者号打错了。按现在的次序重新编号，或者把移错的一段移回去。",
        "Numbers of one level should rise. A wrong order mostly means that a part was moved and not renumbered, or that a number is mistyped. Renumber the items as they stand, or move the part back.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "1、摸清底数。\n2、分类施策。\n4、强化服务。\n3、严格考核。\n5、总结推广。\n",
            "1、摸清底数。\n2、分类施策。\n3、强化服务。\n4、严格考核。\n5、总结推广。\n",
        ),
        Example::markdown(
            "## 2.1 现状\n\n稳定。\n\n## 2.3 问题\n\n偏少。\n\n## 2.2 打算\n\n增加。\n",
            "## 2.1 现状\n\n稳定。\n\n## 2.2 问题\n\n偏少。\n\n## 2.3 打算\n\n增加。\n",
        ),
        Example::plain(
            "（一）摸底。\n（二）建档。\n（九）排查。\n（四）整改。\n（五）销号。\n",
            "（一）摸底。\n（二）建档。\n（三）排查。\n（四）整改。\n（五）销号。\n",
        ),
    ],
};

impl Rule for Order {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (list, slip) in slips(context) {
            if slip.kind == Kind::Order {
                findings.push(out_of_order(context, list, slip));
            }
        }
    }
}

fn out_of_order(context: &Context, list: &List, slip: &Slip) -> Finding {
    let node = item(context, list, slip.from);
    let here = label(context, node);
    let wanted = label_with(context, node, slip.expected);
    if slip.from == 0 {
        return displaced(context, node);
    }
    let before = item(context, list, slip.from - 1);
    let message = Bilingual::new(
        format!(
            "“{}”（{}）之后应为“{wanted}”，这里却是“{here}”",
            label(context, before),
            line(context, before).zh
        ),
        format!(
            "“{wanted}” is expected after “{}” ({}), but this is “{here}”",
            label(context, before),
            line(context, before).en
        ),
    );
    let mut finding = Finding::new(META.name, severity(slip.confidence), context.source_range(&node.place), message);
    const MOST_RELATED: usize = 5;
    for index in (slip.from + 1..slip.to).take(MOST_RELATED) {
        let other = item(context, list, index);
        let there = context.source_range(&other.place);
        let note = Bilingual::new(
            format!("“{}”在这里，次序也不对", label(context, other)),
            format!("“{}” is out of order, too", label(context, other)),
        );
        finding = finding.related(there, note);
    }
    if let Some(fix) = renumber(context, list, slip.from, slip.expected) {
        finding = finding.fix(fix);
    }
    with_markdown_note(context, node, finding)
}

/// An item that stands before the whole list it should close.
fn displaced(context: &Context, node: &Node) -> Finding {
    let here = label(context, node);
    let message = Bilingual::new(
        format!("“{here}”排在“1”之前，后面的各项才从1数起，次序颠倒了"),
        format!("“{here}” stands before the items that count from 1 up to it"),
    );
    Finding::new(META.name, Severity::Warning, context.source_range(&node.place), message).help(Bilingual::fixed(
        "把这一项移到后面各项之后，或者从这里起重新编号，编号的写法也要一致",
        "Move this item behind the others, or renumber them from here on, all in one form",
    ))
}

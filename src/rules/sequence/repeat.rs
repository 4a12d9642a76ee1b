//! `sequence/repeat`: two items of a list have the same number.

use super::{item, label, label_with, line, renumber, severity, slips, title, with_markdown_note};
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::numbering::List;
use crate::model::numbering::slip::{Kind, Slip};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Repeat;

static META: Meta = Meta {
    name: "sequence/repeat",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed("同一列表里一个号出现两次", "Two items of a list have the same number"),
    explanation: Bilingual::fixed(
        "同一层里两项用了同一个号，多半是插入一项后没有改后面的号。内容相同的两项不在此列（见 duplicate 各条），新标题下从头排起的编号也不算重复。把后面的号依次改过来。",
        "Two items of one level have the same number, mostly because an item was inserted and the rest not renumbered. Items with the same content are left to the duplicate rules, and lists that begin anew under a new heading are no repeats. Renumber the rest.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "开展系列活动：一是办展览。二是办讲座。三是办比赛。三是办表彰。\n",
            "开展系列活动：一是办展览。二是办讲座。三是办比赛。\n下一步：一是再办展览。二是再办讲座。三是再办比赛。\n",
        ),
        Example::plain(
            "1、摸清底数。\n走访农户。\n2、分类施策。\n3、强化服务。\n3、严格考核。\n5、总结推广。\n",
            "1、摸清底数。\n走访农户。\n2、分类施策。\n3、强化服务。\n4、严格考核。\n5、总结推广。\n",
        ),
        Example::plain(
            "粮食产量见图1，面积见图2，机收进度见图3。\n图1 粮食产量\n图2 播种面积\n图2 机收进度\n",
            "粮食产量见图1，面积见图2，机收进度见图3。\n图1 粮食产量\n图2 播种面积\n图3 机收进度\n",
        ),
    ],
};

impl Rule for Repeat {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (list, slip) in slips(context) {
            if let Kind::Repeat { other } = slip.kind {
                findings.push(repeated(context, list, slip, other));
            }
        }
    }
}

fn repeated(context: &Context, list: &List, slip: &Slip, other: usize) -> Finding {
    let node = item(context, list, slip.from);
    let other = item(context, list, other);
    let here = label(context, node);
    let wanted = label_with(context, node, slip.expected);
    let which = if other.place < node.place { "前" } else { "后" };
    let message = Bilingual::new(
        format!(
            "“{here}”出现了两次，{which}一个在{}{}；按顺序这里应为“{wanted}”",
            line(context, other).zh,
            title(context, other)
        ),
        format!(
            "“{here}” is used twice, also in {} ({}); “{wanted}” is expected here",
            line(context, other).en,
            title(context, other)
        ),
    );
    let there = context.source_range(&other.place);
    let mut finding = Finding::new(META.name, severity(slip.confidence), context.source_range(&node.place), message)
        .related(there, Bilingual::new(format!("另一个“{here}”"), format!("The other “{here}”")));
    if let Some(fix) = renumber(context, list, slip.from, slip.expected) {
        finding = finding.fix(fix);
    }
    with_markdown_note(context, node, finding)
}

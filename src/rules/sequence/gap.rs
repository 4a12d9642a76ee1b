//! `sequence/gap`: a number is missing in a list.

use super::{item, label, label_with, line, renumber, severity, slips, with_markdown_note};
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::numbering::List;
use crate::model::numbering::slip::{Kind, Slip};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Gap;

static META: Meta = Meta {
    name: "sequence/gap",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed("编号不连续，中间缺号", "A number is missing in a list"),
    explanation: Bilingual::fixed(
        "同一层的编号应当连续。缺号多半是删去了一项而没有改后面的号，或者漏了一项。编号在新的标题下可以从头排起，隔着段落、表格可以接着排，“第×条”可以贯通各章，这些都不算缺号。全文只有“一、”而没有“二、”的，作为提示报告。补上漏掉的一项，或者把后面的号依次改过来。",
        "Numbers of one level should follow each other. A missing one mostly means that an item was deleted and the rest not renumbered, or that an item was forgotten. A list may begin anew under a new heading, go on after a paragraph or table, and articles may run through chapters. A 一、 that no 二、 follows in the whole draft is reported as worth a look. Add the item, or renumber the rest.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "一、工作回顾\n全年增收。\n二、主要问题\n人手不足。\n四、工作打算\n继续增收。\n",
            "一、工作回顾\n全年增收。\n二、主要问题\n人手不足。\n三、工作打算\n继续增收。\n",
        ),
        Example::plain(
            "主要做法：一是抓早；二是抓小；四是抓实；五是抓严。\n",
            "主要做法：一是抓早；二是抓小。\n群众反映很好。\n三是抓实；四是抓严。\n",
        ),
        Example::plain(
            "第一阶段（3月至5月）：动员。\n第二阶段（6月至8月）：整治。\n第四阶段（9月）：验收。\n",
            "第一阶段（3月至5月）：动员。\n第二阶段（6月至8月）：整治。\n第三阶段（9月）：验收。\n",
        ),
        Example::plain(
            "年度总结\n一、主要做法\n早部署，早落实。\n全年增收。\n",
            "年度总结\n一、主要做法\n早部署，早落实。\n二、工作打算\n全年再增收。\n",
        ),
        Example::markdown(
            "# 总结\n\n## （一）农业\n\n丰收。\n\n## （三）工业\n\n增产。\n\n## （四）商业\n\n繁荣。\n",
            "# 总结\n\n1. 农业\n1. 工业\n1. 商业\n",
        ),
    ],
};

impl Rule for Gap {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (list, slip) in slips(context) {
            match slip.kind {
                Kind::Gap => findings.push(missing_before(context, list, slip)),
                Kind::Lone => findings.push(lone(context, list, slip)),
                _ => {}
            }
        }
    }
}

fn missing_before(context: &Context, list: &List, slip: &Slip) -> Finding {
    let node = item(context, list, slip.from);
    let number = node.marker.as_ref().map_or(slip.expected, |marker| marker.reading.number);
    let here = label(context, node);
    let first = label_with(context, node, slip.expected);
    let (missing, missing_en) = match number.saturating_sub(1) {
        last if last > slip.expected => {
            let last = label_with(context, node, last);
            (format!("“{first}”至“{last}”"), format!("“{first}” to “{last}” are"))
        }
        _ => (format!("“{first}”"), format!("“{first}” is")),
    };
    let range = context.source_range(&node.place);
    let mut finding = match slip.from.checked_sub(1) {
        None => Finding::new(
            META.name,
            severity(slip.confidence),
            range,
            Bilingual::new(
                format!("编号从“{here}”开始，前面没有{missing}"),
                format!("The list begins with “{here}”: {missing_en} missing"),
            ),
        ),
        Some(before) => {
            let before = item(context, list, before);
            let message = Bilingual::new(
                format!(
                    "“{}”（{}）之后就是“{here}”，缺{missing}",
                    label(context, before),
                    line(context, before).zh
                ),
                format!(
                    "“{here}” follows “{}” ({}): {missing_en} missing",
                    label(context, before),
                    line(context, before).en
                ),
            );
            let there = context.source_range(&before.place);
            Finding::new(META.name, severity(slip.confidence), range, message).related(there, Bilingual::fixed("前一项在这里", "The item before"))
        }
    };
    if let Some(fix) = renumber(context, list, slip.from, slip.expected) {
        finding = finding.fix(fix);
    }
    with_markdown_note(context, node, finding)
}

fn lone(context: &Context, list: &List, slip: &Slip) -> Finding {
    let node = item(context, list, slip.from);
    let here = label(context, node);
    let next = label_with(context, node, 2);
    let message = Bilingual::new(
        format!("有“{here}”而没有“{next}”，是漏了后面的项，还是这个号本不必要？"),
        format!("There is “{here}” but no “{next}”: is an item missing, or is the number not needed?"),
    );
    Finding::new(META.name, severity(slip.confidence), context.source_range(&node.place), message)
}

//! `sequence/mixed`: labels of one list have different forms, or one is damaged.

use super::{item, label, line, severity, slips};
use crate::draft::Place;
use crate::facts::marker::{Doubt, Marker, Shape, Style};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::numbering::slip::{Kind, Slip};
use crate::model::numbering::{List, Node};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Mixed;

static META: Meta = Meta {
    name: "sequence/mixed",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同一列表的编号写法不一致", "Labels of one list are written in different ways"),
    explanation: Bilingual::fixed(
        "同一层的编号应当用同一种写法。一项的号换了写法（“一、二、3、”，“1. 2. 3、”），少了字（“一是…二是…三加强…”）或者有错字（“第五十－条”），在这里报告。“首先…二是…三是…”是常见写法，不算混用。",
        "Labels of one level should be written in one way. Reported are a label of another form (一、 二、 3、), one that lost a character, and one with a wrong character. 首先 followed by 二是 is common practice and left alone.",
    ),
    clause: Some("GB/T 9704-2012 7.3.3"),
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "一、回顾\n增收。\n二、问题\n人手不足。\n3、打算\n再增收。\n四、保障\n加强领导。\n",
            "一、回顾\n1、增收。\n2、节支。\n3、增效。\n二、问题\n人手不足。\n三、打算\n再增收。\n",
        ),
        Example::markdown(
            "抓了四项技术：\n\n1. 推广良种；\n2. 推广良法；\n3、推广良机；\n4. 推广良田。\n",
            "抓了四项技术：\n\n1. 推广良种；\n2. 推广良法；\n3. 推广良机；\n4. 推广良田。\n",
        ),
        Example::plain(
            "主要做法：一是抓早；二是抓小；三加强联动；四是抓实。\n",
            "主要做法：首先，抓早；二是抓小；三是加强联动；四是抓实。\n",
        ),
    ],
};

impl Rule for Mixed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (list, slip) in slips(context) {
            match slip.kind {
                Kind::Mixed => findings.push(mixed(context, list, slip)),
                Kind::Damaged => findings.push(damaged(context, list, slip)),
                _ => {}
            }
        }
    }
}

fn mixed(context: &Context, list: &List, slip: &Slip) -> Finding {
    let node = item(context, list, slip.from);
    let usual = (0..list.items.len())
        .map(|index| item(context, list, index))
        .find(|other| other.marker.as_ref().is_some_and(|marker| marker.reading.style == list.style));
    let usual = usual.unwrap_or(node);
    let wanted = label_in_style(context, node, usual);
    let here = label(context, node);
    let message = Bilingual::new(
        format!(
            "“{here}”与同一列表的“{}”（{}）写法不同，应写作“{wanted}”",
            label(context, usual),
            line(context, usual).zh
        ),
        format!(
            "“{here}” is not written like “{}” ({}) of the same list; it should be “{wanted}”",
            label(context, usual),
            line(context, usual).en
        ),
    );
    let range = context.source_range(&node.place);
    let title = Bilingual::new(format!("改作“{wanted}”"), format!("Write “{wanted}”"));
    Finding::new(META.name, severity(slip.confidence), range.clone(), message)
        .related(
            context.source_range(&usual.place),
            Bilingual::fixed("同一列表的写法", "How the list is written"),
        )
        .fix(Fix::r#unsafe(title, [Edit::replace(range, wanted)]))
}

/// The label of `node` written as that of `usual`.
fn label_in_style(context: &Context, node: &Node, usual: &Node) -> String {
    let number = node.marker.as_ref().map_or(0, |marker| marker.reading.number);
    let label = super::label_with(context, usual, number);
    let spaced = context.quote(&usual.place).ends_with(' ') || follows_blank(context, usual);
    let needs_space = spaced && !follows_blank(context, node);
    if needs_space { format!("{label} ") } else { label }
}

fn follows_blank(context: &Context, node: &Node) -> bool {
    let prose = context.draft.pieces()[node.place.block].prose();
    prose[node.place.end..].starts_with(' ')
}

fn damaged(context: &Context, list: &List, slip: &Slip) -> Finding {
    let node = item(context, list, slip.from);
    let here = label(context, node);
    let wanted = node.marker.as_ref().map(mended).unwrap_or_default();
    let wanted = if wanted.is_empty() { here.to_owned() } else { wanted };
    let message = Bilingual::new(
        format!("按前后编号，这里的“{here}”应为“{wanted}”"),
        format!("The labels around say that “{here}” should be “{wanted}”"),
    );
    let place = Place::new(node.place.block, node.place.range());
    let range = context.source_range(&place);
    let title = Bilingual::new(format!("改作“{wanted}”"), format!("Write “{wanted}”"));
    Finding::new(META.name, severity(slip.confidence), range.clone(), message).fix(Fix::r#unsafe(title, [Edit::replace(range, wanted)]))
}

/// The label as it should have been.
fn mended(marker: &Marker) -> String {
    let reading = &marker.reading;
    let number = reading.style.script.write(reading.number, "").unwrap_or_default();
    match (reading.doubt, reading.style) {
        (Doubt::Bare, Style { shape: Shape::Is, .. }) => format!("{number}是"),
        (
            Doubt::Damaged,
            Style {
                shape: Shape::Unit(unit), ..
            },
        ) => format!("第{number}{}", unit.word()),
        _ => String::new(),
    }
}

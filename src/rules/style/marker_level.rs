//! `style/marker-level`: a list whose labels are of a higher level than the label over it.

use crate::finding::{Bilingual, Finding, Severity};
use crate::model::numbering::level::Climb;
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct MarkerLevel;

static META: Meta = Meta {
    name: "style/marker-level",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("编号的层次倒置", "Numbering labels climb back a level"),
    explanation: Bilingual::fixed(
        "编号的层次从高到低是“一、”“（一）”“1.”“（1）”“①”，可以从任何一层用起，也可以跳过几层，但下一层不能用比上一层更高的编号，如在“1.”之下列“一、”。同一种倒置只提示一次。",
        "The levels of labels are 一、 （一） 1. （1） ① from high to low. A draft may begin with any of them and skip some, but a list must not have labels of a higher level than the label it stands under, as 一、 under 1. Each kind is reported once.",
    ),
    clause: Some("GB/T 15834-2011 B.3.8"),
    fix: Fixable::Never,
    examples: &[Example::plain(
        "1.回顾\n一、农业\n全年增产。\n二、工业\n全年增收。\n2.打算\n再增收。\n",
        "一、回顾\n1.农业\n全年增产。\n2.工业\n全年增收。\n二、打算\n再增收。\n",
    )],
};

impl Rule for MarkerLevel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for climbs in fold::all(context.models.numbering.climbs().map(|climb| (climb.levels, climb))) {
            findings.push(finding(context, &climbs));
        }
    }
}

fn finding(context: &Context, climbs: &[Climb]) -> Finding {
    let nodes = context.models.numbering.nodes();
    let place = |climb: &Climb| &nodes[climb.inner].place;
    let outer = &nodes[climbs[0].outer].place;
    let (here, over) = (context.quote(place(&climbs[0])).trim(), context.quote(outer).trim());
    let (in_all_zh, in_all_en) = fold::count(climbs.len());
    let message = Bilingual::new(
        format!("“{over}”之下又用了“{here}”，“{here}”的层次高于“{over}”{in_all_zh}"),
        format!("“{here}” stands under “{over}”, though its level is the higher one{in_all_en}"),
    );
    let finding = Finding::new(META.name, META.severity, context.source_range(place(&climbs[0])), message)
        .related(context.source_range(outer), Bilingual::fixed("上一层的编号", "The label over it"));
    fold::relate(context, finding, climbs.iter().map(place))
}

//! `term/scope`: the draft speaks for a place or body that is not its own.

use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::terms::Stray;
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Scope;

static META: Meta = Meta {
    name: "term/scope",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("自称的层级或单位与全文不符", "The draft speaks for another place or body than its own"),
    explanation: Bilingual::fixed(
        "全文都说“全县”“我县”，有一处说“全镇”“我区”，多半是从别的单位的材料里照搬来的。本稿的层级由标题、落款和全文的用法判断；说到上级（全市、全省）不算，引号里的不算，前文正说到某个镇、某个村，用“全镇”“全村”指它的，也不算。改为本稿的自称，或写明所指的单位。",
        "A draft that says 全县 and 我县 throughout and 全镇 or 我区 once has most likely taken that sentence from another office. The draft's own level is found from its title, its signature and its use. Higher levels, quotations, and words that refer to a town or village spoken of just before are left alone. Use the draft's own word, or name the place that is meant.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[Example::plain(
        "今年我县干旱少雨。\n全县投入机泵3200台。\n全县群众踊跃参加。\n我县广大干部下沉一线。\n通过努力，在全镇范围内形成了抗旱合力。\n",
        "今年我县干旱少雨。\n全县投入机泵3200台。\n全县群众踊跃参加。\n我县广大干部下沉一线。\n柳河镇新打机井40眼，全镇小麦都浇上了水，全市推广。\n",
    )],
};

impl Rule for Scope {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let strays = context.models.terms.scopes.iter().filter(|stray| !is_section_of(context, stray));
        findings.extend(strays.map(|stray| finding(context, stray)));
    }
}

/// Whether the word stands in a section whose title names a body of its kind, such as the section of a town.
fn is_section_of(context: &Context, stray: &Stray) -> bool {
    let unit = context.quote(&stray.unit);
    let mut sections = context.models.numbering.section_path(stray.place.block);
    sections.any(|node| node.title.block != stray.place.block && context.quote(&node.title).contains(unit))
}

fn finding(context: &Context, stray: &Stray) -> Finding {
    let word = context.quote(&stray.place);
    let own = context.quote(&stray.first_own);
    let count = stray.own_count;
    let replacement = word.replacen(context.quote(&stray.unit), stray.own, 1);
    let message = Bilingual::new(
        format!("全文都以“{own}”等自称（{count}处），这里却说“{word}”，可能是照搬了别处的材料"),
        format!("The draft speaks of itself as “{own}” and the like ({count} times), but here as “{word}”; perhaps it was taken from elsewhere"),
    );
    let edit = Edit::replace(context.source_range(&stray.unit), stray.own);
    let severity = if stray.is_sure { META.severity } else { Severity::Info };
    Finding::new(META.name, severity, context.source_range(&stray.place), message)
        .help(Bilingual::new(
            format!("改为“{replacement}”，或写明所指的单位"),
            format!("Write “{replacement}”, or name the place that is meant"),
        ))
        .related(
            context.source_range(&stray.first_own),
            Bilingual::fixed("本稿的自称", "How the draft speaks of itself"),
        )
        .fix(Fix::r#unsafe(
            Bilingual::new(format!("改为“{replacement}”"), format!("Write “{replacement}”")),
            [edit],
        ))
}

//! What two mentions are said to be: their verbs, whether they are a stock or an addition, done or not yet, changed or told as they are.

use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::facts::figure::unit::Dimension;

use super::mention::{Mention, Standing};
use super::score::Feature;
use super::section::Half;

/// What the words around two mentions say of each that bears on being one fact.
pub fn compare(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    found.extend((a.whole || b.whole).then_some(Feature::OfTheWhole));
    found.extend((a.known || b.known).then_some(Feature::SpokenOfAsKnown));
    found.extend((!(a.known || b.known) && (a.leads || b.leads)).then_some(Feature::BeginsItsClause));
    found.extend((a.only || b.only).then_some(Feature::OnlySoMany));
    if a.manner == Manner::Cumulative && b.manner == Manner::Cumulative {
        found.push(Feature::BothCumulative);
    }
    if stock(a) != stock(b) {
        found.push(Feature::MannerDiffers);
    }
    if (a.role == Role::Part) != (b.role == Role::Part) && !(a.remains && b.remains) {
        found.push(Feature::OneIsAPart);
    }
    found.extend((a.relative() && b.relative()).then_some(Feature::AreRelative));
    let (less, more) = (a.standing.min(b.standing), a.standing.max(b.standing));
    found.extend((less > Standing::Unsaid && more == Standing::Reached).then_some(Feature::PresentState));
    compare_states(a, b, found);
    compare_verbs(a, b, found);
}

/// 12个未开工的项目 and 14个项目未开工 are of one kind; all projects are another.
fn compare_states(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let overlaps = |one: &str, other: &str| !one.is_empty() && (other.contains(one) || one.contains(other));
    match (a.not_yet.is_empty(), b.not_yet.is_empty()) {
        (true, true) => {}
        (false, false) if overlaps(&a.not_yet, &b.not_yet) => found.push(Feature::SameState),
        // 应缴未缴86.5万元，限期上缴: what is to be done is what is not done yet.
        (false, true) if b.verb.contains(&a.not_yet) && b.section.half == Half::Plan => {}
        (true, false) if a.verb.contains(&b.not_yet) && a.section.half == Half::Plan => {}
        _ => found.push(Feature::StatesDiffer),
    }
    match (a.remains, b.remains) {
        (true, true) => found.push(Feature::SameState),
        (false, false) => {}
        _ if a.not_yet.is_empty() && b.not_yet.is_empty() => found.push(Feature::StatesDiffer),
        _ => {}
    }
}

/// What there is, what was added, and what was added over years.
fn stock(mention: &Mention) -> u8 {
    match mention.manner {
        Manner::Have | Manner::Plain => 0,
        Manner::New => 1,
        Manner::Cumulative => 2,
    }
}

/// 完成 and 实现 go with anything.
fn compare_verbs(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let says_little = |verb: &str| matches!(verb, "" | "完成" | "实现" | "现有" | "共有" | "有" | "设有" | "拥有" | "辖" | "下辖");
    let within = |one: &str, other: &str| !one.is_empty() && other.contains(one);
    if within(&a.verb, &b.verb) || within(&b.verb, &a.verb) {
        found.push(Feature::SameVerb);
    } else if !says_little(&a.verb) && !says_little(&b.verb) {
        found.push(Feature::DifferentVerbs);
        // 召开18次, 学习15次: what is done is what is counted.
        let counts_acts = |mention: &Mention| matches!(mention.unit.dimension(), Dimension::Count("次" | "场"));
        found.extend((counts_acts(a) && counts_acts(b)).then_some(Feature::DifferentVerbs));
    }
}

/// Whether both tell something that is done anew each year, not something that is there: 新建农村公路46公里.
pub fn both_act(a: &Mention, b: &Mention) -> bool {
    let acts = |mention: &Mention| mention.manner != Manner::Have && !mention.verb.is_empty() && !mention.whole;
    acts(a) && acts(b)
}

//! The place or body that a draft speaks for, and where it speaks for another: 全镇 in the report of a county.

use rustc_hash::FxHashMap;

use crate::draft::{Draft, Place};
use crate::facts::name::{SelfReference, rank};

/// A word that speaks for another place or body than the draft does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// 全镇
    pub place: Place,
    /// The 镇 in it.
    pub unit: Place,
    /// What the draft speaks for: 县.
    pub own: &'static str,
    /// Where it does so first, and how often.
    pub first_own: Place,
    pub own_count: usize,
}

/// How often the draft must speak for itself before another word can be strange.
const FEWEST: usize = 4;
/// How many times more often than the strange word.
const MAJORITY: usize = 4;

pub(super) fn find(draft: &Draft) -> Vec<Stray> {
    let mut counts: FxHashMap<&'static str, Places> = FxHashMap::default();
    for (block, piece) in draft.pieces().iter().enumerate() {
        for reference in &piece.facts().self_references {
            counts.entry(reference.unit).or_default().push((block, reference));
        }
    }
    let Some((own, own_places)) = own_unit(&counts) else { return Vec::new() };
    let place = |(block, reference): &(usize, &SelfReference)| Place::new(*block, reference.range.clone());
    let mut strays: Vec<Stray> = counts
        .values()
        .map(|places| places.iter().filter(|(_, reference)| is_strange(reference, own)).collect::<Vec<_>>())
        .filter(|strange| MAJORITY * strange.len() <= own_places.len())
        .flatten()
        .filter(|(_, reference)| !reference.has_antecedent)
        .map(|found| Stray {
            place: place(found),
            unit: Place::new(found.0, found.1.range.end - found.1.unit.len()..found.1.range.end),
            own,
            first_own: place(&own_places[0]),
            own_count: own_places.len(),
        })
        .collect();
    strays.sort_by_key(|stray| (stray.place.block, stray.place.start));
    strays
}

/// Self-references with their blocks.
type Places<'a> = Vec<(usize, &'a SelfReference)>;

/// The unit by which the draft speaks of itself: the most frequent one, and clearly so among those of its kind.
fn own_unit<'a, 'b>(counts: &'a FxHashMap<&'static str, Places<'b>>) -> Option<(&'static str, &'a Places<'b>)> {
    let mut units: Vec<_> = counts.iter().map(|(unit, places)| (*unit, places)).collect();
    units.sort_by_key(|(unit, places)| (std::cmp::Reverse(places.len()), *unit));
    let (own, places) = *units.first()?;
    (places.len() >= FEWEST).then_some((own, places))
}

/// Whether a draft that speaks for `own` has no business to say this word: it is a lower place or one beside it, or another body. Higher places
/// are spoken of by right, but only one's own people are called on, as in 全县上下.
fn is_strange(reference: &SelfReference, own: &str) -> bool {
    let unit = reference.unit;
    match (rank(unit), rank(own)) {
        (Some(unit_rank), Some(own_rank)) => unit != own && (unit_rank >= own_rank || reference.calls),
        (None, None) => unit != own,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    const OWN: &str = "今年我县干旱少雨。\n全县投入机泵3200台。\n全县群众踊跃参加。\n我县广大干部下沉一线。\n";

    fn strays(rest: &str) -> Vec<String> {
        let draft = Draft::new(&format!("{OWN}{rest}\n"), Format::Plain);
        find(&draft).iter().map(|stray| draft.quote(&stray.place).to_owned()).collect()
    }

    #[test]
    fn lower_places_and_places_beside_the_own_one_are_strange() {
        assert_eq!(strays("在全镇范围内形成了合力。"), ["全镇"]);
        assert_eq!(strays("我区党员干部带头浇灌，整治景区和超市。"), ["我区"]);
        assert_eq!(strays("全市上下要锐意改革。"), ["全市"]);
        assert_eq!(strays("产值在全市第一，全市推广。全市上下要锐意改革。"), ["全市"]);
    }

    #[test]
    fn higher_places_and_bodies_spoken_of_are_not() {
        for rest in [
            "全市推广，全省第一，全国领先。",
            "石桥镇新打机井40眼，这次全镇都浇上了水。",
            "柳湾村党支部带头。全村860亩麦田浇了个遍。",
            "口号是“全镇动员”。",
        ] {
            assert!(strays(rest).is_empty(), "{rest}");
        }
    }

    #[test]
    fn without_a_clear_majority_nothing_is_strange() {
        let draft = Draft::new("全县动员。\n全区动员。\n我县落实。\n我区落实。\n", Format::Plain);
        assert!(find(&draft).is_empty());
    }
}

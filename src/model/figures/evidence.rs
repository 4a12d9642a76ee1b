//! What speaks for and against two mentions being of one fact.
//!
//! Names (`naming`), words ([`super::vicinity`]), values (`closeness`), what is said of them (`predicate`), times (`time`), places in the
//! draft, and the figures around; what rules a contradiction out at once is in [`barrier`].

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::facts::figure::attribute::is_attribute;
use crate::facts::figure::role::Role;
use crate::facts::figure::unit::Dimension;
use crate::model::numbering::Numbering;
use crate::numeral::slip::Slip;

use super::barrier::{self, Barrier};
use super::closeness::{self, digits, slip_between};
use super::crowd::{self, Counters, Crowd, UnitCrowds};
use super::mention::{Body, Frame, Mention, Origin};
use super::naming::{self, Likeness};
use super::score::{self, Feature};
use super::vicinity::Vicinity;
use super::{candidates, predicate, time};

/// All that pairs of mentions are judged by.
pub struct Evidence<'a> {
    frame: &'a Frame,
    mentions: &'a [Mention],
    crowds: Vec<Crowd>,
    units: UnitCrowds,
    counters: Counters,
    /// Mentions by what their values are in the smallest unit.
    by_value: FxHashMap<(Dimension, i128, i32), Vec<usize>>,
    pub vicinity: Vicinity<'a>,
}

impl<'a> Evidence<'a> {
    pub fn read(draft: &'a Draft, numbering: &'a Numbering, frame: &'a Frame, mentions: &'a [Mention]) -> Self {
        Evidence {
            frame,
            mentions,
            crowds: crowd::read(mentions),
            units: UnitCrowds::read(mentions),
            counters: Counters::read(mentions),
            by_value: by_value(mentions),
            vicinity: Vicinity::read(draft, numbering, frame, mentions),
        }
    }

    /// The features of two mentions that could be of one fact.
    pub fn compare(&self, a: usize, b: usize) -> Result<Vec<Feature>, Barrier> {
        let mut found = self.compare_at_hand(a, b)?;
        self.compare_surroundings(&self.mentions[a], &self.mentions[b], &mut found);
        found.sort_unstable();
        Ok(found)
    }

    /// The features of two mentions, if they weigh at least so much, with their weight. What is dear to look up only weighs against, so it is left
    /// alone where the rest is not enough.
    pub fn weighing_at_least(&self, least: i32, a: usize, b: usize) -> Option<(i32, Vec<Feature>)> {
        let mut found = self.compare_at_hand(a, b).ok()?;
        if score::total(&found) < least {
            return None;
        }
        self.compare_surroundings(&self.mentions[a], &self.mentions[b], &mut found);
        found.sort_unstable();
        let score = score::total(&found);
        (score >= least).then_some((score, found))
    }

    /// All features but those of the text around.
    fn compare_at_hand(&self, a: usize, b: usize) -> Result<Vec<Feature>, Barrier> {
        let (first, second) = (&self.mentions[a], &self.mentions[b]);
        if let Some(barrier) = barrier::between(self.frame, first, second) {
            return Err(barrier);
        }
        if self.is_told_beside(a, b) || self.is_told_beside(b, a) {
            return Err(Barrier::BothSeen);
        }
        let mut found = Vec::new();
        let name = self.compare_names(first, second, &mut found);
        let worded = self.compare_words(first, second, name, &mut found);
        if name.is_none() && !worded {
            return Err(Barrier::OtherSubject);
        }
        if (name.is_some() || !is_named(first) || !is_named(second)) && self.counters.is_shared_by_few(first, second) {
            found.push(Feature::SharedCounter);
        }
        closeness::compare(first, second, &mut found);
        predicate::compare(first, second, &mut found);
        self.compare_subjects(first, second, &mut found);
        if !found.iter().any(|feature| TELLING.contains(feature)) {
            found.push(Feature::NothingTelling);
        }
        self.compare_places(first, second, &mut found);
        self.compare_crowds(a, b, &mut found)?;
        Ok(found)
    }

    /// What is said around one mention and not around the other.
    fn compare_surroundings(&self, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
        const MOST_UNSHARED: usize = 3;
        let unshared = self.vicinity.unshared(a, b, MOST_UNSHARED);
        found.extend(std::iter::repeat_n(Feature::BothSayMore, unshared));
        let lacks_owner =
            |one: &Mention, other: &Mention| !one.owner.is_empty() && other.owner.is_empty() && !self.vicinity.is_said_around(other, &one.owner);
        found.extend((lacks_owner(a, b) || lacks_owner(b, a)).then_some(Feature::OneHasOwner));
    }

    /// Whether the value of one mention is told in the passage of another too: the writer set the two side by side.
    fn is_told_beside(&self, one: usize, other: usize) -> bool {
        let (this, beside) = (&self.mentions[one], &self.mentions[other]);
        let same = self.by_value.get(&value_key(this)).map_or(&[][..], Vec::as_slice);
        let others = same.iter().take(MOST_OF_A_VALUE).filter(|index| **index != one);
        let mut told = others.map(|index| &self.mentions[*index]);
        told.any(|told| {
            // 312平方公里 is 46.8万亩 by chance.
            let is_repeated = told.name == this.name || digits(told) >= 2 && told.unit == this.unit;
            is_repeated && barrier::in_one_passage(told, beside)
        })
    }

    /// The name that both have, if the names fit together, or the one begins the sentence of the other.
    fn compare_names<'b>(&self, a: &'b Mention, b: &'b Mention, found: &mut Vec<Feature>) -> Option<&'b str> {
        let Some((likeness, name)) = naming::likeness(a, b) else {
            let topic = topic_of_one(a, b, found);
            found.extend((topic.is_none() && naming::are_siblings(a, b)).then_some(Feature::SiblingNames));
            return topic;
        };
        let shorter = if a.name.text.len() >= b.name.text.len() { b } else { a };
        match likeness {
            Likeness::Same => found.push(Feature::SameName),
            Likeness::GoesOn(rest) => {
                found.push(Feature::NameGoesOn);
                if rest.chars().count() >= 2 && self.vicinity.is_said_around(shorter, first_two(rest)) {
                    found.push(Feature::ContinuationIsCommonGround);
                }
            }
            Likeness::Modified(modifier) if self.is_neutral(modifier) => found.push(Feature::NeutralModifier),
            Likeness::Modified(modifier) => {
                let is_common = modifier.chars().nth(1).is_some() && self.vicinity.is_said_around(shorter, modifier);
                found.push(if is_common { Feature::ModifierIsCommonGround } else { Feature::Modifier });
                found.extend(
                    (naming::makes_subset(modifier) && !self.vicinity.is_said_around(shorter, modifier)).then_some(Feature::ModifierMakesSubset),
                );
            }
            Likeness::Abbreviated => found.push(Feature::NameAbbreviated),
            Likeness::Overlapping => found.push(Feature::NamesOverlap),
        }
        Some(name)
    }

    /// Whether a modifier makes no subset: 总, or what the title says of the whole draft.
    fn is_neutral(&self, modifier: &str) -> bool {
        let in_title = modifier.chars().count() >= 2 && self.frame.title.contains(modifier);
        in_title || matches!(modifier, "总" | "各" | "全" | "各类" | "其中")
    }

    /// Whether the words around the two tell that they speak of the same.
    fn compare_words(&self, a: &Mention, b: &Mention, name: Option<&str>, found: &mut Vec<Feature>) -> bool {
        let shared = self.vicinity.compare(a, b);
        let repeat = |feature: Feature, times: usize| std::iter::repeat_n(feature, times);
        found.extend(repeat(Feature::SharedWord, shared.keywords.min(MOST_WORDS)));
        found.extend(repeat(Feature::SharedTopic, (shared.topic / 2).min(3)));
        let is_part = self.vicinity.says_of_a_part(a, b) || self.vicinity.says_of_a_part(b, a);
        found.extend((is_part && !found.contains(&Feature::ModifierMakesSubset)).then_some(Feature::ModifierMakesSubset));
        if shared.keywords < FEW_WORDS && name.is_none() && is_named(a) && is_named(b) && !found.contains(&Feature::SiblingNames) {
            found.push(Feature::NamesUnlike);
        }
        if shared.keywords + shared.topic < FEW_WORDS && name.is_none() {
            found.extend(repeat(Feature::UnitHasManyValues, self.units.chance(a, b)));
        }
        // Digits in another order are so telling that sentences on one matter will do.
        let is_reordered = || matches!(slip_between(a, b), Some(Slip::Swapped | Slip::Shuffled)) && digits(a).min(digits(b)) >= 3;
        let share_any = || shared.any || self.vicinity.share_surroundings(a, b);
        // To be about the same is not enough where the sentences call what they count by other names.
        let is_slip = || slip_between(a, b).is_some() && digits(a).max(digits(b)) >= 3;
        let of_one_topic = || shared.topic > 0 && (is_slip() || !is_named(a) || !is_named(b));
        name.is_some() || shared.keywords > 0 || of_one_topic() || is_reordered() && share_any()
    }

    fn compare_subjects(&self, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
        found.extend(self.vicinity.is_headed(a, b).then_some(Feature::HeadingAndBody));
        compare_owners(a, b, found);
        if self.share_quotation(a, b) {
            found.push(Feature::SameQuotation);
        }
        let alike = self.vicinity.alike_wording(a, b);
        found.extend(self.vicinity.share_list(a, b).then_some(Feature::SameList));
        found.extend(WORDINGS.iter().filter(|least| alike >= **least).map(|_| Feature::SameWording));
    }

    /// Whether the sentences of two mentions quote the same name.
    fn share_quotation(&self, a: &Mention, b: &Mention) -> bool {
        let other = self.vicinity.sentence_around(b);
        let mut quotations = self
            .vicinity
            .sentence_around(a)
            .split('“')
            .skip(1)
            .filter_map(|rest| rest.split_once('”'))
            .map(|(name, _)| name);
        quotations.any(|name| name.chars().count() >= 3 && other.contains(name))
    }

    fn compare_places(&self, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
        if barrier::are_neighbours(a, b) {
            found.push(Feature::NextSentence);
        } else if a.place.block == b.place.block {
            found.push(Feature::SameParagraph);
        } else if a.section.chapter != b.section.chapter {
            found.push(Feature::DifferentChapters);
        } else if a.section.item != b.section.item {
            found.push(Feature::DifferentItems);
        }
        let to_come = |mention: &Mention| mention.planned && !mention.takes_up() && mention.role != Role::Base;
        if to_come(a) != to_come(b) {
            found.push(Feature::PlanAgainstDone);
        }
        if a.looks_ahead() != b.looks_ahead() {
            found.push(Feature::ReviewAndPlan);
            found.extend(predicate::both_act(a, b).then_some(Feature::DoneAndToDo));
        }
        match (&a.body, &b.body) {
            (Body::Own, Body::Other(name)) | (Body::Other(name), Body::Own) if name.ends_with(PLACES) => found.push(Feature::OneNamesAPlace),
            (Body::Own, Body::Other(_)) | (Body::Other(_), Body::Own) => found.push(Feature::OneNamesABody),
            _ => {}
        }
        found.extend((a.in_table != b.in_table).then_some(Feature::TextAndTable));
        time::compare(self.frame, a, b, found);
    }

    /// Whether the value of a mention is told elsewhere with some of the same words; the mention that it is compared with does not count.
    fn is_told_again(&self, mention: usize, compared: usize) -> bool {
        let this = &self.mentions[mention];
        let shares_words = |other: usize| {
            let keywords = &self.mentions[other].keywords;
            this.keywords
                .iter()
                .any(|pair| keywords.binary_search(pair).is_ok() && self.vicinity.rarity(*pair) > 0)
        };
        let same = self.by_value.get(&value_key(this)).map_or(&[][..], Vec::as_slice);
        same.iter()
            .take(MOST_OF_A_VALUE)
            .any(|other| *other != mention && *other != compared && shares_words(*other))
    }

    fn compare_crowds(&self, a: usize, b: usize, found: &mut Vec<Feature>) -> Result<(), Barrier> {
        let crowd = if self.crowds[a].values >= self.crowds[b].values {
            self.crowds[a]
        } else {
            self.crowds[b]
        };
        if crowd.is_column() {
            // Only a slip in what is spoken of as known already, or in many digits, stands out of a column.
            let is_known = self.mentions[a].known || self.mentions[b].known;
            let is_telling = found.contains(&Feature::ManyDigits) && found.contains(&Feature::DigitsSwapped);
            let stands_out = is_telling || is_known && found.iter().any(|feature| SLIPS.contains(feature));
            if !stands_out {
                return Err(Barrier::Column);
            }
            found.push(Feature::NamesAColumn);
        }
        found.extend(std::iter::repeat_n(
            Feature::AlikeByChance,
            crowd::chance(crowd, &self.mentions[a], &self.mentions[b]),
        ));
        found.extend(std::iter::repeat_n(Feature::NameHasManyValues, crowd.values.saturating_sub(2).min(2)));
        if self.is_told_again(a, b) && self.is_told_again(b, a) {
            found.push(Feature::BothToldAgain);
        }
        let neighbours = crowd::neighbours(self.mentions, a, b);
        found.extend(std::iter::repeat_n(Feature::NeighboursDiffer, neighbours.other));
        found.extend(std::iter::repeat_n(Feature::NeighboursAgree, neighbours.same));
        Ok(())
    }
}

/// Whether the words next to a figure say what it counts or measures.
fn is_named(mention: &Mention) -> bool {
    !mention.name.text.is_empty() && mention.name.origin != Origin::Carried
}

/// How many mentions of one value are looked through for one of the same fact.
const MOST_OF_A_VALUE: usize = 24;

fn value_key(mention: &Mention) -> (Dimension, i128, i32) {
    let value = mention.base_value().trimmed();
    (candidates::bucket_dimension(mention), value.mantissa(), value.exponent())
}

fn by_value(mentions: &[Mention]) -> FxHashMap<(Dimension, i128, i32), Vec<usize>> {
    let mut by_value: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| candidates::can_conflict(mention)) {
        by_value.entry(value_key(mention)).or_default().push(index);
    }
    by_value
}

const SLIPS: &[Feature] = &[Feature::DigitsSwapped, Feature::DigitsShuffled, Feature::OneDigitOff];

/// Without one of these there is no more than the same subject to go by.
const TELLING: &[Feature] = &[
    Feature::DigitsSwapped,
    Feature::DigitsShuffled,
    Feature::OneDigitOff,
    Feature::DigitLost,
    Feature::PointOrMultiplierLost,
    Feature::OfTheWhole,
    Feature::SpokenOfAsKnown,
    Feature::OnlySoMany,
    Feature::BeginsItsClause,
    Feature::HeadingAndBody,
    Feature::ApproximationMissed,
    Feature::SameList,
];

/// What names of places end in.
const PLACES: &[char] = &['县', '市', '区', '镇', '乡', '村', '州', '旗', '省'];

/// More shared words than this tell no more.
const MOST_WORDS: usize = 8;

/// With fewer words in common than this, it is asked how likely chance made the values alike.
const FEW_WORDS: usize = 4;

/// A run of so many characters next to both numbers is a phrase told again; the longer, the more.
const WORDINGS: [usize; 3] = [5, 9, 14];

/// The name of one with which the sentence of the other begins.
fn topic_of_one<'a>(a: &'a Mention, b: &'a Mention, found: &mut Vec<Feature>) -> Option<&'a str> {
    let begins = |one: &'a Mention, other: &Mention| {
        let name = one.name.text.as_str();
        (name.chars().nth(2).is_some() && other.topic_name.starts_with(name)).then_some(name)
    };
    // 支渠67条，总长382公里, and 328公里支渠.
    let measures = |one: &'a Mention, other: &'a Mention| {
        let (owner, name) = (one.owner.as_str(), other.name.text.as_str());
        let is_owner = owner.chars().nth(1).is_some() && name.starts_with(owner);
        (is_attribute(&one.name.text) && is_owner).then_some(owner)
    };
    let topic = begins(a, b)
        .or_else(|| begins(b, a))
        .or_else(|| measures(a, b))
        .or_else(|| measures(b, a));
    found.extend(topic.map(|_| Feature::NameIsTopic));
    topic
}

fn first_two(text: &str) -> &str {
    let end = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn compare_owners(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    if a.owner.is_empty() || b.owner.is_empty() {
        return;
    }
    if a.owner == b.owner {
        found.push(Feature::SameOwner);
    } else if !a.owner.contains(&b.owner) && !b.owner.contains(&a.owner) {
        found.push(Feature::OwnersDiffer);
    }
}

#[cfg(test)]
mod tests;

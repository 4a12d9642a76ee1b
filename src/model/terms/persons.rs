//! People whose name is written two ways, one character apart.
//!
//! The names that stand behind posts are known; every other place of the draft that reads like one of them but for a character that is easily
//! taken for the right one is compared with it. People of like names are many, so those that stand side by side or hold different posts are not
//! taken for one.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;

use super::look::are_nearly_same;
use super::sound::{is_outside_plain_set, may_be_written_for};
use super::{Variant, is_one_sentence};
use crate::charset::CharSet;
use crate::draft::{Draft, Place};
use crate::facts::person::{alone, ends_with_post, may_begin_name, may_end_name};
use crate::script::is_han;
use crate::source::block::Kind;

/// A form more frequent than that is no slip.
const RARE: usize = 2;

pub(super) fn find(draft: &Draft) -> Vec<Variant> {
    let people = People::of(draft);
    if people.names.is_empty() {
        return Vec::new();
    }
    let mut sightings = Sightings::default();
    for (block, piece) in draft.pieces().iter().enumerate() {
        people.look_through(block, piece.prose(), &mut sightings);
    }
    let mut found: Vec<Variant> = sightings
        .likes
        .iter()
        .filter_map(|like| people.variant(draft, like, &sightings))
        .collect();
    // Of two names that are both known, each is like the other.
    found.sort_by_key(|variant| (variant.character.block, variant.character.start, variant.usual.block, variant.usual.start));
    found.dedup_by_key(|variant| (variant.character.block, variant.character.start));
    found
}

/// A known name.
struct Name {
    characters: Vec<char>,
    /// Where it stands first.
    place: Place,
    /// Its posts, as they are written at each place.
    posts: Vec<String>,
    /// Whether it is told anywhere that it ends where it is thought to end.
    ends: bool,
}

/// A cell with a name behind a cell with a post.
fn in_cells(draft: &Draft, block: usize) -> Option<(Place, &str)> {
    let before = &draft.pieces()[block.checked_sub(1)?];
    let piece = &draft.pieces()[block];
    let (Kind::Cell(left), Kind::Cell(right)) = (&before.block().kind, &piece.block().kind) else {
        return None;
    };
    let post = before.prose().trim();
    let adjoin = (left.table, left.row, left.column + 1) == (right.table, right.row, right.column);
    let name = alone(piece.prose()).filter(|_| adjoin && ends_with_post(post))?;
    Some((Place::new(block, name), post))
}

/// Names as they are gathered.
#[derive(Default)]
struct Known {
    names: Vec<Name>,
    by_text: FxHashMap<Vec<char>, usize>,
}

impl Known {
    fn add(&mut self, draft: &Draft, place: Place, post: &str, ends: bool) {
        let characters: Vec<char> = draft.pieces()[place.block].prose()[place.range()].chars().collect();
        let names = &mut self.names;
        let index = *self.by_text.entry(characters.clone()).or_insert_with(|| {
            names.push(Name {
                characters,
                place,
                posts: Vec::new(),
                ends: false,
            });
            names.len() - 1
        });
        self.names[index].ends |= ends;
        self.names[index].posts.push(post.to_owned());
    }
}

struct People {
    names: Vec<Name>,
    by_text: FxHashMap<Vec<char>, usize>,
    /// Names by what is left of them without one character.
    by_rest: FxHashMap<u64, Vec<usize>>,
    characters: CharSet,
}

/// A place that reads like a name but for one character.
struct Like {
    name: usize,
    /// Which character differs.
    at: usize,
    place: Place,
}

#[derive(Default)]
struct Sightings {
    /// How often each text is seen, the known names and what is like them.
    counts: FxHashMap<Vec<char>, usize>,
    likes: Vec<Like>,
}

impl People {
    fn of(draft: &Draft) -> Self {
        let mut known = Known::default();
        for (block, piece) in draft.pieces().iter().enumerate() {
            for person in &piece.facts().people {
                known.add(
                    draft,
                    Place::new(block, person.name.clone()),
                    &piece.prose()[person.post.clone()],
                    person.ends,
                );
            }
            if let Some((name, post)) = in_cells(draft, block) {
                known.add(draft, name, post, true);
            }
        }
        let Known { names, by_text } = known;
        let mut by_rest: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (index, name) in names.iter().enumerate() {
            for at in 0..name.characters.len() {
                by_rest.entry(rest(&name.characters, at)).or_default().push(index);
            }
        }
        let characters = names.iter().flat_map(|name| name.characters.iter().copied()).collect();
        People {
            names,
            by_text,
            by_rest,
            characters,
        }
    }

    /// Looks at every three and four characters of which all but one at most are of a known name.
    fn look_through(&self, block: usize, prose: &str, sightings: &mut Sightings) {
        const LONGEST: usize = 4;
        let mut places = [(0, '\0'); LONGEST];
        // A bit for each character before, the nearest lowest.
        let mut known = 0u32;
        for (index, place) in prose.char_indices().enumerate() {
            places.rotate_left(1);
            places[LONGEST - 1] = place;
            known = known << 1 | u32::from(self.characters.contains(place.1));
            for len in [LONGEST, 3] {
                let strangers = len as u32 - (known & ((1 << len) - 1)).count_ones();
                if strangers <= 1 && index + 1 >= len {
                    self.sight(block, prose, &places[LONGEST - len..], sightings);
                }
            }
        }
    }

    fn sight(&self, block: usize, prose: &str, places: &[(usize, char)], sightings: &mut Sightings) {
        if !places.iter().all(|(_, char)| is_han(*char)) {
            return;
        }
        let (start, (last, char)) = (places[0].0, places[places.len() - 1]);
        let range = start..last + char.len_utf8();
        let text: SmallVec<[char; 4]> = places.iter().map(|(_, char)| *char).collect();
        let text = text.as_slice();
        let known = self.by_text.contains_key(text);
        let before = sightings.likes.len();
        for at in 0..text.len() {
            for &name in self.by_rest.get(&rest(text, at)).into_iter().flatten() {
                let characters = &self.names[name].characters;
                if characters.len() != text.len() || differs_at(characters, text) != Some(at) || !may_be(characters[at], text[at]) {
                    continue;
                }
                let place = Place::new(block, range.clone());
                let like = Like { name, at, place };
                if self.reads_as_name(&like, prose, is_same_character(characters[at], text[at])) {
                    sightings.likes.push(like);
                }
            }
        }
        if known || sightings.likes.len() > before {
            match sightings.counts.get_mut(text) {
                Some(count) => *count += 1,
                None => drop(sightings.counts.insert(text.to_vec(), 1)),
            }
        }
    }

    /// Whether a name may stand here, as far as the text around tells. One that has a rare form of a character hardly is another word.
    fn reads_as_name(&self, like: &Like, prose: &str, is_same: bool) -> bool {
        let before = &prose[..like.place.start];
        let ends = may_end_name(&prose[like.place.end..]);
        ends_with_post(before) && (ends || is_same || self.names[like.name].ends) || may_begin_name(before) && ends
    }

    /// What to report of a like name, if it is the doubtful one of the two and not somebody else's.
    fn variant(&self, draft: &Draft, like: &Like, sightings: &Sightings) -> Option<Variant> {
        let name = &self.names[like.name];
        let text: Vec<char> = draft.quote(&like.place).chars().collect();
        let count = |text: &Vec<char>| sightings.counts.get(text).copied().unwrap_or_default();
        let (own, usual) = (count(&text), count(&name.characters));
        let is_doubtful = own <= RARE && (own < usual || own == usual && name.place < like.place);
        let other = self.by_text.get(&text).map(|&index| &self.names[index]);
        let is_somebody_else =
            other.is_some_and(|other| hold_different_posts(name, other) && !is_same_character(name.characters[like.at], text[like.at]));
        if !is_doubtful || is_somebody_else || stand_side_by_side(draft, &name.place, &like.place) {
            return None;
        }
        let offset: usize = text[..like.at].iter().map(|char| char.len_utf8()).sum();
        let start = like.place.start + offset;
        Some(Variant {
            character: Place::new(like.place.block, start..start + text[like.at].len_utf8()),
            replacement: name.characters[like.at].to_string(),
            place: like.place.clone(),
            usual: name.place.clone(),
            count: own,
            usual_count: usual,
        })
    }
}

/// The hash of a name without one of its characters.
fn rest(characters: &[char], without: usize) -> u64 {
    let mut hasher = FxHasher::default();
    (characters.len(), without).hash(&mut hasher);
    characters[..without].hash(&mut hasher);
    characters[without + 1..].hash(&mut hasher);
    hasher.finish()
}

fn differs_at(left: &[char], right: &[char]) -> Option<usize> {
    let mut different = (0..left.len()).filter(|&at| left[at] != right[at]);
    let first = different.next()?;
    different.next().is_none().then_some(first)
}

fn may_be(left: char, right: char) -> bool {
    may_be_written_for(left, right) || is_same_character(left, right)
}

/// Whether two characters look alike or one is a rare form, so that hardly two people are told apart by them.
fn is_same_character(left: char, right: char) -> bool {
    are_nearly_same(left, right) || is_outside_plain_set(left) || is_outside_plain_set(right)
}

fn hold_different_posts(one: &Name, other: &Name) -> bool {
    let is_same = |post: &str, other: &str| post.ends_with(other) || other.ends_with(post);
    !one.posts.iter().any(|post| other.posts.iter().any(|other| is_same(post, other)))
}

/// Names in one sentence are of two people.
fn stand_side_by_side(draft: &Draft, one: &Place, other: &Place) -> bool {
    if one.block != other.block {
        return false;
    }
    let between = one.end.min(other.end)..one.start.max(other.start);
    let prose = draft.pieces()[one.block].prose();
    prose.get(between).is_none_or(is_one_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn variants(text: &str) -> Vec<(String, String)> {
        let draft = Draft::new(text, Format::Plain);
        let quote = |place: &Place| draft.quote(place).to_owned();
        find(&draft)
            .iter()
            .map(|variant| (quote(&variant.place), quote(&variant.usual)))
            .collect()
    }

    fn pair(place: &str, usual: &str) -> Vec<(String, String)> {
        vec![(place.to_owned(), usual.to_owned())]
    }

    #[test]
    fn a_name_written_two_ways_is_found() {
        assert_eq!(
            variants("县防办主任谭志鸿带队查险。\n县防办主任谭志宏连续值守。\n"),
            pair("谭志宏", "谭志鸿")
        );
        assert_eq!(
            variants("组长欧阳景行主持会议。\n出席：欧阳景形、鲁西平、庄晓梦。\n"),
            pair("欧阳景形", "欧阳景行")
        );
        assert_eq!(variants("竹编艺人祝三娘收徒。\n请非遗传承人祝三孃授课。\n"), pair("祝三孃", "祝三娘"));
        assert_eq!(variants("副局长卞鹤龄分管。\n由副局长卡鹤龄牵头。\n"), pair("卡鹤龄", "卞鹤龄"));
    }

    #[test]
    fn one_post_tells_one_person() {
        let text = "县委书记周明远到现场调研。\n县委书记周明远强调，要抓好防汛。\n县委书记周名远慰问了群众。\n";
        assert_eq!(variants(text), pair("周名远", "周明远"));
    }

    #[test]
    fn a_name_in_a_table_is_known_by_the_post_beside_it() {
        let text = "| 公司名称 | 河湾水务 |\n|---|---|\n| 法定代表人 | 阮叔衡 |\n\n法定代表人：阮书衡\n";
        let draft = Draft::new(text, Format::Markdown);
        let found = find(&draft);
        assert_eq!(found.iter().map(|variant| draft.quote(&variant.place)).collect::<Vec<_>>(), ["阮书衡"]);
    }

    #[test]
    fn people_of_like_names_are_silent() {
        for text in [
            "市长张立军出席。\n县长张利军汇报。\n",
            "出席：局长李晓红、李小红、王建设。\n",
            "主任王建设出席。\n加快旺建设。\n",
            "主任李文华出席。\n主任李文强出席。\n",
        ] {
            assert!(variants(text).is_empty(), "{text} {:?}", variants(text));
        }
    }

    #[test]
    fn many_people_are_read_in_linear_time() {
        let draft: String = (0..20_000).map(|index| format!("第{index}组组长谭志鸿到场。\n")).collect();
        assert_eq!(variants(&(draft + "组长谭志宏到场。\n")).len(), 1);
    }
}

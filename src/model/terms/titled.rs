//! Names in quotation marks and titles in title marks that are written two ways: “百日攻坚” and “百日攻艰”, 《安全生产法》 and 《安全产生法》.
//!
//! Their marks tell where they begin and end, so whole names are compared: those that one edit parts are found by what is left of them without
//! one of their characters, the deletion neighbourhood of Garbe's SymSpell.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::sound::{are_both_words, is_free, may_be_left_out, may_be_written_for};
use super::{Variant, is_one_sentence};
use crate::draft::{Draft, Place};
use crate::script::is_han;

/// Characters of a name in quotation marks, and of a title; shorter ones differ by one character without a slip.
const SHORTEST_NAME: usize = 4;
const SHORTEST_TITLE: usize = 6;
const LONGEST: usize = 40;
/// A form more frequent than that is no slip.
const RARE: usize = 2;
/// Characters that names of different length, or with two characters swapped, have at least.
const LONG: usize = 6;
/// Names with one rest that are compared with each other.
const MOST_ALIKE: usize = 8;

pub(super) fn find(draft: &Draft) -> Vec<Variant> {
    let names = names(draft);
    let mut by_rest: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (index, name) in names.iter().enumerate() {
        let rests = (0..=name.characters.len()).map(|without| rest(&name.characters, without));
        for rest in rests {
            let alike = by_rest.entry(rest).or_default();
            if alike.len() < MOST_ALIKE && alike.last() != Some(&index) {
                alike.push(index);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = by_rest.values().flat_map(|alike| pairs(alike)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
        .into_iter()
        .filter_map(|(one, other)| variant(draft, &names[one], &names[other]))
        .collect()
}

/// A name between marks.
struct Name {
    characters: Vec<char>,
    /// Where it stands first, without its marks.
    place: Place,
    count: usize,
    is_title: bool,
}

/// The different names of a draft, in the order in which they come.
fn names(draft: &Draft) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut by_text: FxHashMap<(&str, bool), usize> = FxHashMap::default();
    for (block, piece) in draft.pieces().iter().enumerate() {
        let prose = piece.prose();
        for (range, is_title) in between_marks(prose) {
            let text = &prose[range.clone()];
            if let Some(&known) = by_text.get(&(text, is_title)) {
                names[known].count += 1;
                continue;
            }
            let characters: Vec<char> = text.chars().take(LONGEST + 1).collect();
            let shortest = if is_title { SHORTEST_TITLE } else { SHORTEST_NAME };
            if (shortest..=LONGEST).contains(&characters.len()) && characters.iter().all(|char| is_han(*char)) {
                by_text.insert((text, is_title), names.len());
                names.push(Name {
                    characters,
                    place: Place::new(block, range),
                    count: 1,
                    is_title,
                });
            }
        }
    }
    names
}

/// What stands between “ and ”, and between 《 and 》, without further marks of that kind; and whether it is a title.
fn between_marks(prose: &str) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
    let mut opened: Option<(usize, char)> = None;
    prose.match_indices(['“', '”', '《', '》']).filter_map(move |(at, mark)| {
        let mark = mark.chars().next()?;
        if matches!(mark, '“' | '《') {
            opened = Some((at + mark.len_utf8(), mark));
            return None;
        }
        let (start, open) = opened.take()?;
        let is_title = open == '《';
        (is_title == (mark == '》')).then_some((start..at, is_title))
    })
}

/// The hash of a name without one of its characters, or of the whole name.
fn rest(characters: &[char], without: usize) -> u64 {
    let mut hasher = FxHasher::default();
    for (at, char) in characters.iter().enumerate() {
        if at != without {
            char.hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn pairs(alike: &[usize]) -> Vec<(usize, usize)> {
    let pairs = (1..alike.len()).flat_map(|index| alike[..index].iter().map(move |other| (*other, alike[index])));
    pairs.collect()
}

/// What parts two names. The characters are counted from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    Changed(usize),
    /// One character that the other has is missing.
    Missing(usize),
    /// One character is too many.
    Added(usize),
    /// A character and the next one have changed places.
    Swapped(usize),
}

/// How the second name differs from the first, if one edit parts them.
fn edit(usual: &[char], doubtful: &[char]) -> Option<Edit> {
    let at = usual.iter().zip(doubtful).take_while(|(one, other)| one == other).count();
    let (left, right) = (&usual[at..], &doubtful[at..]);
    let tail = |left: &[char], right: &[char], skip: (usize, usize)| left.get(skip.0..).is_some_and(|left| right.get(skip.1..) == Some(left));
    if usual.len() == doubtful.len() {
        let is_swapped = left.len() >= 2 && left[0] == right[1] && left[1] == right[0] && tail(left, right, (2, 2));
        let is_changed = tail(left, right, (1, 1));
        return is_changed.then_some(Edit::Changed(at)).or(is_swapped.then_some(Edit::Swapped(at)));
    }
    if usual.len() == doubtful.len() + 1 {
        return tail(left, right, (1, 0)).then_some(Edit::Missing(at));
    }
    (usual.len() + 1 == doubtful.len() && tail(left, right, (0, 1))).then_some(Edit::Added(at))
}

fn variant(draft: &Draft, first: &Name, second: &Name) -> Option<Variant> {
    let (usual, doubtful) = if first.count < second.count { (second, first) } else { (first, second) };
    if doubtful.count > RARE || usual.is_title != doubtful.is_title || usual.count == doubtful.count && stand_side_by_side(draft, usual, doubtful) {
        return None;
    }
    let edit = edit(&usual.characters, &doubtful.characters)?;
    let is_short = usual.characters.len() <= SHORTEST_NAME && usual.count == 1;
    if !is_slip(edit, usual, doubtful) || is_short && !are_used_alike(draft, usual, doubtful) {
        return None;
    }
    let (at, length, replacement) = match edit {
        Edit::Changed(at) => (at, 1, &usual.characters[at..=at]),
        Edit::Missing(at) => (at, 0, &usual.characters[at..=at]),
        Edit::Added(at) => (at, 1, &[][..]),
        Edit::Swapped(at) => (at, 2, &usual.characters[at..at + 2]),
    };
    let bytes = |characters: &[char]| characters.iter().map(|char| char.len_utf8()).sum::<usize>();
    let start = doubtful.place.start + bytes(&doubtful.characters[..at]);
    Some(Variant {
        character: Place::new(doubtful.place.block, start..start + bytes(&doubtful.characters[at..at + length])),
        replacement: replacement.iter().collect(),
        place: doubtful.place.clone(),
        usual: usual.place.clone(),
        count: doubtful.count,
        usual_count: usual.count,
    })
}

fn is_slip(edit: Edit, usual: &Name, doubtful: &Name) -> bool {
    let is_long = usual.characters.len().min(doubtful.characters.len()) >= LONG;
    // What is a few characters long in quotation marks may be cut short on purpose.
    let may_lack = |name: &Name, at: usize| is_long && name.is_title && at + 1 < name.characters.len() && !may_be_left_out(name.characters[at]);
    match edit {
        Edit::Changed(at) => {
            let neighbour = |at: Option<usize>| at.and_then(|at| usual.characters.get(at).copied());
            let around = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
            let (right, wrong) = (usual.characters[at], doubtful.characters[at]);
            may_be_written_for(wrong, right) && !are_both_words(right, wrong, around)
        }
        Edit::Missing(at) => may_lack(usual, at),
        Edit::Added(at) => may_lack(doubtful, at),
        Edit::Swapped(at) => is_long && !doubtful.characters[at..at + 2].iter().any(|char| is_free(*char)),
    }
}

/// Whether the same word stands before both names, or behind them: “水韵江城”品牌 and “水运江城”航道网 are two things.
fn are_used_alike(draft: &Draft, one: &Name, other: &Name) -> bool {
    let around = |name: &Name| {
        let prose = draft.pieces()[name.place.block].prose();
        let (before, behind) = (
            prose[..name.place.start].chars().rev().skip(1).take(2),
            prose[name.place.end..].chars().skip(1).take(2),
        );
        (before.collect::<String>(), behind.collect::<String>())
    };
    let (one, other) = (around(one), around(other));
    let is_same_word = |one: &str, other: &str| one == other && one.chars().filter(|char| is_han(*char)).count() == 2;
    is_same_word(&one.0, &other.0) || is_same_word(&one.1, &other.1)
}

/// Whether both names stand in one sentence, whose writer saw them side by side.
fn stand_side_by_side(draft: &Draft, one: &Name, other: &Name) -> bool {
    let (one, other) = (&one.place, &other.place);
    let between = one.end.min(other.end)..one.start.max(other.start);
    let prose = draft.pieces()[one.block].prose();
    one.block == other.block && prose.get(between).is_none_or(is_one_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn variants(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        find(&draft).iter().map(|variant| draft.quote(&variant.place).to_owned()).collect()
    }

    #[test]
    fn a_name_or_a_title_written_two_ways_is_found() {
        for (text, slip) in [
            ("开展“百日攻坚”行动。\n在“百日攻艰”行动中。\n", "百日攻艰"),
            ("打响“苗乡云品”品牌。\n打响“苗香云品”招牌。\n", "苗香云品"),
            ("推行“一窗通办”，“一窗通办”提速。\n“一窗同办”改革。\n", "一窗同办"),
            ("落实《安全生产监督条例》。\n对照《安全产生监督条例》。\n", "安全产生监督条例"),
            ("执行《固体废物污染防治法》。\n宣传《固体废弃物污染防治法》。\n", "固体废弃物污染防治法"),
            ("执行《固体废物污染防治法》。\n宣传《固体废物污防治法》。\n", "固体废物污防治法"),
            ("印发《农村公路养护管理办法》。\n《农村公路养护管里办法》实施。\n", "农村公路养护管里办法"),
        ] {
            assert_eq!(variants(text), [slip], "{text}");
        }
    }

    #[test]
    fn names_of_different_things_are_silent() {
        for text in [
            "“十四五”规划。\n“十三五”规划。\n",
            "“春风行动”办招聘会。\n“春雨行动”走访企业。\n",
            "“书香校园”“书乡校园”两个品牌。\n",
            "《土地管理实施办法》。\n《土地管理实施法》。\n",
            "《行政许可监督法》。\n《行政处罚监督法》。\n",
            "《全县道路交通规划》。\n《全市道路交通规划》。\n",
            "“最多跑一次”改革。\n“最多跑一”。\n",
            "打响“水韵江城”品牌。\n建成“水运江城”航道网。\n",
            "“法治建设年”。\n“法制建设年”。\n",
            "“一号工程”。\n“二号工程”。\n",
        ] {
            assert!(variants(text).is_empty(), "{text} {:?}", variants(text));
        }
    }

    #[test]
    fn many_names_alike_are_read_in_linear_time() {
        let names: String = ('\u{4E00}'..='\u{9000}').map(|char| format!("“{char}建设工程行动”。\n")).collect();
        assert!(variants(&names).len() < names.len());
    }
}

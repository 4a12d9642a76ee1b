//! Names written two ways, one character apart.
//!
//! All names are put into one index under what remains of them when one character is masked, with the characters around it as the key: the
//! deletion neighbourhood of Garbe's SymSpell, cut to a window because Chinese does not tell where a name begins. Names with a key in common
//! and another character, or none, under the mask are variants if the characters may be taken for each other.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::row::{Cell, Row, Spot};
use super::sound::{may_be_left_out, may_be_mistaken};
use super::{Variant, is_one_sentence};
use crate::draft::{Draft, Place};
use crate::facts::clause::Sign;

/// Signs before and behind the masked one. Six that agree are hardly ever an accident.
const WINDOWS: [(usize, usize); 4] = [(3, 3), (2, 4), (1, 5), (4, 2)];
/// Signs around a place where one may have been left out; the shorter window ends with the name's head.
const GAP_WINDOWS: [(usize, usize); 2] = [(3, 3), (3, 2)];
/// How far before its head a name is looked at.
const LONGEST_NAME: usize = 8;
/// Signs of a firm's name, its head included, that tell it without what stands before.
const SHORTEST_FIRM: usize = 6;
/// Signs around the masked one that belong to the name itself.
const FEWEST_TELLING: usize = 2;
/// A form more frequent than that is no slip.
const RARE: usize = 2;

pub(super) fn find(draft: &Draft, row: &Row) -> Vec<Variant> {
    let keys = KeyCounts::of(draft, row);
    let mut index: FxHashMap<u64, Vec<Form>> = FxHashMap::default();
    visit(draft, row, &mut |key, character, at| {
        if keys.is_shared(key) {
            note(index.entry(key).or_default(), character, at);
        }
    });
    let mut pairs: FxHashMap<Spot, Pair> = FxHashMap::default();
    for forms in index.values().filter(|forms| forms.len() > 1) {
        for pair in doubtful_pairs(forms) {
            pairs
                .entry(pair.rare.first)
                .and_modify(|known| *known = (*known).min(pair))
                .or_insert(pair);
        }
    }
    let mut pairs: Vec<Pair> = pairs.into_values().filter(|pair| !stand_side_by_side(draft, pair)).collect();
    pairs.sort_unstable();
    confirm_omissions(draft, row, &mut pairs);
    pairs.iter().map(|pair| variant(draft, pair)).collect()
}

/// What stands under the mask of one key, `None` where nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    /// For an omission, the sign before which one is missing.
    first: Spot,
    last: Spot,
    character: Option<char>,
    count: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    rare: Form,
    usual: Form,
}

fn note(forms: &mut Vec<Form>, character: Option<char>, at: Spot) {
    const MOST_FORMS: usize = 6;
    let full = forms.len() >= MOST_FORMS;
    match forms.iter_mut().find(|form| form.character == character) {
        // A name with two heads comes by twice.
        Some(form) if at > form.last => {
            form.last = at;
            form.count += 1;
        }
        Some(_) => {}
        None if full => {}
        None => forms.push(Form {
            first: at,
            last: at,
            character,
            count: 1,
        }),
    }
}

fn doubtful_pairs(forms: &[Form]) -> impl Iterator<Item = Pair> + '_ {
    let pairs = forms
        .iter()
        .enumerate()
        .flat_map(|(index, left)| forms[..index].iter().map(move |right| (*left, *right)));
    pairs.filter_map(|(left, right)| {
        // Of two equally frequent names the later one is doubted, and of two of different length the shorter.
        let order = |form: &Form| (form.count, form.character.is_some(), std::cmp::Reverse(form.first));
        let (rare, usual) = if order(&left) < order(&right) { (left, right) } else { (right, left) };
        let doubtful = match (rare.character, usual.character) {
            (Some(rare), Some(usual)) => may_be_mistaken(rare, usual),
            (None, Some(missing)) => !may_be_left_out(missing),
            _ => false,
        };
        (doubtful && rare.count <= RARE).then_some(Pair { rare, usual })
    })
}

/// Calls back with the key, the character under the mask, and its place, for every window of every name.
fn visit(draft: &Draft, row: &Row, call: &mut impl FnMut(u64, Option<char>, Spot)) {
    let mut reach = Reach::default();
    for (block, piece) in draft.pieces().iter().enumerate() {
        let facts = piece.facts();
        let signs = &facts.wording.signs;
        for head in &facts.heads {
            let head_start = signs.partition_point(|sign| (sign.start as usize) < head.start);
            let head_end = signs.partition_point(|sign| (sign.start as usize) < head.end);
            reach.read(row.block(block), head_start, head_end);
            let name = Name {
                cells: row.block(block),
                reach: &reach,
                block,
                head: head_start..head_end,
                form: is_firm(&piece.prose()[head.clone()]).then(|| form_of(signs, head_start)),
            };
            name.visit(call);
        }
    }
}

/// The signs around the head of a name, as far as windows reach.
#[derive(Default)]
struct Reach {
    /// The sign with which they begin.
    start: usize,
    /// For each sign and the end, what stands before.
    steps: Vec<Step>,
}

/// What is summed up of all signs before one.
struct Step {
    hash: u64,
    /// How many are not joined to the next one.
    breaks: u32,
    /// How many stand nowhere else with the next one.
    singles: u32,
}

impl Reach {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    /// The powers of the base up to the length of most windows.
    const POWERS: [u64; 16] = {
        let mut powers = [1; 16];
        let mut at = 1;
        while at < 16 {
            powers[at] = Self::BASE.wrapping_mul(powers[at - 1]);
            at += 1;
        }
        powers
    };

    fn read(&mut self, cells: &[Cell], head_start: usize, head_end: usize) {
        let (before, behind) = (4, 6);
        self.start = head_start.saturating_sub(LONGEST_NAME + before);
        self.steps.clear();
        let (mut hash, mut breaks, mut singles) = (0u64, 0, 0);
        let end = head_end.max(head_start + behind).min(cells.len());
        for cell in &cells[self.start..end] {
            self.steps.push(Step { hash, breaks, singles });
            hash = hash.wrapping_mul(Self::BASE).wrapping_add(cell.code());
            breaks += u32::from(!cell.is_joined());
            singles += u32::from(!cell.returns());
        }
        self.steps.push(Step { hash, breaks, singles });
    }

    /// The hash of `before` signs up to `left` and `behind` signs from `right` on, if all of them are Han characters without a mark between, and may
    /// stand elsewhere too.
    fn key(&self, left: usize, before: usize, right: usize, behind: usize) -> Option<u64> {
        let start = left.checked_sub(before)?.checked_sub(self.start)?;
        let (left, right, end) = (left - self.start, right - self.start, right + behind - self.start);
        if end >= self.steps.len() || self.steps[end - 1].breaks != self.steps[start].breaks {
            return None;
        }
        if !self.may_return(start, left) || !self.may_return(right, end) {
            return None;
        }
        let key = self.hash(start, left).wrapping_mul(Self::BASE) ^ self.hash(right, end);
        Some((key ^ (before << 8 | behind) as u64).wrapping_mul(Self::BASE))
    }

    /// Whether each two neighbours of a range of signs stand side by side elsewhere too.
    fn may_return(&self, start: usize, end: usize) -> bool {
        end <= start + 1 || self.steps[end - 1].singles == self.steps[start].singles
    }

    /// The hash of a range of signs.
    fn hash(&self, start: usize, end: usize) -> u64 {
        let length = end - start;
        let power = Self::POWERS.get(length).copied();
        let power = power.unwrap_or_else(|| Self::BASE.wrapping_pow(length as u32));
        self.steps[end].hash.wrapping_sub(self.steps[start].hash.wrapping_mul(power))
    }
}

/// A name of which only the head is known; `head` counts signs of the block.
struct Name<'a> {
    cells: &'a [Cell],
    reach: &'a Reach,
    block: usize,
    head: Range<usize>,
    /// Where a firm's name only says of what form the firm is; `None` for other names.
    form: Option<usize>,
}

impl Name<'_> {
    fn visit(&self, call: &mut impl FnMut(u64, Option<char>, Spot)) {
        for at in self.head.start.saturating_sub(LONGEST_NAME)..self.head.start {
            let character = Some(self.cells[at].character());
            for (before, behind) in WINDOWS {
                self.window(at, before, at + 1, behind, character, call);
            }
            // What stands before a firm's name is often cut off with its town; the rest of the name is telling enough.
            let rest = self.head.end - at - 1;
            if self.form.is_some() && rest >= SHORTEST_FIRM {
                self.window(at, 0, at + 1, rest, character, call);
            }
        }
        for (before, behind) in GAP_WINDOWS {
            for at in self.head.start.saturating_sub(LONGEST_NAME)..=self.head.start {
                if behind == 3 || at + behind == self.head.end {
                    self.window(at, before, at, behind, None, call);
                }
                if at < self.head.start && (behind == 3 || at + 1 + behind == self.head.end) {
                    // The key must differ from that of a changed character with the same surroundings.
                    self.window(at, before, at + 1, behind, Some(self.cells[at].character()), &mut |key, character, at| {
                        call(!key, character, at)
                    });
                }
            }
        }
    }

    fn window(&self, at: usize, before: usize, right: usize, behind: usize, character: Option<char>, call: &mut impl FnMut(u64, Option<char>, Spot)) {
        // Firms of one form share its words.
        let telling = self.form.map_or(behind, |form| form.saturating_sub(right).min(behind)) + before;
        if telling < FEWEST_TELLING {
            return;
        }
        if let Some(key) = self.reach.key(at, before, right, behind) {
            call(if character.is_none() { !key } else { key }, character, (self.block, at));
        }
    }
}

/// Where the end of a firm's name begins that only says of what form it is: 集团有限公司.
fn form_of(signs: &[Sign], head: usize) -> usize {
    const FORMS: [&str; 5] = ["有限", "责任", "股份", "集团", "控股"];
    let mut form = head;
    while FORMS
        .iter()
        .any(|word| signs[..form].iter().rev().map(|sign| sign.symbol).take(2).eq(word.chars().rev()))
    {
        form -= 2;
    }
    form
}

fn is_firm(head: &str) -> bool {
    ["公司", "集团", "合作社", "联合社"].iter().any(|ending| head.ends_with(ending))
}

/// Which keys come by more than once, kept in two bits for each slot so that the index need not hold the others.
struct KeyCounts {
    slots: Vec<u8>,
}

impl KeyCounts {
    fn of(draft: &Draft, row: &Row) -> Self {
        let heads: usize = draft.pieces().iter().map(|piece| piece.facts().heads.len()).sum();
        let size = (heads * LONGEST_NAME * 16).next_power_of_two().clamp(1 << 10, 1 << 24);
        let mut counts = KeyCounts { slots: vec![0; size] };
        visit(draft, row, &mut |key, _, _| {
            let slot = counts.slot(key);
            counts.slots[slot] = counts.slots[slot].saturating_add(1);
        });
        counts
    }

    fn is_shared(&self, key: u64) -> bool {
        self.slots[self.slot(key)] > 1
    }

    fn slot(&self, key: u64) -> usize {
        (key ^ (key >> 32)) as usize & (self.slots.len() - 1)
    }
}

/// Whether both names stand in one sentence, and no oftener elsewhere: its writer saw them side by side.
fn stand_side_by_side(draft: &Draft, pair: &Pair) -> bool {
    let (rare, usual) = (pair.rare.first, pair.usual.first);
    let sign = |spot: Spot| &signs(draft, spot)[spot.1];
    let between = || sign(rare.min(usual)).end as usize..sign(rare.max(usual)).start as usize;
    rare.0 == usual.0 && pair.usual.count == pair.rare.count && draft.pieces()[rare.0].prose().get(between()).is_none_or(is_one_sentence)
}

/// Keeps an omission only if the draft itself tells that something is missing: the two characters that come together by it stand together
/// nowhere else, and the missing one makes a word with one of them that the draft uses.
fn confirm_omissions(draft: &Draft, row: &Row, pairs: &mut Vec<Pair>) {
    const WORD: usize = 3;
    let mut together: FxHashMap<(char, char), usize> = FxHashMap::default();
    let around: Vec<Option<[char; 3]>> = pairs.iter().map(|pair| around_omission(draft, pair)).collect();
    for [before, missing, behind] in around.iter().flatten() {
        for pair in [(*before, *behind), (*before, *missing), (*missing, *behind)] {
            together.insert(pair, 0);
        }
    }
    if together.is_empty() {
        return;
    }
    for pair in row.cells().windows(2).filter(|pair| pair[0].is_joined()) {
        if let Some(count) = together.get_mut(&(pair[0].character(), pair[1].character())) {
            *count += 1;
        }
    }
    let mut around = around.into_iter();
    pairs.retain(|pair| {
        around.next().flatten().is_none_or(|[before, missing, behind]| {
            together[&(before, behind)] <= pair.rare.count && together[&(before, missing)].max(together[&(missing, behind)]) >= WORD
        })
    });
}

/// The character before an omission, the missing one and the one behind; `None` for another pair.
fn around_omission(draft: &Draft, pair: &Pair) -> Option<[char; 3]> {
    let missing = pair.usual.character.filter(|_| pair.rare.character.is_none())?;
    let signs = signs(draft, pair.rare.first);
    let at = pair.rare.first.1;
    Some([signs.get(at.checked_sub(1)?)?.symbol, missing, signs.get(at)?.symbol])
}

fn signs(draft: &Draft, spot: Spot) -> &[Sign] {
    &draft.pieces()[spot.0].facts().wording.signs
}

fn variant(draft: &Draft, pair: &Pair) -> Variant {
    let (rare, usual) = (pair.rare.first, pair.usual.first);
    let (rare_signs, usual_signs) = (signs(draft, rare), signs(draft, usual));
    let behind = |form: &Form| form.first.1 + usize::from(form.character.is_some());
    let before = shared_run(rare_signs[..rare.1].iter().rev(), usual_signs[..usual.1].iter().rev(), |near, far| {
        far.end == near.start
    });
    let after = shared_run(
        rare_signs[behind(&pair.rare)..].iter(),
        usual_signs[behind(&pair.usual)..].iter(),
        |near, far| near.end == far.start,
    );
    let place = |form: &Form, signs: &[Sign]| {
        let (first, last) = (&signs[form.first.1 - before], &signs[behind(form) + after - 1]);
        Place::new(form.first.0, first.start as usize..last.end as usize)
    };
    let sign = &rare_signs[rare.1];
    let end = if pair.rare.character.is_some() { sign.end } else { sign.start };
    Variant {
        place: place(&pair.rare, rare_signs),
        usual: place(&pair.usual, usual_signs),
        character: Place::new(rare.0, sign.start as usize..end as usize),
        replacement: pair.usual.character.unwrap_or(sign.symbol).to_string(),
        count: pair.rare.count,
        usual_count: pair.usual.count,
    }
}

/// How many signs two rows share from their starts on without a mark between, up to the length of a long name.
fn shared_run<'a>(left: impl Iterator<Item = &'a Sign>, right: impl Iterator<Item = &'a Sign>, adjoin: impl Fn(&Sign, &Sign) -> bool) -> usize {
    const LONGEST: usize = 12;
    let mut count = 0;
    let mut previous: Option<(&Sign, &Sign)> = None;
    for (left, right) in left.zip(right).take(LONGEST) {
        let apart = previous.is_some_and(|(left_before, right_before)| !adjoin(left_before, left) || !adjoin(right_before, right));
        if left.symbol != right.symbol || apart {
            break;
        }
        previous = Some((left, right));
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn variants(text: &str) -> Vec<(String, String)> {
        let draft = Draft::new(text, Format::Plain);
        let quote = |place: &Place| draft.quote(place).to_owned();
        find(&draft, &super::super::signs(&draft).0)
            .iter()
            .map(|variant| (quote(&variant.place), quote(&variant.usual)))
            .collect()
    }

    #[test]
    fn a_character_left_out_is_found_before_and_behind_the_whole_name() {
        let (lacking, whole) = (
            "扎实开展“清风护航”主题教活动，签订承诺书。",
            "巩固“清风护航”主题教育活动成果，抓好警示教育和法治教育。",
        );
        let expected = [("主题教活动".to_owned(), "主题教育活动".to_owned())];
        assert_eq!(variants(&format!("{lacking}\n{whole}\n")), expected);
        assert_eq!(variants(&format!("{whole}\n{lacking}\n")), expected);
    }

    #[test]
    fn characters_of_one_sound_are_found_in_firms_and_offices() {
        let text = "委托绿源水务有限公司运营。\n与临河绿原水务有限公司签订协议。\n";
        assert_eq!(variants(text), [("绿原水务有限公司".to_owned(), "绿源水务有限公司".to_owned())]);
        let text = "县农村人居环境整治办公室牵头。\n由农村人居环境整制办公室验收。\n";
        assert_eq!(variants(text).len(), 1);
    }

    #[test]
    fn names_of_different_things_are_silent() {
        for text in [
            "临河市城东污水处理有限公司和临河市城西污水处理有限公司。\n",
            "临河市第一人民医院和临河市第四人民医院、第十人民医院。\n",
            "建设现代产业园，发展现代化产业园，办好工业园和工业园区。\n",
            "党支部开展主题活动，党总支部开展主题教育活动，教育党员，加强教育。\n",
            "中原航空发动机集团有限公司、国信电子科技集团有限公司参展。\n",
            "江北建机股份有限公司参展。江南建技股份有限公司参展。\n",
            "王庄村小型水利工程和汪庄村道路工程。\n",
            "一期工程由华泰公司承建，二期工程由华太公司承建。\n",
            "投资设立全资子公司，投资设立了全资子公司。\n",
        ] {
            assert!(variants(text).is_empty(), "{text} {:?}", variants(text));
        }
    }

    #[test]
    fn many_equal_names_are_read_in_linear_time() {
        let draft = "由农村人居环境整治办公室牵头，成立农村人居环境整治专班。\n".repeat(5000) + "由农村人居环境整制办公室验收。\n";
        assert_eq!(variants(&draft).len(), 1);
    }
}

//! Places of a draft that read alike but for one character: three characters around a masked one are a key, and the characters under one key
//! that are taken for each other are a pair.

use super::bigrams::Bigrams;
use super::row::{Cell, Row, Spot};
use super::sound::{is_function_word, is_outside_plain_set, may_be_mistaken};

/// A form more frequent than that is no slip.
const RARE: usize = 2;

/// What a character stands for under the mask of a key, with another one that may be meant: the doubtful form first.
pub(super) fn doubtful_pairs(row: &Row) -> Vec<(Form, Form)> {
    let rare = row.cells().iter().filter(|cell| cell.is_rare()).count();
    let mut pairs = Vec::new();
    collect_pairs::<4, 0>(row, rare, &mut pairs);
    collect_pairs::<4, 1>(row, rare, &mut pairs);
    collect_pairs::<4, 2>(row, rare, &mut pairs);
    collect_pairs::<4, 3>(row, rare, &mut pairs);
    collect_pairs::<3, 0>(row, rare, &mut pairs);
    collect_pairs::<3, 1>(row, rare, &mut pairs);
    pairs
}

/// One character under the mask of a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) character: char,
    pub(super) first: Spot,
    pub(super) count: usize,
    /// Whether a word seems to begin, or to end, here in one of its places at least.
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// Marks the pairs of characters that return, and the characters that may be slips, as they stand beside their neighbours hardly anywhere else. A
/// character that does makes a word with them.
pub(super) fn mark(row: &mut Row, bigrams: &Bigrams) {
    let mut is_rare_before = true;
    let cells = row.cells_mut();
    for at in 0..cells.len() {
        let behind = match cells[at].is_joined() {
            true => bigrams.count_of(cells[at], cells[at + 1]),
            false => 0,
        };
        if behind > 1 {
            cells[at].mark_returning();
        }
        if is_rare_before && behind <= RARE && !cells[at].is_free() {
            cells[at].mark_rare();
        }
        is_rare_before = behind <= RARE;
    }
}

/// The pairs that windows of so many characters show, of which one is masked.
fn collect_pairs<const LENGTH: usize, const MASKED: usize>(row: &Row, rare: usize, pairs: &mut Vec<(Form, Form)>) {
    let places = places_by_key::<LENGTH, MASKED>(row, rare);
    let of_one_key = places.chunk_by(|one, next| one.0 == next.0).filter(|places| places.len() > 1);
    pairs.extend(of_one_key.map(|places| forms(row, places)).flat_map(pairs_of_forms));
}

/// The characters under one key, in the order in which they come, if there are at least two.
fn forms(row: &Row, places: &[(u64, u32)]) -> Vec<Form> {
    let character = |place: &(u64, u32)| row.cells()[place.1 as usize].character();
    let mut forms = Vec::new();
    if places.iter().any(|place| character(place) != character(&places[0])) {
        places.iter().for_each(|place| note(row, &mut forms, place.1 as usize));
    }
    forms
}

fn note(row: &Row, forms: &mut Vec<Form>, at: usize) {
    const MOST_FORMS: usize = 6;
    let character = row.cells()[at].character();
    let (left, right) = row.neighbours(at);
    if let Some(form) = forms.iter_mut().find(|form| form.character == character) {
        form.count += 1;
        form.begins |= is_border(left);
        form.ends |= is_border(right);
    } else if forms.len() < MOST_FORMS {
        forms.push(Form {
            character,
            first: row.spot(at),
            count: 1,
            begins: is_border(left),
            ends: is_border(right),
        });
    }
}

/// Whether a word ends before this neighbour, or begins behind it: it is a mark or a word of grammar.
fn is_border(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(is_function_word)
}

fn pairs_of_forms(forms: Vec<Form>) -> impl Iterator<Item = (Form, Form)> {
    let pairs = (0..forms.len()).flat_map(|index| (0..index).map(move |other| (index, other)));
    let pairs = pairs.map(move |(index, other)| (forms[index], forms[other]));
    pairs.filter_map(|(left, right)| {
        if left.count.min(right.count) > RARE || !may_be_mistaken(left.character, right.character) {
            return None;
        }
        let order = |form: &Form| (form.count, !is_outside_plain_set(form.character), std::cmp::Reverse(form.first));
        Some(if order(&left) < order(&right) { (left, right) } else { (right, left) })
    })
}

/// The keys of all windows of so many Han characters without a mark between, each with the place of the masked character: three characters around
/// the masked one, or two where the last is what a name of a place ends with. Only characters that are asked for are masked, and keys of which a
/// part stands nowhere else are left out.
fn keys<const LENGTH: usize, const MASKED: usize>(row: &Row, is_asked_for: fn(Cell) -> bool) -> impl Iterator<Item = (u64, usize)> {
    row.cells().windows(LENGTH).enumerate().filter_map(move |(start, window)| {
        let window: &[Cell; LENGTH] = window.try_into().ok()?;
        if !is_asked_for(window[MASKED]) || LENGTH == 3 && !is_place_ending(window[LENGTH - 1].character()) {
            return None;
        }
        let is_unmasked = |pair: usize| pair != MASKED && pair + 1 != MASKED;
        if !Cell::are_joined(&window[..LENGTH - 1]) || (0..LENGTH - 1).any(|pair| is_unmasked(pair) && !window[pair].returns()) {
            return None;
        }
        let mut key = 0;
        for (at, cell) in window.iter().enumerate() {
            if at != MASKED {
                key = key << 21 | cell.code();
            }
        }
        Some((key, start + MASKED))
    })
}

pub(super) fn is_place_ending(char: char) -> bool {
    matches!(char, '县' | '区' | '镇' | '乡' | '市')
}

/// The keys under which a rare character stands and another one too, with the places of all characters under them, by key and place. A few other
/// keys are among them.
fn places_by_key<const LENGTH: usize, const MASKED: usize>(row: &Row, rare: usize) -> Vec<(u64, u32)> {
    let mut wanted = KeySet::with_room_for(rare);
    keys::<LENGTH, MASKED>(row, Cell::is_rare).for_each(|(key, _)| wanted.insert(key));
    let all = keys::<LENGTH, MASKED>(row, |cell| !cell.is_free()).filter(|(key, _)| wanted.may_contain(*key));
    let mut places: Vec<(u64, u32)> = all.map(|(key, at)| (key, at as u32)).collect();
    let mut mixed = MixedKeys::with_room_for(places.len());
    places.iter().for_each(|(key, at)| mixed.note(*key, row.cells()[*at as usize].code()));
    places.retain(|(key, _)| mixed.contains(*key));
    places.sort_unstable();
    places
}

/// Which keys come by with different characters under the mask: in each slot the first character plus one, or [`MixedKeys::MIXED`]. Keys share
/// slots, so that more may seem mixed than are.
struct MixedKeys {
    slots: Vec<u32>,
}

impl MixedKeys {
    const MIXED: u32 = u32::MAX;

    fn with_room_for(keys: usize) -> Self {
        MixedKeys {
            slots: vec![0; (keys * 2).next_power_of_two().clamp(1 << 6, 1 << 20)],
        }
    }

    fn note(&mut self, key: u64, character: u64) {
        let slot = slot(key, self.slots.len());
        let (known, character) = (self.slots[slot], character as u32 + 1);
        self.slots[slot] = if known == 0 || known == character { character } else { Self::MIXED };
    }

    fn contains(&self, key: u64) -> bool {
        self.slots[slot(key, self.slots.len())] == Self::MIXED
    }
}

/// The place of a key in a table whose length is a power of two.
fn slot(key: u64, length: usize) -> usize {
    (mixed(key) >> 32) as usize & (length - 1)
}

fn mixed(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A set of keys that takes a few strangers for its own.
struct KeySet {
    bits: Vec<u64>,
}

impl KeySet {
    fn with_room_for(keys: usize) -> Self {
        KeySet {
            bits: vec![0; (keys / 2).next_power_of_two().clamp(1 << 6, 1 << 18)],
        }
    }

    fn insert(&mut self, key: u64) {
        let (word, bit) = self.place(key);
        self.bits[word] |= bit;
    }

    fn may_contain(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.bits[word] & bit != 0
    }

    fn place(&self, key: u64) -> (usize, u64) {
        (slot(key, self.bits.len()), 1 << (mixed(key) >> 58))
    }
}

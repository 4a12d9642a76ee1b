//! Words that the draft writes otherwise elsewhere, one character apart: 纹阳区 for 汶阳区, 红色合火人 for 红色合伙人.
//!
//! Chinese does not part words, and no dictionary knows the names of a draft. So the draft is its own dictionary: three characters around a
//! masked one are a key, and two characters under one key that are taken for each other are a candidate. What decides is how the draft uses
//! the pair: the slip stands with these neighbours nowhere else, the right form stands there often, or is a name by its quotation marks.

use std::ops::Range;

use super::Variant;
use super::bigrams::Bigrams;
use super::firms::is_firm;
use super::look::look_alike;
use super::row::{Cell, Row, Spot, do_adjoin};
use super::sound::{are_both_words, is_function_word, is_outside_plain_set, may_be_mistaken};
use crate::draft::{Draft, Place};
use crate::facts::clause::Sign;
use crate::facts::name::heads;
use crate::script::is_han;

/// A form more frequent than that is no slip.
const RARE: usize = 2;
/// How many times more frequent the right form is.
const MAJORITY: usize = 3;

pub(super) fn find(draft: &Draft, row: &mut Row) -> Vec<Variant> {
    let bigrams = Bigrams::of(row);
    let rare = mark_rare(row, &bigrams);
    let mut pairs = Vec::new();
    collect_pairs::<4, 0>(draft, row, rare, &mut pairs);
    collect_pairs::<4, 1>(draft, row, rare, &mut pairs);
    collect_pairs::<4, 2>(draft, row, rare, &mut pairs);
    collect_pairs::<4, 3>(draft, row, rare, &mut pairs);
    collect_pairs::<3, 0>(draft, row, rare, &mut pairs);
    collect_pairs::<3, 1>(draft, row, rare, &mut pairs);
    // One slip is seen through several windows; the one with the most frequent right form tells most.
    pairs.sort_by_key(|pair| (pair.rare.first, std::cmp::Reverse(pair.usual.count), pair.usual.first));
    pairs.retain(|pair| pair.is_slip(draft, &bigrams));
    pairs.dedup_by_key(|pair| pair.rare.first);
    pairs.iter().map(|pair| pair.variant(draft)).collect()
}

/// Marks the characters that may be slips, as they stand beside their neighbours hardly anywhere else, and counts them. A character that does makes
/// a word with them.
fn mark_rare(row: &mut Row, bigrams: &Bigrams) -> usize {
    let mut count = 0;
    let mut is_rare_before = true;
    let cells = row.cells_mut();
    for at in 0..cells.len() {
        let is_rare_behind = !cells[at].is_joined() || bigrams.count(cells[at].character(), cells[at + 1].character()) <= RARE;
        if is_rare_before && is_rare_behind && !cells[at].is_free() {
            cells[at].mark_rare();
            count += 1;
        }
        is_rare_before = is_rare_behind;
    }
    count
}

/// The pairs that windows of so many characters show, of which one is masked.
fn collect_pairs<const LENGTH: usize, const MASKED: usize>(draft: &Draft, row: &Row, rare: usize, pairs: &mut Vec<Pair>) {
    let places = places_by_key::<LENGTH, MASKED>(row, rare);
    let of_one_key = places.chunk_by(|one, next| one.0 == next.0).filter(|places| places.len() > 1);
    let forms = of_one_key.map(|places| forms(row, places));
    pairs.extend(forms.flat_map(doubtful_pairs).map(|(rare, usual)| Pair::new(draft, rare, usual)));
}

/// One character under the mask of a key.
#[derive(Debug, Clone, Copy)]
struct Form {
    character: char,
    first: Spot,
    count: usize,
    /// Whether a word seems to begin, or to end, here in one of its places at least.
    begins: bool,
    ends: bool,
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

/// The Han characters beside a sign, without a mark between.
fn neighbours(draft: &Draft, (block, at): Spot) -> (Option<char>, Option<char>) {
    let signs = signs(draft, block);
    let left = at.checked_sub(1).filter(|left| adjoin(signs, *left)).map(|left| signs[left].symbol);
    let right = adjoin(signs, at).then(|| signs[at + 1].symbol);
    (left, right)
}

/// Whether a sign and the next one are Han characters without a mark between.
fn adjoin(signs: &[Sign], at: usize) -> bool {
    matches!(signs.get(at..at + 2), Some([left, right]) if do_adjoin(left, right))
}

fn signs(draft: &Draft, block: usize) -> &[Sign] {
    &draft.pieces()[block].facts().wording.signs
}

fn doubtful_pairs(forms: Vec<Form>) -> impl Iterator<Item = (Form, Form)> {
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
/// the masked one, or two where the last is what a name of a place ends with. Only characters that are asked for are masked.
fn keys<const LENGTH: usize, const MASKED: usize>(row: &Row, is_asked_for: fn(Cell) -> bool) -> impl Iterator<Item = (u64, usize)> {
    row.cells().windows(LENGTH).enumerate().filter_map(move |(start, window)| {
        let window: &[Cell; LENGTH] = window.try_into().ok()?;
        if !is_asked_for(window[MASKED]) || LENGTH == 3 && !is_place_ending(window[LENGTH - 1].character()) {
            return None;
        }
        if !Cell::are_joined(&window[..LENGTH - 1]) {
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

fn is_place_ending(char: char) -> bool {
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

/// A form that may be a slip, and what may be meant.
#[derive(Debug)]
struct Pair {
    rare: Form,
    usual: Form,
    /// Characters that both have in common before and behind the one that differs.
    before: usize,
    behind: usize,
}

impl Pair {
    fn new(draft: &Draft, rare: Form, usual: Form) -> Self {
        const LONGEST: usize = 8;
        let (left, right) = (signs(draft, rare.first.0), signs(draft, usual.first.0));
        let (near, far) = (rare.first.1, usual.first.1);
        let shares_before = |step: &usize| {
            let places = near.checked_sub(*step).zip(far.checked_sub(*step));
            places.is_some_and(|(near, far)| adjoin(left, near) && adjoin(right, far) && left[near].symbol == right[far].symbol)
        };
        let shares_behind =
            |step: &usize| adjoin(left, near + step - 1) && adjoin(right, far + step - 1) && left[near + step].symbol == right[far + step].symbol;
        Pair {
            rare,
            usual,
            before: (1..=LONGEST).take_while(shares_before).count(),
            behind: (1..=LONGEST).take_while(shares_behind).count(),
        }
    }

    fn is_slip(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        !are_both_words(self.rare.character, self.usual.character, self.neighbours(draft))
            && self.is_new(draft, bigrams)
            && (self.names_a_firm(draft) || (self.stands_at_word_borders() || self.is_named(draft)) && self.is_well_known(draft, bigrams))
    }

    /// Whether both forms are told to be firms by the trade that they share. In one block they are more likely two firms.
    fn names_a_firm(&self, draft: &Draft) -> bool {
        let (block, at) = self.rare.first;
        let row = |range: Range<usize>| signs(draft, block)[range].iter().map(|sign| sign.symbol).collect::<Vec<char>>();
        self.usual.first.0 != block && is_firm(&row(at - self.before..at), &row(at + 1..at + 1 + self.behind))
    }

    fn neighbours(&self, draft: &Draft) -> (Option<char>, Option<char>) {
        neighbours(draft, self.rare.first)
    }

    /// Whether the doubtful character stands beside its neighbours nowhere else: where it does, it makes a word with them.
    fn is_new(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        let (left, right) = self.neighbours(draft);
        let character = self.rare.character;
        left.is_none_or(|left| bigrams.count(left, character) <= self.rare.count)
            && right.is_none_or(|right| bigrams.count(character, right) <= self.rare.count)
    }

    /// Whether nothing else begins or ends where what is shared begins or ends with the character in doubt: 新城区 is not 中|心城区.
    fn stands_at_word_borders(&self) -> bool {
        (self.before > 0 || self.usual.begins && self.rare.begins) && (self.behind > 0 || self.usual.ends && self.rare.ends)
    }

    fn is_well_known(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        const MANY: usize = 5;
        let often = self.usual.count >= MAJORITY * self.rare.count || is_outside_plain_set(self.rare.character);
        match self.telling_characters(draft) {
            0 | 1 => false,
            _ if self.is_titled(draft) => true,
            2 => often || self.is_place_in_a_list(draft) || self.names_one_place(draft),
            shared => {
                often
                    || self.is_named(draft)
                    || self.names_one_place(draft)
                    || shared >= MANY && (self.is_word(draft, bigrams) || self.names_one_body(draft))
            }
        }
    }

    /// Characters that both share and that are no words of grammar.
    fn telling_characters(&self, draft: &Draft) -> usize {
        let (block, at) = self.rare.first;
        let shared = &signs(draft, block)[at - self.before..=at + self.behind];
        shared.iter().filter(|sign| !is_function_word(sign.symbol)).count() - 1
    }

    /// Whether one of the two is a name as a whole: “颐养云亭”.
    fn is_named(&self, draft: &Draft) -> bool {
        [&self.rare, &self.usual].into_iter().any(|form| {
            let (before, behind) = self.around(draft, form);
            before.ends_with(['“', '《', '‘', '"']) && behind.starts_with(['”', '》', '’', '"'])
        })
    }

    /// Whether the right form stands in a list of places, and the doubtful one begins another clause.
    fn is_place_in_a_list(&self, draft: &Draft) -> bool {
        let is_next = |before: &str| before.strip_suffix('、').is_some_and(|list| list.ends_with(is_place_ending));
        let (usual, rare) = (self.around(draft, &self.usual).0, self.around(draft, &self.rare).0);
        is_next(usual) && rare.ends_with(['，', ',', '。', '；', ';', '：', ':'])
    }

    /// Whether both are a town's name of which one character looks like the other. Towns whose names only sound alike are not rare, and two that
    /// look alike are named together where both are meant.
    fn names_one_place(&self, draft: &Draft) -> bool {
        let (block, at) = self.rare.first;
        let next = signs(draft, block).get(at + 1);
        let is_town = self.before > 0 && self.behind > 0 && next.is_some_and(|sign| is_place_ending(sign.symbol));
        let may_begin = |form: &Form| {
            self.around(draft, form)
                .0
                .chars()
                .next_back()
                .is_none_or(|char| !is_han(char) || is_function_word(char))
        };
        is_town
            && look_alike(self.rare.character, self.usual.character)
            && self.usual.first.0 != block
            && (may_begin(&self.usual) || may_begin(&self.rare))
    }

    /// Whether what both share ends as the names of bodies, works and campaigns do, and the characters look alike.
    fn names_one_body(&self, draft: &Draft) -> bool {
        let place = self.place(draft, &self.rare);
        let end = place.end;
        let prose = draft.pieces()[place.block].prose();
        let start = signs(draft, place.block)[self.rare.first.1].end as usize;
        look_alike(self.rare.character, self.usual.character) && !heads(&prose[start..end]).is_empty()
    }

    /// Whether the right form is the place that the title names, and is named once more.
    fn is_titled(&self, draft: &Draft) -> bool {
        const HEAD: usize = 3;
        let (block, at) = self.usual.first;
        let behind = &signs(draft, block)[at + 1..=at + self.behind.min(2)];
        let ends_as_a_place = behind.iter().any(|sign| is_place_ending(sign.symbol));
        block < HEAD && ends_as_a_place && self.usual.count > self.rare.count
    }

    /// The prose before and behind a form with what is shared.
    fn around<'a>(&self, draft: &'a Draft, form: &Form) -> (&'a str, &'a str) {
        let place = self.place(draft, form);
        let prose = draft.pieces()[place.block].prose();
        (&prose[..place.start], &prose[place.end..])
    }

    /// Whether the right character makes a word with a neighbour that both forms share.
    fn is_word(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        let (left, right) = neighbours(draft, self.usual.first);
        let character = self.usual.character;
        self.before > 0 && left.is_some_and(|left| bigrams.count(left, character) >= MAJORITY)
            || self.behind > 0 && right.is_some_and(|right| bigrams.count(character, right) >= MAJORITY)
    }

    fn place(&self, draft: &Draft, form: &Form) -> Place {
        let (block, at) = form.first;
        let signs = signs(draft, block);
        Place::new(block, signs[at - self.before].start as usize..signs[at + self.behind].end as usize)
    }

    fn variant(&self, draft: &Draft) -> Variant {
        let (block, at) = self.rare.first;
        let sign = &signs(draft, block)[at];
        Variant {
            place: self.place(draft, &self.rare),
            usual: self.place(draft, &self.usual),
            character: Place::new(block, sign.start as usize..sign.end as usize),
            replacement: self.usual.character,
            count: self.rare.count,
            usual_count: self.usual.count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn slips(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        find(&draft, &mut Row::of(&draft))
            .iter()
            .map(|variant| draft.quote(&variant.place).to_owned())
            .collect()
    }

    #[test]
    fn a_rare_form_of_a_frequent_name_is_a_slip() {
        let town = "检查沅溪镇。\n沅溪镇的水厂建成。\n水厂在沅溪镇，\n支持元溪镇，对圆溪镇、\n";
        assert_eq!(slips(&town.replace("支持元溪镇，", "")), ["圆溪镇"]);
        let partner = "推行蓝色守护人制度。\n蓝色守护人巡河。\n聘请蓝色守护人，\n表彰蓝色守互人。\n";
        assert_eq!(slips(partner), ["蓝色守互人"]);
    }

    #[test]
    fn a_quoted_name_needs_no_majority() {
        assert_eq!(slips("依托“安居云亭”平台建档。\n安居云庭注册用户增加。\n"), ["安居云庭"]);
    }

    #[test]
    fn a_place_in_a_list_needs_no_majority() {
        assert_eq!(slips("河西县、古堰区完成较慢。处置不及时，古燕区有4批次。\n"), ["古燕区"]);
        assert!(slips("河西县、古堰区、古燕区完成较慢。\n").is_empty());
    }

    #[test]
    fn the_place_of_the_title_needs_no_majority() {
        let head = "濂水县2024年统计公报\n濂水县统计局\n今年雨水偏少。\n";
        for slip in ["本公报由廉水县统计局负责解释。", "廉水县全年造林。", "由廉水县核定。"] {
            assert_eq!(slips(&format!("{head}{slip}\n")).len(), 1, "{slip}");
        }
        for other in ["与廉江县结对。", "经沅水县核定。", "濂溪两岸造林。"] {
            assert!(
                slips(&format!("{head}{other}\n")).is_empty(),
                "{other} {:?}",
                slips(&format!("{head}{other}\n"))
            );
        }
    }

    #[test]
    fn a_character_of_a_foreign_font_needs_no_majority() {
        assert_eq!(slips("走进崇德小学。\n在崇徳小学举办。\n"), ["崇徳小学"]);
    }

    #[test]
    fn firms_of_one_trade_need_no_majority() {
        assert_eq!(slips("引进华澜新材、德川精工等企业。\n服务华蓝新材二期建设。\n"), ["华蓝新材"]);
        for text in [
            "引进华澜新材、华蓝新材等企业。\n",
            "引进华东新材、德川精工等企业。\n服务华南新材二期建设。\n",
            "建成智慧水务平台。\n做强清源水务。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }

    #[test]
    fn towns_that_look_alike_need_no_majority() {
        assert_eq!(slips("白荻镇采取了新办法。\n用好白获镇的经验。\n"), ["白获镇"]);
        for text in [
            // Towns of one sound are not rare, and of two named together both are meant.
            "青丰镇率先完成。\n支持青峰镇扩面。\n",
            "白荻镇和白获镇率先完成。\n",
            "新城区供水稳定。\n改造旧诚区管网。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }

    #[test]
    fn bodies_that_look_alike_need_no_majority() {
        let brigade = "岚江区消防救援大队召开会议。\n经验在全市推广。\n岚江区消防求援大队\n";
        assert_eq!(slips(brigade), ["岚江区消防求援大队"]);
        for text in [
            "开展农业技术推广活动。\n开展农业投术交流。\n",
            "检查城东污水处理工程。\n检查城西污水处理工程。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }

    #[test]
    fn words_of_their_own_are_silent() {
        for text in [
            // 中|心城区 and 新城区.
            "改造中心城区，\n扩建中心城区。\n中心城区通车，\n建设新城区。\n",
            "就业形势严峻，\n就业形势好转。\n就业形势稳定，\n就业形式多样。\n",
            "河东区、河西区，\n河东区。\n河东区，\n河西区。\n",
            // The rare character makes a word that the draft knows.
            "县工业园区，\n县工业园区。\n县工业园区、\n县工业园渠。\n园渠通水，园渠清淤。\n",
            "办理企业登记，\n受理企业登记，\n管理企业登记，\n设立企业登记。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }
}

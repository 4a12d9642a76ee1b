//! Words that the draft writes otherwise elsewhere, one character apart: 纹阳区 for 汶阳区, 红色合火人 for 红色合伙人.
//!
//! Chinese does not part words, and no dictionary knows the names of a draft. So the draft is its own dictionary: three characters around a
//! masked one are a key, and two characters under one key that are taken for each other are a candidate. What decides is how the draft uses
//! the pair: the slip stands with these neighbours nowhere else, the right form stands there often, or is a name by its quotation marks.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Variant;
use super::firms::is_firm;
use super::sound::{are_both_words, is_free, is_function_word, is_outside_plain_set, may_be_mistaken};
use crate::draft::{Draft, Place};
use crate::facts::clause::Sign;
use crate::script::is_han;

/// A form more frequent than that is no slip.
const RARE: usize = 2;
/// How many times more frequent the right form is.
const MAJORITY: usize = 3;

pub(super) fn find(draft: &Draft) -> Vec<Variant> {
    let mixed = MixedKeys::of(draft);
    let mut index: FxHashMap<u64, Vec<Form>> = FxHashMap::default();
    visit(draft, &mut |key, character, at| {
        if mixed.contains(key) {
            note(draft, index.entry(key).or_default(), character, at);
        }
    });
    let mut pairs: Vec<Pair> = index
        .values()
        .flat_map(|forms| doubtful_pairs(forms))
        .map(|(rare, usual)| Pair::new(draft, rare, usual))
        .collect();
    // One slip is seen through several windows; the one with the most frequent right form tells most.
    pairs.sort_unstable_by_key(|pair| (pair.rare.first, std::cmp::Reverse(pair.usual.count), pair.usual.first));
    let bigrams = Bigrams::around(draft, &pairs);
    pairs.retain(|pair| pair.is_slip(draft, &bigrams));
    pairs.dedup_by_key(|pair| pair.rare.first);
    pairs.iter().map(|pair| pair.variant(draft)).collect()
}

/// A sign of the draft: its block, and its index there.
type Spot = (usize, usize);

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

fn note(draft: &Draft, forms: &mut Vec<Form>, character: char, at: Spot) {
    const MOST_FORMS: usize = 6;
    let (left, right) = neighbours(draft, at);
    if let Some(form) = forms.iter_mut().find(|form| form.character == character) {
        form.count += 1;
        form.begins |= is_border(left);
        form.ends |= is_border(right);
    } else if forms.len() < MOST_FORMS {
        forms.push(Form {
            character,
            first: at,
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

fn do_adjoin(left: &Sign, right: &Sign) -> bool {
    left.end == right.start && is_han(left.symbol) && is_han(right.symbol)
}

fn signs(draft: &Draft, block: usize) -> &[Sign] {
    &draft.pieces()[block].facts().wording.signs
}

fn doubtful_pairs(forms: &[Form]) -> impl Iterator<Item = (Form, Form)> + '_ {
    let pairs = forms
        .iter()
        .enumerate()
        .flat_map(|(index, left)| forms[..index].iter().map(move |right| (*left, *right)));
    pairs.filter_map(|(left, right)| {
        if left.count.min(right.count) > RARE || !may_be_mistaken(left.character, right.character) {
            return None;
        }
        let order = |form: &Form| (form.count, !is_outside_plain_set(form.character), std::cmp::Reverse(form.first));
        Some(if order(&left) < order(&right) { (left, right) } else { (right, left) })
    })
}

/// Calls back with the key, the character under the mask, and its place, for every window of every run of Han characters.
fn visit(draft: &Draft, call: &mut impl FnMut(u64, char, Spot)) {
    for (block, piece) in draft.pieces().iter().enumerate() {
        let signs = &piece.facts().wording.signs;
        let mut start = 0;
        for run in signs.chunk_by(do_adjoin) {
            visit_run(run, &mut |key, character, offset| call(key, character, (block, start + offset)));
            start += run.len();
        }
    }
}

/// Bits of one character in a key, and of the characters of a key.
const CHARACTER: u32 = 20;
const ONE: u64 = (1 << CHARACTER) - 1;
const TWO: u64 = (1 << (2 * CHARACTER)) - 1;
const THREE: u64 = (1 << (3 * CHARACTER)) - 1;

/// The windows are three characters before the masked one, two before and one behind, one before and two behind, three behind; where the last of
/// them is the kind of place that a name ends with, also one before and one behind, and two behind. A key is the window's number and its characters.
fn visit_run(run: &[Sign], call: &mut impl FnMut(u64, char, usize)) {
    let code = |at: usize| run.get(at).map_or(0, |sign| u64::from(sign.symbol));
    let mut left = 0;
    let mut right = (code(0) << CHARACTER | code(1)) << CHARACTER | code(2);
    for (at, sign) in run.iter().enumerate() {
        right = (right << CHARACTER | code(at + 3)) & THREE;
        let behind = run.len() - at - 1;
        if !is_free(sign.symbol) {
            let mut window = |number: u64, characters: u64| call(number << (3 * CHARACTER) | characters, sign.symbol, at);
            if at >= 3 {
                window(1, left);
            }
            if at >= 2 && behind >= 1 {
                window(2, (left & TWO) << CHARACTER | right >> (2 * CHARACTER));
            }
            if at >= 1 && behind >= 2 {
                window(3, (left & ONE) << (2 * CHARACTER) | right >> CHARACTER);
            }
            if behind >= 3 {
                window(4, right);
            }
            if at >= 1 && behind >= 1 && is_place_ending(run[at + 1].symbol) {
                window(5, (left & ONE) << CHARACTER | right >> (2 * CHARACTER));
            }
            if behind >= 2 && is_place_ending(run[at + 2].symbol) {
                window(6, right >> CHARACTER);
            }
        }
        left = (left << CHARACTER | code(at)) & THREE;
    }
}

fn is_place_ending(char: char) -> bool {
    matches!(char, '县' | '区' | '镇' | '乡' | '市')
}

/// Which keys come by with different characters under the mask: in each slot the first character, and whether another one came. Keys share
/// slots, so that more may seem mixed than are.
struct MixedKeys {
    slots: Vec<u16>,
}

const MIXED: u16 = 1 << 15;

/// Fifteen bits for a character, never zero: each of the plain Han characters has its own.
fn short_code(char: char) -> u16 {
    match char {
        '\u{4E00}'..='\u{9FFF}' => (char as u32 - 0x4DFF) as u16,
        _ => 0x6000 + (char as u32 % 0x2000) as u16,
    }
}

impl MixedKeys {
    fn of(draft: &Draft) -> Self {
        let size = draft.text().len().next_power_of_two().clamp(1 << 10, 1 << 24);
        let mut keys = MixedKeys { slots: vec![0; size] };
        visit(draft, &mut |key, character, _| {
            let slot = keys.slot(key);
            let code = short_code(character);
            let known = &mut keys.slots[slot];
            if *known == 0 {
                *known = code;
            } else if *known & !MIXED != code {
                *known |= MIXED;
            }
        });
        keys
    }

    fn contains(&self, key: u64) -> bool {
        self.slots[self.slot(key)] & MIXED != 0
    }

    fn slot(&self, key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (u64::BITS - self.slots.len().trailing_zeros())) as usize
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
            2 => often || self.is_place_in_a_list(draft),
            shared => often || self.is_named(draft) || shared >= MANY && self.is_word(draft, bigrams),
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

/// How often two characters stand together in the draft; only those that the pairs ask for are counted.
struct Bigrams {
    counts: FxHashMap<(char, char), usize>,
}

impl Bigrams {
    fn around(draft: &Draft, pairs: &[Pair]) -> Self {
        let mut counts = FxHashMap::default();
        for form in pairs.iter().flat_map(|pair| [&pair.rare, &pair.usual]) {
            let (left, right) = neighbours(draft, form.first);
            counts.extend(left.map(|left| ((left, form.character), 0)));
            counts.extend(right.map(|right| ((form.character, right), 0)));
        }
        for piece in draft.pieces() {
            for pair in piece.facts().wording.signs.windows(2).filter(|pair| pair[0].end == pair[1].start) {
                if let Some(count) = counts.get_mut(&(pair[0].symbol, pair[1].symbol)) {
                    *count += 1;
                }
            }
        }
        Bigrams { counts }
    }

    fn count(&self, left: char, right: char) -> usize {
        self.counts.get(&(left, right)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn slips(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        find(&draft).iter().map(|variant| draft.quote(&variant.place).to_owned()).collect()
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

//! Quotation marks and brackets without their other half.

use rustc_hash::FxHashSet;

use super::around::{after, before};
use super::{Oddity, What, form};
use crate::script::is_han;

/// An opening or closing mark whose partner is not in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    pub char: char,
    pub kind: Kind,
    pub opens: bool,
}

/// Marks that belong together. Brackets of both widths are one kind: a mixed pair still closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    DoubleQuote,
    SingleQuote,
    Title,
    InnerTitle,
    Round,
    Tortoise,
    Lenticular,
    Corner,
    InnerCorner,
    Square,
}

impl Bracket {
    pub fn of(char: char) -> Option<Bracket> {
        let (kind, opens) = match char {
            '“' | '”' => (Kind::DoubleQuote, char == '“'),
            '‘' | '’' => (Kind::SingleQuote, char == '‘'),
            '《' | '》' => (Kind::Title, char == '《'),
            '〈' | '〉' => (Kind::InnerTitle, char == '〈'),
            '（' | '(' | '）' | ')' => (Kind::Round, matches!(char, '（' | '(')),
            '〔' | '〕' => (Kind::Tortoise, char == '〔'),
            '【' | '】' => (Kind::Lenticular, char == '【'),
            '「' | '」' => (Kind::Corner, char == '「'),
            '『' | '』' => (Kind::InnerCorner, char == '『'),
            '［' | '］' => (Kind::Square, char == '［'),
            _ => return None,
        };
        Some(Bracket { char, kind, opens })
    }

    /// The mark that closes or opens what this one opens or closes, in the same width.
    pub fn partner(&self) -> char {
        const PAIRS: [(char, char); 11] = [
            ('“', '”'),
            ('‘', '’'),
            ('《', '》'),
            ('〈', '〉'),
            ('（', '）'),
            ('(', ')'),
            ('〔', '〕'),
            ('【', '】'),
            ('「', '」'),
            ('『', '』'),
            ('［', '］'),
        ];
        PAIRS
            .iter()
            .find_map(|&(open, close)| match self.char {
                char if char == open => Some(close),
                char if char == close => Some(open),
                _ => None,
            })
            .unwrap_or(self.char)
    }
}

impl Kind {
    pub fn is_quote(self) -> bool {
        matches!(self, Kind::DoubleQuote | Kind::SingleQuote | Kind::Corner | Kind::InnerCorner)
    }
}

/// As many open brackets are looked through for the partner of a closing one. Real text nests to four or five; without a limit, a long line of
/// nothing but brackets would take forever.
const DEEPEST: usize = 64;

/// Matches the brackets of one block as they come.
#[derive(Default)]
pub(super) struct Matcher {
    open: Vec<(usize, Bracket)>,
    unmatched: Vec<(usize, Bracket)>,
    mixed: Vec<(usize, MixedPair)>,
    nested: Vec<Nested>,
}

/// A pair of quotation or title marks directly inside a pair of the same kind.
struct Nested {
    /// Where the pair around it opens.
    outer: usize,
    open: usize,
    close: usize,
}

/// A pair of round brackets of which one is half-width, at the place of the closing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MixedPair {
    pub open: char,
    /// What should close it.
    pub close: char,
}

impl Matcher {
    /// Takes the character if it is a bracket.
    pub(super) fn take(&mut self, prose: &str, at: usize, char: char) -> bool {
        let Some(bracket) = Bracket::of(char) else { return false };
        if is_apostrophe(prose, at, bracket) {
            return true;
        }
        if bracket.opens {
            self.open.push((at, bracket));
            return true;
        }
        let deepest = self.open.len().saturating_sub(DEEPEST);
        match self.open[deepest..].iter().rposition(|(_, open)| open.kind == bracket.kind) {
            Some(partner) => {
                let partner = deepest + partner;
                if let Some(&(outer, around)) = partner.checked_sub(1).map(|outer| &self.open[outer])
                    && around.kind == bracket.kind
                {
                    let open = self.open[partner].0;
                    self.nested.push(Nested { outer, open, close: at });
                }
                let mut opened = self.open.drain(partner..);
                if let Some((_, open)) = opened.next()
                    && open.partner() != char
                {
                    let (open, close) = (open.char, open.partner());
                    self.mixed.push((at, MixedPair { open, close }));
                }
                self.unmatched.extend(opened);
            }
            None if closes_marker(prose, at, bracket) => {}
            None => self.unmatched.push((at, bracket)),
        }
        true
    }

    /// The pairs inside a pair of their own kind, once all are read: what seems to be inside is not if the outer mark never closes.
    pub(super) fn nested(&self, prose: &str) -> Vec<Oddity> {
        if self.nested.is_empty() {
            return Vec::new();
        }
        let unclosed: FxHashSet<usize> = self.open.iter().chain(&self.unmatched).map(|(at, _)| *at).collect();
        let sound = self.nested.iter().filter(|nested| !unclosed.contains(&nested.outer));
        sound.filter_map(|nested| form::nesting(prose, nested.open, nested.close)).collect()
    }

    pub(super) fn finish(self) -> impl Iterator<Item = Oddity> {
        let oddity = |at: usize, char: char, what| Oddity {
            range: at..at + char.len_utf8(),
            what,
        };
        let unmatched = self.unmatched.into_iter().chain(self.open);
        let unmatched = unmatched.map(move |(at, bracket)| oddity(at, bracket.char, What::Bracket(bracket)));
        let closing = |pair: &MixedPair| if pair.close == ')' { '）' } else { ')' };
        let mixed = self
            .mixed
            .into_iter()
            .map(move |(at, pair)| oddity(at, closing(&pair), What::MixedPair(pair)));
        unmatched.chain(mixed)
    }
}

/// A single quotation mark inside or after a word in Latin letters, as in People’s, or a sign for minutes or feet.
fn is_apostrophe(prose: &str, at: usize, bracket: Bracket) -> bool {
    bracket.kind == Kind::SingleQuote && before(prose, at).is_some_and(|char| char.is_ascii_alphanumeric()) && !bracket.opens && {
        let next = after(prose, at + bracket.char.len_utf8());
        next.is_some_and(|char| char.is_ascii_alphanumeric() || char == ' ')
    }
}

/// `1)`, `a）`, `二）`, `①)`: a numbering label has no opening bracket.
fn closes_marker(prose: &str, at: usize, bracket: Bracket) -> bool {
    if bracket.kind != Kind::Round {
        return false;
    }
    let is_label = |char: char| char.is_ascii_alphanumeric() || char.is_numeric() || "一二三四五六七八九十".contains(char);
    let label = prose[..at].trim_end_matches(is_label);
    let length = prose[label.len()..at].chars().count();
    (1..=3).contains(&length) && label.chars().next_back().is_none_or(|char| !is_han(char))
}

#[cfg(test)]
mod tests {
    use crate::facts::oddity::{What, read};

    fn unmatched(prose: &str) -> Vec<(usize, char)> {
        let of = |oddity: &crate::facts::oddity::Oddity| match oddity.what {
            What::Bracket(bracket) => Some((prose[..oddity.range.start].chars().count(), bracket.char)),
            _ => None,
        };
        read(prose).iter().filter_map(of).collect()
    }

    #[test]
    fn the_half_without_a_partner_is_found() {
        assert_eq!(unmatched("当家品种“沣香2号已连续使用，“双百”行动"), [(4, '“')]);
        assert_eq!(unmatched("关于《办法的通知（试行）"), [(2, '《')]);
        assert_eq!(unmatched("见附件）。"), [(3, '）')]);
        assert_eq!(unmatched("“六五’规划"), [(0, '“'), (3, '’')]);
    }

    #[test]
    fn a_pair_of_two_widths_is_no_missing_half() {
        assert_eq!(unmatched("（甲)和(乙）"), []);
        let mixed = read("（甲)和(乙）")
            .into_iter()
            .filter(|oddity| matches!(oddity.what, What::MixedPair(_)));
        assert_eq!(mixed.map(|oddity| oddity.range.len()).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn balanced_text_markers_and_apostrophes_are_left_alone() {
        for prose in [
            "“‘甲’和《乙》（丙）”〔2024〕1号【丁】「戊」",
            "1)推广；2）示范",
            "People’s Daily",
            "（甲（乙）丙）",
            "a) b)",
        ] {
            assert_eq!(unmatched(prose), [], "{prose}");
        }
    }
}

//! The words next to a figure, as pairs of neighbouring characters: what two mentions of one fact share, however their sentences are built.

use std::sync::Arc;

use super::subject::Piece;
use super::word::Class;
use crate::charset::CharSet;
use crate::script;

/// Two neighbouring characters of one word.
pub type Pair = [char; 2];

/// Verbs that go with anything.
const EMPTY_VERBS: &[&str] = &[
    "完成", "实现", "建成", "建设", "落实", "实施", "开展", "投入", "达成", "推进", "推动", "安排", "组织", "通过", "获得", "发生",
];

/// The pairs of the names and verbs among some pieces of a clause, each once, in order.
pub fn of_pieces(prose: &str, pieces: &[Piece]) -> Arc<[Pair]> {
    let text = |piece: &Piece| &prose[piece.range.clone()];
    let telling = pieces.iter().filter(|piece| match piece.class {
        None => true,
        Some(Class::Verb) => !EMPTY_VERBS.contains(&text(piece)),
        Some(_) => false,
    });
    let abbreviated = pieces.windows(2).filter_map(|pair| match pair {
        [verb, noun] if verb.class == Some(Class::Verb) && noun.class.is_none() => abbreviation(text(verb), text(noun)),
        _ => None,
    });
    sorted(telling.flat_map(|piece| pairs_of(text(piece))).chain(abbreviated))
}

/// 供应土地 is written 供地 too.
fn abbreviation(verb: &str, noun: &str) -> Option<Pair> {
    let is_short = verb.chars().count() == 2 && noun.chars().count() == 2;
    let pair = [verb.chars().next()?, noun.chars().next_back()?];
    (is_short && pair.into_iter().all(is_telling)).then_some(pair)
}

/// Pairs each once, in order.
pub fn sorted(pairs: impl Iterator<Item = Pair>) -> Arc<[Pair]> {
    let mut pairs: Vec<Pair> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into()
}

/// The telling pairs of a text, in the order in which they stand.
pub fn pairs_of(text: &str) -> impl Iterator<Item = Pair> {
    let mut before = None;
    text.chars().filter_map(move |char| {
        let pair = before.zip(Some(char));
        before = is_telling(char).then_some(char);
        pair.filter(|(first, second)| is_telling(*first) && is_telling(*second))
            .map(|(first, second)| [first, second])
    })
}

/// Han characters that are no mere function words, places of the draft or numerals; and letters and digits of names such as 4A级.
fn is_telling(char: char) -> bool {
    static FUNCTION_WORDS: CharSet = CharSet::of("的了和与及在是为有达到共已等把将对从由于按以也都年月日个项万亿元其各");
    char.is_ascii_alphanumeric() || script::is_han(char) && !FUNCTION_WORDS.contains(char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figure::{subject, word};

    fn pairs(prose: &str) -> Vec<String> {
        let pieces = subject::pieces(prose, &word::scan(prose), 0..prose.len());
        of_pieces(prose, &pieces).iter().map(String::from_iter).collect()
    }

    #[test]
    fn empty_verbs_and_function_words_tell_nothing() {
        assert_eq!(pairs("全部完成村道安防的"), ["安防", "村道", "道安"]);
    }

    #[test]
    fn a_verb_and_its_noun_are_abbreviated() {
        assert!(pairs("供应土地").contains(&"供地".to_owned()));
    }
}

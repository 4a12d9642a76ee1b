//! Sentences, clauses and items that stand twice close to each other, word for word and however short.
//!
//! Far apart a short sentence may return by right. Beside itself, or a few lines on, it is what is left of a paste or of a half-made change.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Passage;
use super::span::Span;
use super::stream::Stream;
use crate::draft::{Draft, Place};
use crate::source::block::Kind;

/// Signs of its own that a clause must have to count right behind itself, and a sentence a little way off.
const FEWEST_BESIDE: usize = 5;
const FEWEST_NEAR: usize = 8;
/// A sentence with as many is hardly said twice on purpose within a page.
const PLENTY: usize = 11;
/// Signs between two standings of a sentence that are near each other.
const NEAR: usize = 150;
/// What an echo weighs: right behind itself it is sure, a short sentence a little way off is worth a look.
pub(super) const SURE: i64 = 40;
const PROBABLE: i64 = 30;
const POSSIBLE: i64 = 24;

/// The echoes of a draft, by the place of the second standing.
pub(super) fn find(draft: &Draft, stream: &Stream) -> Vec<Passage> {
    let clauses = clauses(draft, stream);
    let mut echoes = clauses_beside_themselves(draft, stream, &clauses);
    echoes.extend(sentences_near_themselves(draft, stream, &clauses));
    echoes.extend(items_of_one_list(draft));
    echoes.sort_by_key(|echo| echo.copies[0].start());
    // One repetition may be seen as clauses, as a sentence and as an item.
    echoes.dedup_by(|later, earlier| earlier.copies[0].reaches(&later.copies[0]));
    echoes
}

/// A clause, or a sentence, by its signs.
#[derive(Debug, Clone)]
struct Said {
    /// Positions in the stream.
    signs: Range<usize>,
    block: usize,
    /// Bytes of the block's prose.
    range: Range<usize>,
    /// Signs of the draft's own.
    own: usize,
    ends_sentence: bool,
}

impl Said {
    /// Whether a sentence says something of the draft's own in the main, and not by a word put to a slogan.
    fn says_enough(&self) -> bool {
        self.own >= FEWEST_NEAR && 4 * self.own >= 3 * self.signs.len()
    }
}

fn clauses(draft: &Draft, stream: &Stream) -> Vec<Said> {
    let mut clauses = Vec::new();
    for (block, piece) in draft.pieces().iter().enumerate().filter(|(_, piece)| !piece.block().is_cell()) {
        let wording = &piece.facts().wording;
        // A sentence of a few words is no running text for its block, yet it is one.
        let says = wording.running || piece.prose().ends_with(['。', '！']);
        let first = stream.first_of(block);
        let mut start = 0;
        for clause in &wording.clauses {
            let end = start
                + wording.signs[start..]
                    .iter()
                    .take_while(|sign| (sign.start as usize) < clause.end)
                    .count();
            let signs = first + start..first + end;
            clauses.push(Said {
                own: wording.signs[start..end].iter().filter(|sign| sign.own && says).count(),
                signs,
                block,
                range: clause.range.clone(),
                ends_sentence: clause.ends_sentence,
            });
            start = end;
        }
    }
    clauses
}

/// 逐户核对信息，逐户核对信息: up to three clauses that are said again at once.
fn clauses_beside_themselves(draft: &Draft, stream: &Stream, clauses: &[Said]) -> Vec<Passage> {
    const MOST_CLAUSES: usize = 3;
    let mut found = Vec::new();
    let mut at = 1;
    while at < clauses.len() {
        let repeats = |count: &usize| {
            let (before, here) = (&clauses[at - count..at], &clauses[at..at + count]);
            // 可以提前报名。提前报名的，…: the second sentence takes up the end of the first.
            let takes_up = before[*count - 1].ends_sentence && !here[*count - 1].ends_sentence;
            !takes_up && before.iter().zip(here).all(|(before, here)| is_same(draft, stream, before, here))
        };
        let count = (1..=MOST_CLAUSES.min(at).min(clauses.len() - at)).find(repeats);
        let own = |count: &usize| clauses[at..at + count].iter().map(|clause| clause.own).sum::<usize>() >= FEWEST_BESIDE;
        let Some(count) = count.filter(own) else {
            at += 1;
            continue;
        };
        let mut passage = echo(span(draft, &clauses[at - count..at]), span(draft, &clauses[at..at + count]), SURE);
        at += count;
        while at + count <= clauses.len() && (at..at + count).all(|index| is_same(draft, stream, &clauses[index - count], &clauses[index])) {
            passage.add(span(draft, &clauses[at..at + count]));
            at += count;
        }
        found.push(passage);
    }
    found
}

/// Whether two clauses say the same, marks and spaces left out. Their signs take all numbers for equal.
fn is_same(draft: &Draft, stream: &Stream, one: &Said, other: &Said) -> bool {
    let said = |said: &Said| {
        let text = &draft.pieces()[said.block].prose()[said.range.clone()];
        text.chars().filter(|char| char.is_alphanumeric()).collect::<String>()
    };
    stream.symbols()[one.signs.clone()] == stream.symbols()[other.signs.clone()] && !one.signs.is_empty() && said(one) == said(other)
}

fn sentences_near_themselves(draft: &Draft, stream: &Stream, clauses: &[Said]) -> Vec<Passage> {
    let sentences: Vec<Said> = clauses
        .chunk_by(|before, here| !before.ends_sentence && before.block == here.block)
        .map(sentence)
        .collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut near = 0;
    for (index, here) in sentences.iter().enumerate() {
        while sentences[near].signs.end + NEAR < here.signs.start {
            near += 1;
        }
        if !here.says_enough() {
            continue;
        }
        let is_original = |before: &usize| sentences[*before].says_enough() && is_same(draft, stream, &sentences[*before], here);
        let before = (near..index).rev().find(is_original);
        pairs.extend(before.map(|before| (before, index)));
    }
    // What is said a third time is the refrain of a form.
    let (firsts, seconds): (FxHashSet<usize>, FxHashSet<usize>) = pairs.iter().copied().unzip();
    let once_more = pairs
        .iter()
        .filter(|(before, index)| !firsts.contains(index) && !seconds.contains(before));
    let passage = |(before, index): &(usize, usize)| {
        let (before, here) = (&sentences[*before], &sentences[*index]);
        let points = if here.own >= PLENTY { PROBABLE } else { POSSIBLE };
        echo(span(draft, std::slice::from_ref(before)), span(draft, std::slice::from_ref(here)), points)
    };
    once_more.map(passage).collect()
}

fn sentence(clauses: &[Said]) -> Said {
    let (first, last) = (&clauses[0], &clauses[clauses.len() - 1]);
    Said {
        signs: first.signs.start..last.signs.end,
        block: first.block,
        range: first.range.start..last.range.end,
        own: clauses.iter().map(|clause| clause.own).sum(),
        ends_sentence: true,
    }
}

/// （1）清理河道垃圾；（2）修补破损护坡；（3）清理河道垃圾；: items that end with a mark. Those that end without one are headings, which have a
/// rule of their own.
fn items_of_one_list(draft: &Draft) -> Vec<Passage> {
    /// The latest items of a list, beyond which nobody compares.
    const LATEST: usize = 12;
    let mut latest: Vec<Item> = Vec::new();
    let mut found = Vec::new();
    for block in 0..draft.pieces().len() {
        let Some(item) = Item::at(draft, block) else { continue };
        if latest.last().is_some_and(|before| !goes_on(draft, before, &item)) {
            latest.clear();
        }
        if let Some(before) = latest.iter().find(|before| item.own >= FEWEST_BESIDE && before.said == item.said) {
            found.push(echo(span_at(before.place.clone()), span_at(item.place.clone()), PROBABLE));
        }
        if latest.len() == LATEST {
            latest.remove(0);
        }
        latest.push(item);
    }
    found
}

/// What an item says behind its label.
struct Item {
    place: Place,
    /// Without marks and spaces.
    said: String,
    /// Signs of the draft's own.
    own: usize,
    number: Option<u32>,
}

impl Item {
    fn at(draft: &Draft, block: usize) -> Option<Item> {
        const LONGEST: usize = 120 * '字'.len_utf8();
        let piece = &draft.pieces()[block];
        let prose = piece.prose();
        let label = piece.facts().markers.first().filter(|marker| marker.opens);
        let is_item = label.is_some() || matches!(piece.block().kind, Kind::Item(_));
        if !is_item || prose.len() > LONGEST {
            return None;
        }
        let text = prose.strip_suffix(['；', ';', '。'])?;
        let start = label.map_or(0, |label| label.range.end).min(text.len());
        let start = text.len() - text[start..].trim_start().len();
        let signs = piece.facts().wording.signs.iter();
        Some(Item {
            place: Place::new(block, start..text.len()),
            said: text[start..].chars().filter(|char| char.is_alphanumeric()).collect(),
            own: signs.filter(|sign| sign.own && sign.start as usize >= start).count(),
            number: label.map(|label| label.reading.number),
        })
    }
}

/// Whether one item follows another in the same list, with nothing of another style between them.
fn goes_on(draft: &Draft, before: &Item, item: &Item) -> bool {
    let style = |block: usize| {
        let piece = &draft.pieces()[block];
        let label = piece.facts().markers.first().filter(|marker| marker.opens);
        let nesting = match &piece.block().kind {
            Kind::Item(item) => Some((item.list, item.depth)),
            Kind::Heading(_) => Some((u32::MAX, 0)),
            _ => None,
        };
        (label.map(|label| label.reading.style), nesting)
    };
    let between = before.place.block + 1..item.place.block;
    let rises = before.number.is_none_or(|before| item.number.is_some_and(|number| number > before));
    rises && style(before.place.block) == style(item.place.block) && between.into_iter().all(|block| style(block) == (None, None))
}

fn span(draft: &Draft, said: &[Said]) -> Span {
    let (first, last) = (&said[0], &said[said.len() - 1]);
    if first.block == last.block {
        return span_at(Place::new(first.block, first.range.start..last.range.end));
    }
    Span {
        first: Place::new(first.block, first.range.start..draft.pieces()[first.block].prose().len()),
        last: Place::new(last.block, 0..last.range.end),
    }
}

fn span_at(place: Place) -> Span {
    Span {
        first: place.clone(),
        last: place,
    }
}

fn echo(original: Span, copy: Span, points: i64) -> Passage {
    Passage {
        original,
        copies: vec![copy],
        count: 1,
        verbatim: true,
        differing: Vec::new(),
        whole_sentences: true,
        points,
        distance: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn echoes(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        let found = find(&draft, &Stream::of(&draft));
        found
            .iter()
            .map(|echo| draft.text().slice(echo.copies[0].source_range(&draft)).into_owned())
            .collect()
    }

    #[test]
    fn what_is_said_again_close_by_is_an_echo() {
        for (text, echo) in [
            ("我们上门走访，逐户核对信息，逐户核对信息，建立台账。\n", "逐户核对信息"),
            ("开学前全面检修。食堂换了新灶台。食堂换了新灶台。家长满意。\n", "食堂换了新灶台"),
            ("先摸底，再建档，后帮扶，先摸底，再建档，后帮扶。\n", "先摸底，再建档，后帮扶"),
            ("各村都建起了工作台账。\n各村都建起了工作台账。\n", "各村都建起了工作台账"),
            (
                "镇纪委每月抽查一次到岗情况。\n（二）抓督查\n镇纪委每月抽查一次到岗情况。\n",
                "镇纪委每月抽查一次到岗情况",
            ),
            ("（1）清理河道垃圾；\n（2）修补破损护坡；\n（3）清理河道垃圾；\n", "清理河道垃圾"),
            ("1. 检修泵站。\n泵站老旧。\n2. 疏浚沟渠。\n3. 检修泵站。\n", "检修泵站"),
            ("全年下拨救灾款38万元，全年下拨救灾款38万元，没有截留。\n", "全年下拨救灾款38万元"),
        ] {
            let text = text.replace("检修泵站。", "检修排灌泵站。");
            let echo = echo.replace("检修泵站", "检修排灌泵站");
            assert_eq!(echoes(&text), [echo], "{text}");
        }
    }

    #[test]
    fn what_returns_by_right_is_none() {
        for text in [
            // Only the figures are new.
            "东片增收38万元，东片增收42万元。\n",
            "苦干，实干，苦干，实干。\n",
            // The refrain of a form.
            "一组。经核查资料齐全完整。\n二组。经核查资料齐全完整。\n三组。经核查资料齐全完整。\n",
            "符合条件的可以提前申请退出。提前申请退出的，须经村民会议同意。\n",
            "国产大型收割机销路打开\n展会上人头攒动。国产大型收割机销路打开。\n",
            "奋力谱写美丽河湾新篇章，贡献河湾农人力量。\n修好了路。\n奋力谱写美丽河湾新篇章，贡献河湾农人力量。\n",
            "（1）责任单位：县水利局、县财政局；\n（2）责任单位：县水利局、县财政局；\n",
            "（一）农业\n1.完成情况良好；\n2.还有困难；\n（二）工业\n1.完成情况良好；\n2.没有困难；\n",
            "“一路走好，一路走好，”孩子们喊道。\n",
            "镇里的工作台账很全。各村各组也都建起了工作台账。\n",
        ] {
            assert_eq!(echoes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_endless_line_of_echoes_takes_linear_time() {
        assert!(!echoes(&"食堂换了新灶台，".repeat(20_000)).is_empty());
        assert!(echoes(&format!("{}。", "甲").repeat(50_000)).is_empty());
    }
}

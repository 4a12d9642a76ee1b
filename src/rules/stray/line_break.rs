//! `stray/line-break`: a paragraph broken in mid-sentence.

use super::full_stop;
use crate::draft::Place;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;
use crate::script::{is_clause_end, is_sentence_end};
use crate::source::block::Kind;

pub struct LineBreak;

static META: Meta = Meta {
    name: "stray/line-break",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("段落在句子中间断开", "A paragraph is broken in the middle of a sentence"),
    explanation: Bilingual::fixed(
        "从网页、PDF或扫描件复制来的文稿，常在原来换页的地方留下空行，把一句话拆成两段。前一段没有句末标点，后一段接着说完这句话，就属于这种情形。标题、落款、编号段落不在此列。把两段连起来；断开的地方若本是句末，则是漏了句号，补上即可。",
        "Text copied from web pages, PDF files or scans often keeps an empty line where a page ended, and a sentence is torn in two. The first paragraph stops without a mark and the next goes on with the sentence. Headings, signatures and numbered paragraphs are left alone. Join the two paragraphs; where a sentence ends at the break, its full stop was lost and is to be put in.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[Example::plain(
        "通过示范点建设，全区涌现出一大批先进典型，发挥了引领作用，达到了抓点示范、以点带面、联点成\n\n线、辐射成带的目的。\n",
        "通过示范点建设，全区涌现出一大批先进典型，发挥了引领作用，达到了抓点示范、以点带面、联点成线、辐射成带的目的。\n\n二、下一步打算。\n",
    )],
};

impl Rule for LineBreak {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pieces = context.draft.pieces().iter().enumerate();
        let joints: Vec<(usize, usize)> = pieces
            .flat_map(|(block, piece)| piece.block().joints.iter().map(move |&joint| (block, joint)))
            .collect();
        let ends = full_stop::may_be_missing(context.draft, &joints);
        let torn = joints.into_iter().zip(ends);
        let torn = torn.map(|((block, joint), ends_sentence)| (ends_sentence, (Break::at(context, block, joint), ends_sentence)));
        findings.extend(fold::groups(torn).iter().filter_map(|breaks| report(context, breaks)));
        findings.extend((0..context.draft.pieces().len()).filter_map(|block| cut_off(context, block)));
    }
}

/// The characters on both sides of a break, so that it can be seen in an editor.
struct Break {
    last: Place,
    first: Place,
}

impl Break {
    fn at(context: &Context, block: usize, joint: usize) -> Break {
        let prose = context.draft.pieces()[block].prose();
        let before = prose[..joint].chars().next_back().map_or(0, char::len_utf8);
        let after = prose[joint..].chars().next().map_or(0, char::len_utf8);
        Break {
            last: Place::new(block, joint - before..joint),
            first: Place::new(block, joint..joint + after),
        }
    }

    fn both(&self) -> Place {
        Place::new(self.last.block, self.last.start..self.first.end)
    }

    /// Some words on either side, up to the nearest mark.
    fn sides<'a>(&self, context: &'a Context) -> (&'a str, &'a str) {
        const REACH: usize = 6;
        let prose = context.draft.pieces()[self.last.block].prose();
        let goes_on = |(_, char): &(usize, char)| !is_clause_end(*char) && !is_sentence_end(*char);
        let (before, after) = (&prose[..self.last.start], &prose[self.first.end..]);
        let left = before.char_indices().rev().take(REACH).take_while(goes_on).last();
        let right = after.char_indices().take(REACH).take_while(goes_on).last();
        let start = left.map_or(self.last.start, |(at, _)| at);
        let end = self.first.end + right.map_or(0, |(at, char)| at + char.len_utf8());
        (&prose[start..self.last.end], &prose[self.first.start..end])
    }

    fn mend(&self, context: &Context) -> Edit {
        Edit::delete(context.source_range(&self.last).end..context.source_range(&self.first).start)
    }
}

/// The breaks of a group, each with whether a sentence may end there; it is the same for all of one group.
fn report(context: &Context, breaks: &[(Break, bool)]) -> Option<Finding> {
    let (first, ends_sentence) = breaks.first()?;
    let (in_all_zh, in_all_en) = fold::count(breaks.len());
    let (before, after) = first.sides(context);
    let message = match ends_sentence {
        true => Bilingual::new(
            format!("“…{before}”之后断成了两段，接着是“{after}…”{in_all_zh}：是一句话断开了，还是漏了句号？"),
            format!("The paragraph breaks off at “…{before}” and the next begins “{after}…”{in_all_en}: is a sentence torn, or a full stop lost?"),
        ),
        false => Bilingual::new(
            format!("一句话断成了两段：“…{before}”，“{after}…”{in_all_zh}"),
            format!("A sentence is torn into two paragraphs: “…{before}”, “{after}…”{in_all_en}"),
        ),
    };
    let places: Vec<Place> = breaks.iter().map(|(torn, _)| torn.both()).collect();
    let finding = Finding::new(META.name, META.severity, context.source_range(&places[0]), message);
    let finding = fold::relate(context, finding, places.iter());
    let edits = fold::apart(breaks.iter().map(|(torn, _)| torn.mend(context)));
    let finding = finding.fix(Fix::r#unsafe(
        Bilingual::new(format!("连成一段{in_all_zh}"), format!("Join the two paragraphs{in_all_en}")),
        edits,
    ));
    if !ends_sentence {
        return Some(finding);
    }
    let stops = breaks.iter().map(|(torn, _)| Edit::insert(context.source_range(&torn.last).end, "。"));
    let title = Bilingual::new(format!("补“。”{in_all_zh}"), format!("Put in “。”{in_all_en}"));
    Some(finding.fix(Fix::r#unsafe(title, fold::apart(stops))))
}

/// A paragraph of whole sentences that ends with a word which asks for more, as when a page was not copied to its end.
fn cut_off(context: &Context, block: usize) -> Option<Finding> {
    const SHORTEST: usize = 40;
    let piece = &context.draft.pieces()[block];
    let prose = piece.prose();
    let last = prose
        .chars()
        .next_back()
        .filter(|last| "，、和与及在对把被将从向于并而或如,".contains(*last))?;
    let is_text = piece.block().kind == Kind::Paragraph && prose.contains('。') && prose.chars().nth(SHORTEST).is_some();
    let goes_on_as_list = context.draft.pieces().get(block + 1).is_some_and(|next| !next.facts().markers.is_empty());
    if !is_text || goes_on_as_list {
        return None;
    }
    let place = Place::new(block, prose.len() - last.len_utf8()..prose.len());
    let message = Bilingual::new(
        format!("这一段到“{last}”为止，话没有说完"),
        format!("The paragraph breaks off at “{last}”; the sentence is not finished"),
    );
    Some(Finding::new(META.name, Severity::Info, context.source_range(&place), message))
}

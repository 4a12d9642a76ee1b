//! `stray/line-break`: a paragraph broken in mid-sentence.

use crate::draft::Place;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct LineBreak;

static META: Meta = Meta {
    name: "stray/line-break",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("段落在句子中间断开", "A paragraph is broken in the middle of a sentence"),
    explanation: Bilingual::fixed(
        "从网页、PDF或扫描件复制来的文稿，常在原来换页的地方留下空行，把一句话拆成两段。前一段没有句末标点，后一段接着说完这句话，就属于这种情形。标题、落款、编号段落不在此列。把两段连起来即可。",
        "Text copied from web pages, PDF files or scans often keeps an empty line where a page ended, and a sentence is torn in two. The first paragraph stops without a mark and the next goes on with the sentence. Headings, signatures and numbered paragraphs are left alone. Join the two paragraphs.",
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
        for (index, piece) in context.draft.pieces().iter().enumerate() {
            for &joint in &piece.block().joints {
                findings.push(torn_at(context, index, joint));
            }
        }
    }
}

/// The finding covers the characters on both sides of the break, so that it can be seen in an editor.
fn torn_at(context: &Context, block: usize, joint: usize) -> Finding {
    let prose = context.draft.pieces()[block].prose();
    let before = prose[..joint].chars().next_back().map_or(0, char::len_utf8);
    let after = prose[joint..].chars().next().map_or(0, char::len_utf8);
    let last = context.source_range(&Place::new(block, joint - before..joint));
    let first = context.source_range(&Place::new(block, joint..joint + after));
    let message = Bilingual::new(
        format!("句子在“{}”后断成了两段", &prose[joint - before..joint]),
        "The sentence is torn into two paragraphs here",
    );
    let fix = Fix::r#unsafe(
        Bilingual::fixed("连成一段", "Join the two paragraphs"),
        [Edit::delete(last.end..first.start)],
    );
    Finding::new(META.name, META.severity, last.start..first.end, message).fix(fix)
}

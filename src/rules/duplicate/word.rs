//! `duplicate/word`: a word written twice in a row.

use crate::draft::Place;
use crate::facts::doubled::{Doubled, Sureness};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct DuplicateWord;

static META: Meta = Meta {
    name: "duplicate/word",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同一个词连写两遍", "A word is written twice in a row"),
    explanation: Bilingual::fixed(
        "改稿时删得不净、输入时多敲一次，会留下“的的”“进行进行”。查不会重叠使用的虚词和两个字以上的词语；“天天”“常常”“研究研究”“高高兴兴”“一件件”这类正常重叠，以及“目的的”“委员会会同”这类分属两个词的相同字，都不算。删去一个即可。",
        "A sentence changed in haste keeps a word twice: 的的, 进行进行. Particles, and words and phrases of two characters or more that nobody doubles on purpose, are looked at. Doubling on purpose (天天, 研究研究, 一件件) and equal characters of two words (目的|的, 委员会|会同) are left alone. Delete one of the two.",
    ),
    clause: None,
    fix: Fixable::Safe,
    examples: &[
        Example::plain("解决群众的的实际困难。\n", "目的的实现靠群众，的的确确如此。\n"),
        Example::plain("组织人员对沟渠进行进行清淤。\n", "组织人员研究研究，对沟渠进行清淤。\n"),
    ],
};

impl Rule for DuplicateWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            findings.extend(piece.facts().doubled.iter().map(|doubled| finding(context, block, doubled)));
        }
    }
}

fn finding(context: &Context, block: usize, doubled: &Doubled) -> Finding {
    let second = Place::new(block, doubled.second.clone());
    let word = context.quote(&second).trim_start_matches('、');
    let seen = wording::in_clause(context.draft, &Place::new(block, doubled.range.clone()));
    let message = Bilingual::new(
        format!("{seen}里的“{word}”连写了两遍"),
        format!("“{word}” is written twice in a row in {seen}"),
    );
    let title = Bilingual::new(format!("删去一个“{word}”"), format!("Delete one “{word}”"));
    let edits = [Edit::delete(context.source_range(&second))];
    let fix = if doubled.sureness == Sureness::Certain {
        Fix::safe(title, edits)
    } else {
        Fix::r#unsafe(title, edits)
    };
    let range = context.source_range(&Place::new(block, doubled.range.clone()));
    let severity = if doubled.sureness == Sureness::Possible {
        Severity::Info
    } else {
        META.severity
    };
    Finding::new(META.name, severity, range, message).fix(fix)
}

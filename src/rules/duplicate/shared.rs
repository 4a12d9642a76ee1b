//! `duplicate/shared`: a passage that drafts which belong together have in common.

use crate::dossier::Companion;
use crate::draft::Place;
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::common::{Clauses, Reading, Run};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct SharedPassage;

static META: Meta = Meta {
    name: "duplicate/shared",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed(
        "与同组的另一份文稿有相同的段落，改一处时另一处也要改",
        "A passage also stands in a draft that belongs to this one; a change here is due there too",
    ),
    explanation: Bilingual::fixed(
        "报告、附件、新闻稿是一套（--together，或者jiaogao.toml里的together），新闻稿引用报告原文本是常事，不是差错。这条规则只在后面的文稿里提示哪些话与前面的相同，改动时好一并改；多于五段的合为一条。两处文字相同而数字不同的，由figure/conflict报告。",
        "A report, its annexes and its press release belong together (--together, or together in jiaogao.toml), and that one quotes another is no slip. The rule only tells, in the later draft, which passages it has in common with an earlier one, so that a change can be made in both; more than five become one hint. Where the words agree and a figure does not, figure/conflict speaks.",
    ),
    clause: None,
    fix: Fixable::Never,
    examples: &[Example::plain(
        "一年来，学校把课堂还给学生，教师每星期坐在一起磨一节课，家长也走进教室听课评课。\n",
        "一年来，学校的课堂有了新的面貌，家长也走进教室听课评课。\n",
    )
    .beside("二、主要工作\n学校把课堂还给学生，教师每星期坐在一起磨一节课，家长也走进教室听课评课。\n")],
};

/// Signs of the draft's own that a passage must have for it to be told.
const FEWEST_SIGNS: usize = 30;
/// As many passages are told one by one.
const MOST_APART: usize = 5;
/// As many places are pointed at by a finding for all.
const MOST_RELATED: usize = 20;

impl Rule for SharedPassage {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let dossier = context.dossier;
        for companion in dossier.companions.iter().take(dossier.position) {
            let passages = passages(context, companion);
            if passages.len() > MOST_APART {
                findings.push(for_all(context, companion, &passages));
            } else {
                findings.extend(passages.iter().map(|passage| finding(context, companion, passage)));
            }
        }
    }
}

/// A passage: where it begins and ends in the draft, and in the companion.
struct Passage {
    own: (Place, Place),
    other: (Place, Place),
}

fn passages(context: &Context, companion: &Companion) -> Vec<Passage> {
    let (own, other) = (Reading::of(context.draft, context.models), companion.reading());
    let signs = |run: &Run| run.pairs.iter().map(|pair| own.clauses.get(pair.own).own).sum::<usize>();
    let runs = own.clauses.runs(other.clauses).into_iter().filter(|run| signs(run) >= FEWEST_SIGNS);
    runs.filter_map(|run| {
        let (first, last) = (run.pairs.first()?, run.pairs.last()?);
        Some(Passage {
            own: (place(own.clauses, first.own), place(own.clauses, last.own)),
            other: (place(other.clauses, first.other), place(other.clauses, last.other)),
        })
    })
    .collect()
}

fn place(clauses: &Clauses, index: usize) -> Place {
    let clause = clauses.get(index);
    Place::new(clause.block, clause.range.clone())
}

fn finding(context: &Context, companion: &Companion, passage: &Passage) -> Finding {
    let name = companion.document.name();
    let draft = companion.draft();
    let start = draft.source_range(&passage.other.0).start;
    let line = draft.line_in_words(start);
    let first = &passage.own.0;
    let prose = context.draft.pieces()[first.block].prose();
    let opening = wording::opening(prose[first.start..].chars());
    let message = Bilingual::new(
        format!("{opening}与{name}{}相同，改动时请一并改", line.zh),
        format!("{opening} also stands in {name}, {}; change both together", line.en),
    );
    let range = context.source_range(&passage.own.0).start..context.source_range(&passage.own.1).end;
    relate(Finding::new(META.name, META.severity, range, message), companion, passage)
}

fn for_all(context: &Context, companion: &Companion, passages: &[Passage]) -> Finding {
    let (name, count) = (companion.document.name(), passages.len());
    let message = Bilingual::new(
        format!("这份文稿有{count}段话与{name}相同，改动时请一并改"),
        format!("{count} passages of this draft also stand in {name}; change both together"),
    );
    let range = context.source_range(&passages[0].own.0).start..context.source_range(&passages[0].own.1).end;
    let finding = Finding::new(META.name, META.severity, range, message);
    passages
        .iter()
        .take(MOST_RELATED)
        .fold(finding, |finding, passage| relate(finding, companion, passage))
}

fn relate(finding: Finding, companion: &Companion, passage: &Passage) -> Finding {
    let draft = companion.draft();
    let range = draft.source_range(&passage.other.0).start..draft.source_range(&passage.other.1).end;
    finding.related_in(&companion.document, range, Bilingual::fixed("这里也有", "Here as well"))
}

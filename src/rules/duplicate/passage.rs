//! `duplicate/passage`: a passage that stands twice.

use std::ops::Range;

use crate::draft::{Draft, Place};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::passages::difference::{self, Difference};
use crate::model::passages::{Passage, SURE, Span};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct DuplicatePassage;

static META: Meta = Meta {
    name: "duplicate/passage",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同一段话出现两次", "A passage stands twice in the draft"),
    explanation: Bilingual::fixed(
        "几个科室供稿、几次修改之后，同一段话常会留在两个地方，有时只改了几个字、少了一个分句，或者一处的数字更新了、另一处没有。逐字相同和略有改动的都算，跨段落的也算。标题、目录、表格、书名号里的名称、固定提法和口号不算，句式相同而数字各异的并列句也不算。保留一处，删去另一处；两处数字不同的，先核对哪个对。",
        "When several offices contribute or a draft is revised many times, one passage often stays in two places, sometimes with a few characters changed, a clause left out, or a figure brought up to date in one place only. Headings, contents lists, tables, titles, set phrases and slogans do not count, nor do sentences built alike with figures of their own. Keep one place and delete the other; where figures differ, find out first which one is right.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "二是开展结对帮扶。机关干部共走访困难家庭316户,送去米面油948份,解决实际问题57个。\n三是开展志愿服务。入户宣讲政策,义务清扫街巷。志愿者共走访困难家庭316户,送去米面油948份,解决实际问题57个。\n",
            "二是开展结对帮扶。机关干部共走访困难家庭316户,送去米面油948份,解决实际问题57个。\n三是开展志愿服务。入户宣讲政策,义务清扫街巷。志愿者共整治卫生死角42处,清运垃圾130吨。\n",
        ),
        Example::plain(
            "组织农技人员下乡指导春管，发放技术资料8600份，培训农民4900人次。\n今年雨水偏少，各村提前检修泵站，清理沟渠，把水蓄足，春灌比常年早了十来天。水利站分片包干，夜里也有人守着闸口，没有一块田因为缺水误了农时。\n组织农技人员下乡指导春管，发放技术资料8600份，培训农民4600人次。\n",
            "上半年，东片新增大棚120座，产值增长8.1%；西片新增大棚95座，产值增长6.4%。\n今年雨水偏少，各村提前检修泵站。\n下半年，东片新增大棚60座，产值增长7.2%；西片新增大棚41座，产值增长5.9%。\n",
        ),
    ],
};

impl Rule for DuplicatePassage {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        findings.extend(context.models.passages.repeated.iter().map(|passage| finding(context, passage)));
    }
}

fn finding(context: &Context, passage: &Passage) -> Finding {
    let draft = context.draft;
    let severity = if passage.points < SURE { Severity::Info } else { META.severity };
    let (original, copy) = (&passage.original, &passage.copies[0]);
    let mut finding = Finding::new(META.name, severity, whole_clauses(draft, copy), message(draft, passage)).related(
        whole_clauses(draft, original),
        Bilingual::fixed("这段话先出现在这里", "It stands here first"),
    );
    for copy in &passage.copies[1..] {
        finding = finding.related(copy.source_range(draft), Bilingual::fixed("这里又出现一次", "And here once more"));
    }
    for (before, after) in &passage.differing {
        finding = finding
            .related(
                draft.source_range(before),
                Bilingual::fixed("前一处的数字", "The figure in the first place"),
            )
            .related(
                draft.source_range(after),
                Bilingual::fixed("后一处的数字", "The figure in the second place"),
            );
    }
    let help = match passage.differing.is_empty() {
        true => Bilingual::fixed("保留一处，删去另一处", "Keep one of the two"),
        false => Bilingual::fixed(
            "先核对哪个数字对，再删去多余的一处",
            "Find out which figure is right, then keep one place",
        ),
    };
    let there = wording::elsewhere(draft, &copy.first, &original.first);
    let delete_here = Bilingual::new(
        format!("删去这一处，保留{}的", there.zh),
        format!("Delete this copy and keep the one {}", there.en),
    );
    let delete_there = Bilingual::new(
        format!("删去{}的，保留这一处", there.zh),
        format!("Delete the copy {} and keep this one", there.en),
    );
    finding
        .help(help)
        .fix(deletion(draft, copy, delete_here))
        .fix(deletion(draft, original, delete_there))
}

fn message(draft: &Draft, passage: &Passage) -> Bilingual {
    let copy = &passage.copies[0];
    let opening = wording::opening(text_from_clause(draft, copy));
    let there = wording::elsewhere(draft, &copy.first, &passage.original.first);
    let times = passage.count + 1;
    let (alike, alike_en) = match passage.verbatim {
        true => ("重复", "repeats what stands"),
        false => ("基本重复", "nearly repeats what stands"),
    };
    let mut zh = format!("{opening}与{}{alike}", there.zh);
    let mut en = format!("{opening} {alike_en} {}", there.en);
    if times > 2 {
        zh.push_str(&format!("，全文共出现{times}次"));
        en.push_str(&format!(", {times} times in all"));
    }
    if !passage.verbatim {
        let (what, what_en) = what_differs(draft, passage);
        zh.push_str(&what);
        en.push_str(&what_en);
    }
    Bilingual::new(zh, en)
}

/// The first differences of a copy from the original; figures come before words.
fn what_differs(draft: &Draft, passage: &Passage) -> (String, String) {
    const SHOWN: usize = 2;
    let mut differences = difference::differences(draft, &passage.original, &passage.copies[0], MOST_COMPARED);
    let is_figure = |difference: &Difference| {
        let place = difference.after.as_ref().or(difference.before.as_ref());
        place.is_some_and(|place| passage.differing.iter().any(|(_, after)| after == place))
    };
    differences.sort_by_key(|difference| !is_figure(difference));
    let shown = differences.iter().take(SHOWN).filter_map(|difference| in_words(draft, difference));
    let (zh, en): (Vec<String>, Vec<String>) = shown.unzip();
    if zh.is_empty() {
        return (String::new(), String::new());
    }
    let (more_zh, more_en) = match differences.len() > SHOWN {
        true => ("，等等", ", and more"),
        false => ("", ""),
    };
    (
        format!("；不同的是{}{more_zh}", zh.join("，")),
        format!("; what differs: {}{more_en}", en.join(", ")),
    )
}

/// Differences that are looked for.
const MOST_COMPARED: usize = 8;

fn in_words(draft: &Draft, difference: &Difference) -> Option<(String, String)> {
    let quote = |place: &Place| wording::shortened(draft.quote(place));
    Some(match (&difference.before, &difference.after) {
        (Some(before), Some(after)) => {
            let (before, after) = (quote(before), quote(after));
            (format!("前一处{before}、这里{after}"), format!("{before} there, {after} here"))
        }
        (Some(before), None) => {
            let before = quote(before);
            (format!("这里少{before}"), format!("{before} is left out here"))
        }
        (None, Some(after)) => {
            let after = quote(after);
            (format!("这里多{after}"), format!("{after} is added here"))
        }
        (None, None) => return None,
    })
}

/// The text of a run from the clause on in which it begins.
fn text_from_clause<'a>(draft: &'a Draft, span: &'a Span) -> impl Iterator<Item = char> + 'a {
    let blocks = span.first.block..=span.last.block;
    blocks.flat_map(move |block| {
        let prose = draft.pieces()[block].prose();
        let start = if block == span.first.block {
            clause_start(draft, &span.first)
        } else {
            0
        };
        let end = if block == span.last.block { span.last.end } else { prose.len() };
        prose[start..end.max(start)].chars()
    })
}

/// A run with the clause in which it begins, in bytes of the draft.
fn whole_clauses(draft: &Draft, span: &Span) -> Range<usize> {
    let first = Place::new(span.first.block, clause_start(draft, &span.first)..span.first.end);
    draft.source_range(&first).start..draft.source_range(&span.last).end
}

/// Deletes a run with the marks that would be left over: whole sentences go with their full stop, and a run that ends a sentence begun before
/// takes the comma in front of it instead.
fn deletion(draft: &Draft, span: &Span, title: Bilingual) -> Fix {
    let first = clause_start(draft, &span.first);
    let (end, closes_sentence) = clause_end(draft, &span.last);
    let prose = draft.pieces()[span.first.block].prose();
    let mut range = draft.source_range(&Place::new(span.first.block, first..span.first.end)).start
        ..draft.source_range(&Place::new(span.last.block, span.last.start..end)).end;
    let before = prose[..first].char_indices().next_back();
    if let Some((at, mark)) = before
        && closes_sentence
        && matches!(mark, '，' | ',' | '；' | ';' | '：' | ':')
    {
        let kept = draft.source_range(&Place::new(span.last.block, span.last.start..span.last.end)).end;
        range = draft.source_range(&Place::new(span.first.block, at..first)).start..kept;
    }
    Fix::r#unsafe(title, [Edit::delete(range)])
}

fn clause_start(draft: &Draft, place: &Place) -> usize {
    let clauses = &draft.pieces()[place.block].facts().wording.clauses;
    let index = clauses.partition_point(|clause| clause.end <= place.start);
    clauses.get(index).map_or(place.start, |clause| clause.range.start.min(place.start))
}

fn clause_end(draft: &Draft, place: &Place) -> (usize, bool) {
    let clauses = &draft.pieces()[place.block].facts().wording.clauses;
    let index = clauses.partition_point(|clause| clause.end < place.end);
    clauses
        .get(index)
        .map_or((place.end, false), |clause| (clause.end.max(place.end), clause.ends_sentence))
}

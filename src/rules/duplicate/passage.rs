//! `duplicate/passage`: a passage that stands twice.

use crate::draft::{Draft, Place};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::passages::{Passage, Span};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

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

/// Points below which a repetition is only worth a look.
const SURE: i64 = 30;

fn finding(context: &Context, passage: &Passage) -> Finding {
    let draft = context.draft;
    let severity = if passage.points < SURE { Severity::Info } else { META.severity };
    let original = passage.original.source_range(draft);
    let mut finding = Finding::new(META.name, severity, passage.copies[0].source_range(draft), message(draft, passage))
        .related(original, Bilingual::fixed("这段话先出现在这里", "It stands here first"));
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
    finding.help(help).fix(deletion(draft, &passage.copies[0]))
}

fn message(draft: &Draft, passage: &Passage) -> Bilingual {
    let opening = opening(draft, &passage.copies[0]);
    let line = draft.line_in_words(passage.original.source_range(draft).start);
    let times = passage.count + 1;
    let (alike, alike_en) = match passage.verbatim {
        true => ("重复", "repeats"),
        false => ("基本重复", "nearly repeats"),
    };
    let mut zh = format!("“{opening}…”与{}{alike}", line.zh);
    let mut en = format!("“{opening}…” {alike_en} {}", line.en);
    if times > 2 {
        zh.push_str(&format!("，全文共出现{times}次"));
        en.push_str(&format!("; it stands {times} times in all"));
    }
    if let Some((before, after)) = passage.differing.first() {
        let (before, after) = (draft.quote(before), draft.quote(after));
        zh.push_str(&format!("，但数字不同：前为{before}，此处为{after}"));
        en.push_str(&format!(", but with another figure: {before} there, {after} here"));
    }
    Bilingual::new(zh, en)
}

/// The first characters of a run, as a reader would name it.
fn opening(draft: &Draft, span: &Span) -> String {
    const CHARACTERS: usize = 14;
    let blocks = span.first.block..=span.last.block;
    let text = blocks.flat_map(|block| {
        let start = if block == span.first.block { span.first.start } else { 0 };
        draft.pieces()[block].prose()[start..].chars()
    });
    text.take(CHARACTERS).collect()
}

/// Deletes a run with the marks that would be left over: whole sentences go with their full stop, and a run that ends a sentence begun before
/// takes the comma in front of it instead.
fn deletion(draft: &Draft, span: &Span) -> Fix {
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
    Fix::r#unsafe(Bilingual::fixed("删去后一处", "Delete the second copy"), [Edit::delete(range)])
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

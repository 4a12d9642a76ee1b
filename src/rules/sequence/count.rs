//! `sequence/count`: a list does not have the announced number of items.

use super::severity;
use crate::draft::Place;
use crate::facts::enumeration::Enumeration;
use crate::facts::marker::script::Script;
use crate::facts::refrain::Refrain;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::numbering::announced::Miscount;
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct Count;

static META: Meta = Meta {
    name: "sequence/count",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("所说的项数与实际列出的不符", "A list does not have the announced number of items"),
    explanation: Bilingual::fixed(
        "“以下三点”“五个方面”“四项措施”之后列出的项数，以及“综合、后勤、宣传3个工作组”这样逐个列名的个数，“四不准”“五个必须”一类反复同一个词的个数，应当与所说的数一致。“共27条，主要包括”之类只列一部分的说法和带“等”的列举不在此列。核对是多列、漏列了一项，还是数写错了。",
        "What is listed after 以下三点 or 五个方面, what is named beside a number (综合、后勤、宣传3个工作组), and clauses that repeat a counted word (五个必须) should be as many as was said. Lists that give only a part (主要包括, 等) are left alone. Check whether an item is missing or the number is wrong.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "重点抓好五件事：一是引种；二是扩建；三是设基金；四是完善配套。\n",
            "重点抓好四件事：一是引种；二是扩建；三是设基金；四是完善配套。\n",
        ),
        Example::plain(
            "主要有以下三个方面的问题。\n（一）人手不足。\n（二）经费不足。\n（三）设备老化。\n（四）机制不活。\n",
            "共出台27条措施，主要包括：一是减税；二是降费；三是贴息。\n",
        ),
        Example::plain(
            "指挥部下设综合协调、后勤保障、医疗救护、新闻宣传5个工作组。\n",
            "指挥部下设综合协调、后勤保障、医疗救护、新闻宣传等5个工作组。\n",
        ),
    ],
};

impl Rule for Count {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        findings.extend(context.models.numbering.miscounts().iter().map(|miscount| miscounted(context, miscount)));
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let disagreeing = piece.facts().enumerations.iter().filter(|found| found.disagrees());
            findings.extend(disagreeing.map(|found| misnamed(context, block, found)));
            let disagreeing = piece.facts().refrains.iter().filter(|found| found.disagrees());
            findings.extend(disagreeing.map(|found| missaid(context, block, found)));
        }
    }
}

fn miscounted(context: &Context, miscount: &Miscount) -> Finding {
    let list = &context.models.numbering.lists()[miscount.list];
    let first = super::item(context, list, 0);
    let last = super::item(context, list, list.items.len() - 1);
    let announced = context.quote(&miscount.place);
    let message = Bilingual::new(
        format!(
            "这里说“{announced}”，后面却列了{}项（从“{}”到“{}”）",
            miscount.counted,
            super::label(context, first),
            super::label(context, last)
        ),
        format!("“{announced}” is announced, but {} items follow", miscount.counted),
    );
    let announcement = &miscount.announcement;
    let fix = corrected(
        context,
        miscount.place.block,
        &announcement.numeral,
        announcement.script,
        miscount.counted,
    );
    Finding::new(META.name, severity(miscount.confidence), context.source_range(&miscount.place), message)
        .related(context.source_range(&last.place), Bilingual::fixed("最后一项在这里", "The last item"))
        .fix(fix)
}

fn misnamed(context: &Context, block: usize, found: &Enumeration) -> Finding {
    let named = found.most_likely();
    let message = Bilingual::new(
        format!(
            "这里列出的名称有{named}个，数却写作“{}”",
            &context.draft.pieces()[block].prose()[found.numeral.clone()]
        ),
        format!("{named} names stand beside the number {}", found.count),
    );
    let range = context.source_range(&Place::new(block, found.range.clone()));
    Finding::new(META.name, Severity::Warning, range, message).fix(corrected(context, block, &found.numeral, found.script, named))
}

fn missaid(context: &Context, block: usize, found: &Refrain) -> Finding {
    let prose = context.draft.pieces()[block].prose();
    let (announced, word) = (&prose[found.range.clone()], &prose[found.word.clone()]);
    let message = Bilingual::new(
        format!("这里说“{announced}”，列出的“{word}”却有{}个", found.said),
        format!("“{announced}” is announced, but {} clauses with “{word}” stand beside it", found.said),
    );
    let range = context.source_range(&Place::new(block, found.range.clone()));
    Finding::new(META.name, Severity::Warning, range, message).fix(corrected(context, block, &found.numeral, found.script, found.said))
}

/// Writes the number that was counted in the place of the announced one.
fn corrected(context: &Context, block: usize, numeral: &std::ops::Range<usize>, script: Script, count: u32) -> Fix {
    let place = Place::new(block, numeral.clone());
    let written = match script {
        Script::Han if count == 2 => Some("两".to_owned()),
        _ => script.write(count, context.quote(&place)),
    };
    let written = written.unwrap_or_else(|| count.to_string());
    let title = Bilingual::new(format!("把数改为“{written}”"), format!("Write “{written}”"));
    Fix::r#unsafe(title, [Edit::replace(context.source_range(&place), written)])
}

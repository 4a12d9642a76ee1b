//! `sequence/reference`: the draft points at a part of itself that is not there.

use crate::draft::Place;
use crate::facts::marker::script;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::references::Dangling;
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct Reference;

static META: Meta = Meta {
    name: "sequence/reference",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed(
        "文中所指的图、表、附件或章条不存在",
        "The draft points at a part of itself that is not there",
    ),
    explanation: Bilingual::fixed(
        "“见表3”“详见附件2”“见第九章”所指的，应当能在文稿里找到。找不到多半是图表增删之后没有改正文里的号。指向别的文件的（《…》第三条）不在此列；文稿里一个图题表题也没有的，也不报告。图题、表题在正文里从未提到的，作为提示报告。",
        "What 见表3, 详见附件2 or 见第九章 points at should be in the draft. Mostly a table was added or removed and the text not changed. References to other documents are left alone, and so are drafts that have no captions at all. Captions that the text never mentions are reported as worth a look.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "产量见表1，意愿见表3。\n表1 分品种产量\n表2 农户意愿\n",
            "产量见表1，意愿见表2。\n表1 分品种产量\n表2 农户意愿\n",
        ),
        Example::plain(
            "第一章 总论\n项目可行，测算见第四章。\n第二章 建设\n工期两年。\n第三章 财务\n收支平衡。\n",
            "第一章 总论\n项目可行，测算见第三章。\n第二章 建设\n依据《管理办法》第九章。\n第三章 财务\n收支平衡。\n",
        ),
        Example::plain(
            "一、总体情况\n整改要求见本通报第四部分。\n二、主要问题\n台账不全。\n三、工作要求\n限期整改。\n",
            "一、总体情况\n整改要求见本通报第三部分。\n二、主要问题\n台账不全。\n三、工作要求\n限期整改。\n",
        ),
    ],
};

impl Rule for Reference {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let references = &context.models.references;
        findings.extend(references.dangling.iter().map(|dangling| leads_nowhere(context, dangling)));
        for place in &references.unmentioned {
            let label = context.quote(place).trim();
            let message = Bilingual::new(
                format!("正文里没有提到“{label}”，别的图表都提到了"),
                format!("The text never mentions “{label}”, though it mentions the others"),
            );
            findings.push(Finding::new(META.name, Severity::Info, context.source_range(place), message));
        }
    }
}

fn leads_nowhere(context: &Context, dangling: &Dangling) -> Finding {
    let name = context.quote(&dangling.place);
    let last = last_in_the_form_asked_for(context, dangling);
    let there = wording::elsewhere(context.draft, &dangling.place, &dangling.last);
    let (hint_zh, hint_en) = match &dangling.meant {
        Some((part, _)) => {
            let part = context.quote(part).trim();
            (
                format!("；正文里没有提到“{part}”，是否指它？"),
                format!("; nothing points at “{part}”: is it meant?"),
            )
        }
        None => (String::new(), String::new()),
    };
    let message = Bilingual::new(
        format!("文中没有“{name}”，最后一个是“{last}”（{}）{hint_zh}", there.zh),
        format!("There is no “{name}” in this draft; the last one is “{last}” ({}){hint_en}", there.en),
    );
    let range = context.source_range(&dangling.place);
    let finding = Finding::new(META.name, Severity::Warning, range, message)
        .related(context.source_range(&dangling.last), Bilingual::fixed("最后一个在这里", "The last one"));
    let Some((part, numeral)) = &dangling.meant else { return finding };
    let (part, number) = (context.quote(part).trim(), context.quote(numeral));
    let title = Bilingual::new(format!("改指“{part}”"), format!("Point at “{part}”"));
    finding.fix(Fix::r#unsafe(title, [Edit::replace(context.source_range(&dangling.numeral), number)]))
}

/// 附件2 for the “2.” of a list of annexes, where 附件3 was asked for.
fn last_in_the_form_asked_for(context: &Context, dangling: &Dangling) -> String {
    let label = context.quote(&dangling.last).trim();
    let name = &dangling.place;
    let asked = dangling.last_number.and_then(|number| {
        let numeral = context.quote(&dangling.numeral);
        let script = script::numeral_at(numeral)?.script;
        let (before, after) = (name.start..dangling.numeral.start, dangling.numeral.end..name.end);
        let part = |range| context.quote(&Place::new(name.block, range));
        Some(format!("{}{}{}", part(before), script.write(number, numeral)?, part(after)))
    });
    asked.unwrap_or_else(|| label.to_owned())
}

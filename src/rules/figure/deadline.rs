//! `figure/deadline`: something that is to be done by a day that was over when the report was written.

use crate::finding::{Bilingual, Finding, Severity};
use crate::model::outdated;
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct PassedDeadline;

static META: Meta = Meta {
    name: "figure/deadline",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("完成期限早于成文日期", "A deadline that was over when the report was written"),
    explanation: Bilingual::fixed(
        "“确保……年……月底前完成”这类还要去做的事，期限应当在成文日期之后。成文日期取标题下的会议日期或落款；没有的，取标题的年份。已经办成的、引述原定要求的不提示。不在计划部分或者没有成文日期的，仅作提示。",
        "What is still to be done (“make sure that … before the end of June 2025”) should be due after the day on which the report was written. That day is taken from the line below the title or from the signature, or else the year from the title. What has been done and what quotes an earlier order is left alone. Outside the part that plans, or without a day of writing, it is no more than a hint to look.",
    ),
    clause: None,
    fix: Fixable::Never,
    examples: &[Example::plain(
        "柳河镇2024年工作计划\n\n一、重点任务\n\n确保2023年6月底前完成清淤。\n\n柳河镇人民政府\n\n2024年1月12日\n",
        "柳河镇2024年工作计划\n\n一、重点任务\n\n确保2024年6月底前完成清淤。上年的清淤已于2023年6月底前完成。\n\n柳河镇人民政府\n\n2024年1月12日\n",
    )],
};

impl Rule for PassedDeadline {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        findings.extend(context.models.outdated.deadlines.iter().map(|deadline| finding(context, deadline)));
    }
}

fn finding(context: &Context, deadline: &outdated::PassedDeadline) -> Finding {
    let quote = context.quote(&deadline.place);
    let own = context.quote(&deadline.own).trim();
    let message = Bilingual::new(
        format!("要求“{quote}”完成，但本文成文于{own}，期限已过"),
        format!("“{quote}” was over when this was written ({own})"),
    );
    let severity = if deadline.certain { Severity::Warning } else { Severity::Info };
    Finding::new(META.name, severity, context.source_range(&deadline.place), message).related(
        context.source_range(&deadline.own),
        Bilingual::fixed("成文时间见这里", "The time of writing is here"),
    )
}

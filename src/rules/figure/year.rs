//! `figure/year`: a year that was left from an earlier report.

use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::outdated::{self, Reason};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct StaleYear;

static META: Meta = Meta {
    name: "figure/year",
    severity: Severity::Info,
    default: true,
    summary: Bilingual::fixed(
        "年份与本文的年度不符，可能是上一年的稿子留下来的",
        "A year that does not fit the report's own, perhaps left from last year's draft",
    ),
    explanation: Bilingual::fixed(
        "从标题、开头的会议日期和落款看出本文总结哪一年、安排哪一年，再看各级标题、“现将……年工作情况汇报如下”、“……年，我们将……”和落款里的年份是否相符：2012年的工作计划里有“2010年工作打算”，2024年的总结落款是2023年，都会提示。三年以上的相差、“以来”“至”连着的年份、分年度列标题的规划不提示。",
        "The title, the day of the meeting below it and the signature tell which year the report looks back on and which it plans for. The years of headings, of the announcement of what follows, of what “we shall” do and of the signature are held against these. Years more than three apart, years joined by “since” or “to”, and plans with headings for many years are left alone.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "柳河镇2012年工作计划\n\n根据县委部署，制定本计划。\n\n一、2010年工作打算\n\n抓好春耕生产。\n",
            "柳河镇2012年工作计划\n\n根据县委部署，制定本计划。\n\n一、2012年工作打算\n\n抓好春耕生产。\n",
        ),
        Example::plain(
            "县供销社2024年工作总结\n\n全年新建网点12个。2010年以来累计新建96个。\n\n县供销社\n\n2023年12月28日\n",
            "县供销社2024年工作总结\n\n全年新建网点12个。2010年以来累计新建96个。\n\n县供销社\n\n2024年12月28日\n",
        ),
    ],
};

impl Rule for StaleYear {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        findings.extend(context.models.outdated.years.iter().map(|year| finding(context, year)));
    }
}

fn finding(context: &Context, year: &outdated::StaleYear) -> Finding {
    let range = context.source_range(&year.place);
    let own = context.quote(&year.own).trim();
    let stated = context.quote(&year.place);
    let (why, why_en) = match year.reason {
        Reason::Reviewed => ("总结的年份", "The year looked back on"),
        Reason::Planned => ("安排的年份", "The year planned for"),
        Reason::Number => ("成文日期的年份", "The year of the date"),
        Reason::Written => ("落款或报告日期的年份", "The year of the date"),
    };
    let message = Bilingual::new(
        format!("{why}{stated}年与本文的年度（{own}）不符，请核对是否沿用了旧稿"),
        format!("{why_en}, {stated}, does not fit the report's own ({own}); was it left from an earlier draft?"),
    );
    let finding = Finding::new(META.name, META.severity, range.clone(), message).related(
        context.source_range(&year.own),
        Bilingual::fixed("本文的年度见这里", "The report's own year is here"),
    );
    match year.expected.filter(|_| year.in_digits) {
        Some(expected) => {
            let title = Bilingual::new(format!("改为{expected}年"), format!("Make it {expected}"));
            finding.fix(Fix::r#unsafe(title, [Edit::replace(range, expected.to_string())]))
        }
        None => finding,
    }
}

//! `figure/sheet`: a figure that is not the official one.

use std::sync::Arc;

use crate::facts::figure;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::figures::mention::Mention;
use crate::model::figures::official::{self, Contradiction};
use crate::model::figures::sheet::{Official, Sheet};
use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::write::write_like;
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct UnofficialFigure;

static META: Meta = Meta {
    name: "figure/sheet",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed("数字与口径表不符", "A figure is not the official one"),
    explanation: Bilingual::fixed(
        "jiaogao.toml可以用figures指定一份口径表（CSV，列：指标、时期、地区、数值、单位、别名），写明各项指标的正式数字。文中同一指标、同一时期、同一地区的数字与表上不符，就报告。四舍五入后相符的、“约”“近”“多”与表上相符的不算，“其中”的部分、计划数、别的时期和别的地区的数字也不算。没有口径表时这条规则不起作用。",
        "jiaogao.toml may name a sheet of official figures: figures = \"口径.csv\", a CSV file with the columns 指标 (subject), 时期 (period), 地区 (place), 数值 (value), 单位 (unit), 别名 (aliases). A figure of the same subject, period and place that is not the official one is reported. Values that agree after rounding are right, and so are “about”, “nearly” and “over” where they fit; parts, plans and figures of other times and places are left alone. Without a sheet the rule does nothing.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "2031年工作总结\n全年完成固定资产投资3.9亿元，接待游客近50万人次。\n",
            "2031年工作总结\n全年完成固定资产投资3.6亿元，接待游客近50万人次。\n二、明年打算\n力争完成固定资产投资4亿元。\n",
        )
        .with_sheet("指标,时期,数值,单位,别名\n固定资产投资,2031年,35987,万元,\n接待游客,2031年,49.6,万人次,旅游接待\n"),
        Example::plain("学校现有46个教学班。\n", "学校现有48个教学班，其中高中部16个教学班。\n").with_sheet("subject,value,unit\n教学班,48,个\n"),
    ],
};

impl Rule for UnofficialFigure {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let Some(sheet) = &context.dossier.sheet else { return };
        let figures = &context.models.figures;
        let found = official::contradictions(context.draft, figures, sheet);
        findings.extend(found.iter().map(|found| finding(context, sheet, &figures.mentions[found.mention], found)));
    }
}

fn finding(context: &Context, sheet: &Sheet, mention: &Mention, found: &Contradiction) -> Finding {
    let Official { subject, written, line, .. } = found.official;
    let here = match mention.in_table {
        true => figure::write(mention.value, mention.multiplier, mention.unit),
        false => context.quote(&mention.place).to_owned(),
    };
    let name = sheet.document.name();
    let message = Bilingual::new(
        format!("“{subject}”与口径表不符：这里是{here}，{name}第{line}行是{written}"),
        format!("“{subject}” is {here} here, but officially {written} ({name}, line {line})"),
    );
    let there = Bilingual::new(format!("口径是{written}"), format!("Officially {written}"));
    let finding = Finding::new(META.name, META.severity, context.source_range(&mention.place), message).related_in(
        &Arc::clone(&sheet.document),
        found.official.range.clone(),
        there,
    );
    let unit = found.official.readings.first().map(|reading| reading.unit);
    let exact = unit.and_then(|unit| found.official.value.times(unit.factor()));
    match exact.and_then(|exact| replacement(context, mention, exact, &found.official.interval)) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

/// Another value, given in the smallest unit with all values that it may stand for, written as a mention is: in its unit and with its digits, or
/// with more where these would not tell it.
pub(super) fn replacement(context: &Context, mention: &Mention, exact: Decimal, meant: &Interval) -> Option<Fix> {
    let interval_of = |exponent: i32| {
        let value = exact.over(mention.unit.factor(), exponent)?;
        let interval = mention.exactness.interval(value, mention.unit);
        Some((value, interval.scale(mention.unit.factor())?))
    };
    let finest = mention.value.exponent() - MOST_MORE_DIGITS;
    let fitting = (finest..=mention.value.exponent())
        .rev()
        .filter_map(interval_of)
        .find(|(_, interval)| interval.overlaps(meant));
    let (value, _) = fitting.filter(|(value, _)| !value.is_negative())?;
    let number = context.quote(&mention.number);
    let text = match mention.in_table {
        true => value.shift(-mention.multiplier).to_string(),
        false => write_like(value, number).unwrap_or_else(|| figure::write_number(value, mention.multiplier)),
    };
    let title = Bilingual::new(format!("改为{text}{}", mention.unit), format!("Make it {text}{}", mention.unit));
    Some(Fix::r#unsafe(title, [Edit::replace(context.source_range(&mention.number), text)]))
}

/// 3.6亿元 needs four more digits to tell 35987万元 from 36000万元.
const MOST_MORE_DIGITS: i32 = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Dossier;
    use crate::draft::Draft;
    use crate::fix;
    use crate::linter::{self, Settings};
    use crate::model::Models;
    use crate::source::Format;

    fn found(text: &str) -> Vec<Finding> {
        let sheet = Sheet::parse("指标,数值,单位\n修渠长度,42.36,公里\n小麦面积,136.7,万亩\n", "表/口径.csv");
        let dossier = Dossier {
            sheet: sheet.ok().map(Arc::new),
            ..Dossier::default()
        };
        let draft = Draft::new(text, Format::Markdown);
        let mut found = linter::lint_beside(&draft, &Models::build(&draft), &Settings::default(), &dossier);
        found.retain(|finding| finding.rule == META.name);
        found
    }

    #[test]
    fn the_message_names_the_official_value_and_its_line() {
        let found = found("小麦面积132万亩。\n");
        assert_eq!(found[0].message.zh, "“小麦面积”与口径表不符：这里是132万亩，口径.csv第3行是136.7万亩");
        let related = &found[0].related[0];
        let document = related.document.as_ref().expect("the sheet");
        assert_eq!(document.draft.text().slice(related.range.clone()), "小麦面积,136.7,万亩");
    }

    #[test]
    fn the_value_is_put_in_as_the_draft_writes_it() {
        for (text, mended) in [
            ("小麦面积132万亩。\n", "小麦面积137万亩。\n"),
            ("小麦面积1320000亩。\n", "小麦面积1367000亩。\n"),
            ("小麦面积一百三十二万亩。\n", "小麦面积一百三十七万亩。\n"),
            ("小麦面积近132万亩。\n", "小麦面积近137万亩。\n"),
            ("小麦面积120多万亩。\n", "小麦面积136.7万亩。\n"),
            ("修渠长度24.36公里。\n", "修渠长度42.36公里。\n"),
            (
                "| 项目 | 修渠长度（公里） |\n|---|---|\n| 合计 | 24.4 |\n",
                "| 项目 | 修渠长度（公里） |\n|---|---|\n| 合计 | 42.4 |\n",
            ),
        ] {
            let found = found(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(fix::apply(text, &found[0].fixes[0].edits), mended);
        }
    }
}

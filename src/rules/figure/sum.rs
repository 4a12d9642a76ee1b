//! `figure/sum`: a whole that its parts do not make up, in running text and in tables.

use super::{addition, equation};
use crate::draft::Place;
use crate::facts::figure::Figure;
use crate::facts::figure::total::Total;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::figures::crossed::{self, Crossed};
use crate::model::figures::table::WrongTotal;
use crate::numeral::decimal::Decimal;
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct WrongSum;

static META: Meta = Meta {
    name: "figure/sum",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("分项相加与合计不符", "A whole that its parts do not make up"),
    explanation: Bilingual::fixed(
        "检查正文里的“共……其中……其余……”“……三项合计……”“……已……尚未……”“按……分”“新增……注销……净增……”“收入……支出……结余……”和表格（包括用空格对齐的表格）的合计行、合计列。各分项带小数的，按写出的位数容许四舍五入的误差；没有说明已经列全的分项，只有相差得像笔误时才提示。如果改动某一个分项的两个数字就能对上，一并指出。",
        "Checks “in all … of which … the rest …”, “the three together …” in running text, what is done with what is not, what is left of income after spending, and the rows and columns of totals in tables, also those of lines aligned with spaces. Rounding of the parts is allowed for by the digits written. Where nothing says that the parts listed are all there are, only a difference that looks like a slip of the hand is mentioned. If changing two digits of one part makes it add up, that part is pointed out.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "全县有加工企业34家，其中国有3家、民营18家，其余14家为外资企业。\n",
            "全县有加工企业34家，其中国有3家、民营18家，其余13家为外资企业。\n",
        ),
        Example::plain(
            "垃圾处理费3264万元，油脂销售1060.8万元，售电599.8万元，三项合计4942.6万元。\n",
            "垃圾处理费3264万元，油脂销售1060.8万元，售电599.8万元，三项合计4924.6万元。\n",
        ),
        Example::markdown(
            "| 年级 | 学生数（人） |\n|---|---|\n| 高一 | 806 |\n| 高二 | 791 |\n| 高三 | 767 |\n| 合计 | 2346 |\n",
            "| 年级 | 学生数（人） |\n|---|---|\n| 高一 | 806 |\n| 高二 | 791 |\n| 高三 | 767 |\n| 合计 | 2364 |\n",
        ),
    ],
};

impl Rule for WrongSum {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let facts = piece.facts();
            findings.extend(facts.claims.totals.iter().map(|total| in_prose(context, block, &facts.figures, total)));
            let balances = facts.claims.balances.iter();
            findings.extend(balances.map(|balance| equation::finding(context, (META.name, Severity::Warning), block, &facts.figures, balance)));
        }
        let (crossed, totals) = crossed::pair(&context.models.figures.wrong_totals);
        findings.extend(crossed.iter().map(|crossed| in_row_and_column(context, crossed)));
        findings.extend(totals.iter().map(|total| in_table(context, total)));
    }
}

fn in_prose(context: &Context, block: usize, figures: &[Figure], total: &Total) -> Finding {
    let whole = &figures[total.whole];
    let place = |range| context.source_range(&Place::new(block, range));
    let stated = context.quote(&Place::new(block, whole.range.clone()));
    let sum = whole.write_like(total.sum);
    let addition = addition(context, block, figures, total);
    let (more, excess) = excess(total.sum, whole.value);
    let excess = whole.write_like(excess);
    let message = Bilingual::new(
        format!("各部分相加{addition}，比这里的{stated}{}{excess}", if more { "多" } else { "少" }),
        format!(
            "The parts come to {addition}, {excess} {} than the {stated} here",
            if more { "more" } else { "less" }
        ),
    );
    let severity = if total.certain { Severity::Warning } else { Severity::Info };
    let mut finding = Finding::new(META.name, severity, place(whole.range.clone()), message);
    for range in total.part_ranges(figures) {
        finding = finding.related(place(range), Bilingual::fixed("其中一部分", "One of the parts"));
    }
    let title = Bilingual::new(format!("合计改为{sum}"), format!("Make the whole {sum}"));
    finding.fix(Fix::r#unsafe(title, [Edit::replace(place(whole.range.clone()), sum)]))
}

/// Whether the sum is larger than what is stated, and by how much they differ.
fn excess(sum: Decimal, stated: Decimal) -> (bool, Decimal) {
    (stated.less_than(sum), sum.minus(stated).map_or(Decimal::ZERO, Decimal::abs))
}

/// The parts added up: bare numbers where all are written in the unit of the whole, else with their units.
fn addition(context: &Context, block: usize, figures: &[Figure], total: &Total) -> String {
    let whole = &figures[total.whole];
    let parts = || total.parts.iter().map(|part| &figures[*part]);
    let same = parts().all(|part| part.multiplier == whole.multiplier && part.unit.factor().same_value(whole.unit.factor()));
    if !same {
        let parts: Vec<String> = total
            .part_ranges(figures)
            .map(|range| context.quote(&Place::new(block, range)).to_owned())
            .collect();
        return addition::written_out(&parts, &whole.write_like(total.sum));
    }
    let bare = |value: Decimal| value.shift(-whole.multiplier).trimmed_to_whole().to_string();
    let parts: Vec<String> = parts().map(|part| bare(part.value)).collect();
    addition::written_out(&parts, &bare(total.sum))
}

fn in_table(context: &Context, total: &WrongTotal) -> Finding {
    let stated = context.quote(&total.total).trim();
    let sum = total.sum;
    let (name_zh, name_en) = name(total);
    let addition = cells_added(total, None);
    let (more, excess) = excess(sum, total.stated);
    let message = Bilingual::new(
        format!("{name_zh}相加{addition}，比合计{stated}{}{excess}", if more { "多" } else { "少" }),
        format!(
            "In {name_en} the figures come to {addition}, {excess} {} than the total {stated}",
            if more { "more" } else { "less" }
        ),
    );
    let range = context.source_range(&total.total);
    let title = Bilingual::new(format!("合计改为{sum}"), format!("Make the total {sum}"));
    let mut finding =
        Finding::new(META.name, META.severity, range.clone(), message).fix(Fix::r#unsafe(title, [Edit::replace(range, sum.to_string())]));
    for (place, mended) in &total.suspects {
        let quote = context.quote(place).trim();
        let message = Bilingual::new(
            format!("如果这里的{quote}是{mended}之误，合计就是对的"),
            format!("If {quote} should be {mended} here, the total is right"),
        );
        let range = context.source_range(place);
        let title = Bilingual::new(format!("{quote}改为{mended}"), format!("Make {quote} {mended}"));
        finding = finding
            .related(range.clone(), message)
            .fix(Fix::r#unsafe(title, [Edit::replace(range, mended.to_string())]));
    }
    finding
}

/// A cell that is wrong in its row and in its column: the finding stands at the cell and shows both sums as they would be.
fn in_row_and_column(context: &Context, crossed: &Crossed) -> Finding {
    let Crossed { cell, mended, row, column } = crossed;
    let stated = context.quote(cell).trim();
    let (row_zh, row_en) = name(row);
    let (column_zh, column_en) = name(column);
    let (in_row, in_column) = (cells_added(row, Some(crossed)), cells_added(column, Some(crossed)));
    let message = Bilingual::new(
        format!("{stated}应为{mended}，改这一处，行与列就都对得上：{row_zh}{in_row}，{column_zh}{in_column}"),
        format!("{stated} should be {mended}; this one change makes row and column add up: {row_en} {in_row}, {column_en} {in_column}"),
    );
    let range = context.source_range(cell);
    let mut finding = Finding::new(META.name, META.severity, range.clone(), message);
    for (total, there) in [
        (row, Bilingual::fixed("这一行的合计", "The total of the row")),
        (column, Bilingual::fixed("这一列的合计", "The total of the column")),
    ] {
        if total.total != *cell {
            finding = finding.related(context.source_range(&total.total), there);
        }
    }
    let title = Bilingual::new(format!("{stated}改为{mended}"), format!("Make {stated} {mended}"));
    let finding = finding.fix(Fix::r#unsafe(title, [Edit::replace(range, mended.to_string())]));
    if row.total == *cell || column.total == *cell {
        return finding;
    }
    let edits = [row, column].map(|total| Edit::replace(context.source_range(&total.total), total.sum.to_string()));
    let title = Bilingual::new(
        format!("两个合计改为{}、{}", row.sum, column.sum),
        format!("Make the totals {} and {}", row.sum, column.sum),
    );
    finding.fix(Fix::r#unsafe(title, edits))
}

/// The row or column of a total, as its head calls it.
fn name(total: &WrongTotal) -> (String, String) {
    let name = wording::quoted(&total.name);
    match (total.across, total.name.is_empty()) {
        (true, false) => (format!("{name}一行"), format!("the row {name}")),
        (false, false) => (format!("{name}一列"), format!("the column {name}")),
        (true, true) => ("这一行".to_owned(), "the row".to_owned()),
        (false, true) => ("这一列".to_owned(), "the column".to_owned()),
    }
}

/// The cells of a row or column added up, as they are or with one of them mended.
fn cells_added(total: &WrongTotal, crossed: Option<&Crossed>) -> String {
    let mended = |place: &Place| crossed.filter(|crossed| crossed.cell == *place).map(|crossed| crossed.mended);
    let values = total.addends.iter().map(|(place, value)| mended(place).unwrap_or(*value).to_string());
    let sum = match crossed {
        Some(_) => mended(&total.total).unwrap_or(total.stated),
        None => total.sum,
    };
    addition::written_out(&values.collect::<Vec<_>>(), &sum.to_string())
}

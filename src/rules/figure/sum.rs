//! `figure/sum`: a whole that its parts do not make up, in running text and in tables.

use crate::draft::Place;
use crate::facts::figure::Figure;
use crate::facts::figure::total::Total;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::figures::table::WrongTotal;
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct WrongSum;

static META: Meta = Meta {
    name: "figure/sum",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("分项相加与合计不符", "A whole that its parts do not make up"),
    explanation: Bilingual::fixed(
        "检查正文里的“共……其中……其余……”“……三项合计……”“……已……尚未……”“按……分”和表格（包括用空格对齐的表格）的合计行、合计列。各分项带小数的，按写出的位数容许四舍五入的误差；没有说明已经列全的分项，只有相差得像笔误时才提示。如果改动某一个分项的两个数字就能对上，一并指出。",
        "Checks “in all … of which … the rest …”, “the three together …” in running text, what is done with what is not, and the rows and columns of totals in tables, also those of lines aligned with spaces. Rounding of the parts is allowed for by the digits written. Where nothing says that the parts listed are all there are, only a difference that looks like a slip of the hand is mentioned. If changing two digits of one part makes it add up, that part is pointed out.",
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
        }
        findings.extend(context.models.figures.wrong_totals.iter().map(|total| in_table(context, total)));
    }
}

fn in_prose(context: &Context, block: usize, figures: &[Figure], total: &Total) -> Finding {
    let whole = &figures[total.whole];
    let place = |range| context.source_range(&Place::new(block, range));
    let stated = context.quote(&Place::new(block, whole.range.clone()));
    let sum = whole.write_like(total.sum);
    let message = Bilingual::new(
        format!("各部分相加是{sum}，与{stated}不符"),
        format!("The parts come to {sum}, not {stated}"),
    );
    let severity = if total.exhaustive { Severity::Warning } else { Severity::Info };
    let mut finding = Finding::new(META.name, severity, place(whole.range.clone()), message);
    for range in total.part_ranges(figures) {
        finding = finding.related(place(range), Bilingual::fixed("其中一部分", "One of the parts"));
    }
    let title = Bilingual::new(format!("改为{sum}"), format!("Make it {sum}"));
    finding.fix(Fix::r#unsafe(title, [Edit::replace(place(whole.range.clone()), sum)]))
}

fn in_table(context: &Context, total: &WrongTotal) -> Finding {
    let stated = context.quote(&total.total).trim();
    let WrongTotal { sum, across, .. } = total;
    let (what, what_en) = if *across {
        ("这一行", "the row")
    } else {
        ("这一列", "the column")
    };
    let message = Bilingual::new(
        format!("{what}各项相加是{sum}，合计写的是{stated}"),
        format!("The figures of {what_en} come to {sum}, but the total says {stated}"),
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

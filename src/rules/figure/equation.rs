//! Findings of arithmetic that figures of one sentence state among themselves.

use crate::draft::Place;
use crate::facts::figure::Figure;
use crate::facts::figure::equation::Equation;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::Context;

/// A figure of a block that others beside it do not give.
pub fn finding(context: &Context, (rule, severity): (&'static str, Severity), block: usize, figures: &[Figure], equation: &Equation) -> Finding {
    let figure = &figures[equation.stated];
    let place = |range| context.source_range(&Place::new(block, range));
    let stated = context.quote(&Place::new(block, figure.range.clone()));
    let expected = figure.write_like(equation.expected);
    let working = &equation.working;
    let message = Bilingual::new(
        format!("{working}＝{expected}，这里写的是{stated}"),
        format!("{working}＝{expected}, not {stated}"),
    );
    let range = place(figure.range.clone());
    let mut finding = Finding::new(rule, severity, range.clone(), message);
    for source in equation.source_ranges(figures) {
        finding = finding.related(place(source), Bilingual::fixed("据此推算", "It follows from this"));
    }
    let title = Bilingual::new(format!("改为{expected}"), format!("Make it {expected}"));
    finding.fix(Fix::r#unsafe(title, [Edit::replace(range, expected)]))
}

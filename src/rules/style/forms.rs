//! Reporting a form that a standard writes otherwise, the same way for all of them.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::form::{Form, Kind};
use crate::finding::{Bilingual, Finding};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Fixable, Meta};
use crate::rules::fold;

/// Reports the forms of one kind; a form that is the draft's habit is reported once, with the count. `message` is given what is seen and what
/// the standard has.
pub(super) fn report(context: &Context, meta: &Meta, kind: Kind, findings: &mut Vec<Finding>, message: impl Fn(&str, &str) -> Bilingual) {
    let pick = |what: &What| match what {
        What::Form(form) if form.kind == kind => Some(form.clone()),
        _ => None,
    };
    let forms = context.models.oddities.of_kind(context.draft, pick).map(|form| ((), form));
    for group in fold::groups(forms) {
        findings.extend(finding(context, meta, &group, &message));
    }
}

fn finding(context: &Context, meta: &Meta, forms: &[(Place, Form)], message: impl Fn(&str, &str) -> Bilingual) -> Option<Finding> {
    let (place, form) = forms.first()?;
    let (in_all_zh, in_all_en) = fold::count(forms.len());
    let message = message(context.quote(place), &form.replacement);
    let message = Bilingual::new(format!("{}{in_all_zh}", message.zh), format!("{}{in_all_en}", message.en));
    let finding = Finding::new(meta.name, meta.severity, context.source_range(place), message);
    let finding = fold::relate(context, finding, forms.iter().map(|(place, _)| place));
    let edits = fold::apart(
        forms
            .iter()
            .map(|(place, form)| Edit::replace(context.source_range(place), form.replacement.clone())),
    );
    let title = match form.replacement.as_str() {
        "" => Bilingual::new(format!("删去{in_all_zh}"), format!("Delete it{in_all_en}")),
        meant => Bilingual::new(format!("改为“{meant}”{in_all_zh}"), format!("Write “{meant}”{in_all_en}")),
    };
    Some(finding.fix(match meta.fix {
        Fixable::Safe => Fix::safe(title, edits),
        _ => Fix::r#unsafe(title, edits),
    }))
}

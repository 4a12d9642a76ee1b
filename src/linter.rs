//! The engine: a draft and settings in, findings out. No input or output, and nothing that can fail.

use std::collections::BTreeMap;

use crate::automatic;
use crate::dossier::Dossier;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::markup;
use crate::model::Models;
use crate::rule::{Context, Meta, Rule};
use crate::rules::{self, RULES};
use crate::suppress;

/// Which rules run and how loud they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Sorted, so that equal settings look alike when they are printed.
    levels: BTreeMap<String, Level>,
    everything: bool,
}

/// What the settings say of a rule or of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// The rule runs at its own severities.
    On,
    /// The rule runs, and everything it finds is reported at this severity.
    At(Severity),
}

impl Settings {
    /// Sets a rule (`figure/sum`) or a family (`figure`). What is said of a rule goes before what is said of its family.
    pub fn set(&mut self, name: &str, level: Level) {
        self.levels.insert(name.to_owned(), level);
    }

    /// Runs also the rules that are off by default.
    pub fn with_everything_on(mut self) -> Self {
        self.everything = true;
        self
    }

    pub fn level(&self, meta: &Meta) -> Level {
        let by_default = if meta.default || self.everything { Level::On } else { Level::Off };
        let said = self.levels.get(meta.name).or_else(|| self.levels.get(meta.family()));
        said.copied().unwrap_or(by_default)
    }
}

/// All findings of a draft, sorted by place.
pub fn lint(draft: &Draft, settings: &Settings) -> Vec<Finding> {
    lint_read(draft, &Models::build(draft), settings)
}

/// Whether the rule that reports under a name is a local one.
pub fn is_local(rule: &str) -> bool {
    rules::find(rule).is_some_and(|rule| rule.is_local())
}

/// What the local rules find.
pub fn lint_locally(draft: &Draft, settings: &Settings) -> Vec<Finding> {
    let (models, dossier) = (Models::build(draft), Dossier::default());
    let context = Context {
        draft,
        models: &models,
        dossier: &dossier,
    };
    let mut findings = Vec::new();
    let local = RULES.iter().filter(|rule| rule.is_local());
    local.for_each(|rule| check(*rule, &context, settings, &mut findings));
    findings
}

/// [`lint`] for a draft whose models are built already.
pub fn lint_read(draft: &Draft, models: &Models, settings: &Settings) -> Vec<Finding> {
    lint_beside(draft, models, settings, &Dossier::default())
}

/// [`lint_read`] for a draft that other documents lie beside.
pub fn lint_beside(draft: &Draft, models: &Models, settings: &Settings, dossier: &Dossier) -> Vec<Finding> {
    lint_while(draft, models, settings, dossier, || true).unwrap_or_default()
}

/// [`lint_beside`] as long as somebody wants it; `None` when nobody does any more.
pub fn lint_while(
    draft: &Draft,
    models: &Models,
    settings: &Settings,
    dossier: &Dossier,
    is_wanted: impl Fn() -> bool + Sync,
) -> Option<Vec<Finding>> {
    let runs = |family: &str| {
        let mut rules = RULES.iter().map(|rule| rule.meta()).filter(|meta| meta.family() == family);
        rules.any(|meta| settings.level(meta) != Level::Off)
    };
    models.build_ahead(draft, |family| is_wanted() && runs(family));
    let context = Context { draft, models, dossier };
    let mut findings = Vec::new();
    for rule in RULES {
        if !is_wanted() {
            return None;
        }
        check(*rule, &context, settings, &mut findings);
    }
    suppress::apply(draft, settings, &mut findings);
    automatic::note(draft, &mut findings);
    markup::spare(draft, &mut findings);
    // A stable sort keeps the order of the register where two findings cover the same place.
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    Some(findings)
}

fn check(rule: &dyn Rule, context: &Context, settings: &Settings, findings: &mut Vec<Finding>) {
    let level = settings.level(rule.meta());
    if level == Level::Off {
        return;
    }
    let first_new = findings.len();
    rule.check(context, findings);
    if let Level::At(severity) = level {
        findings[first_new..].iter_mut().for_each(|finding| finding.severity = severity);
    }
}

//! How much of what is wrong in the labelled drafts is found, and how much of what is found is wrong.
//!
//! `cargo test --test accuracy -- --nocapture` prints recall and precision, every miss and every false alarm.

mod support;

use std::collections::BTreeMap;

use jiaogao::finding::Finding;
use support::{Defect, Labelled, Trap, family, labelled_drafts, places, touches};

/// The least recall and precision of each family, in percent. Raise a line when the rules have become better; lower one only when harder drafts come
/// in, never for a change of the rules.
const LEVELS: &[(&str, f64, f64)] = &[
    ("sequence", 97.0, 99.0),
    ("duplicate", 97.0, 98.0),
    ("figure", 93.0, 98.0),
    ("stray", 98.0, 99.0),
    ("term", 95.0, 99.0),
];

/// How many findings of each severity the drafts without slips may have, all together: warnings and errors, and infos.
const ON_CLEAN_DRAFTS: (usize, usize) = (1, 0);

#[test]
fn every_quote_stands_in_its_draft() {
    for draft in labelled_drafts() {
        let defects = draft.labels.defects.iter().map(|defect| (&defect.kind, &defect.quotes));
        let traps = draft.labels.traps.iter().map(|trap| (&trap.kind, &trap.quotes));
        for (kind, quotes) in defects.chain(traps) {
            assert!(!quotes.is_empty(), "{}: a label of {kind} without quotes", draft.name);
            for quote in quotes {
                assert!(draft.text.contains(quote.as_str()), "{}: {kind} quotes {quote:?}", draft.name);
            }
        }
    }
}

#[test]
fn labels_are_complete() {
    for draft in labelled_drafts() {
        for Defect { kind, note, grade, .. } in &draft.labels.defects {
            assert!((1..=3).contains(grade), "{}: grade {grade}", draft.name);
            assert!(!note.is_empty(), "{}: {kind} without a note", draft.name);
            assert!(LEVELS.iter().any(|(name, ..)| *name == family(kind)), "{}: {kind}", draft.name);
        }
        for Trap { kind, why, .. } in &draft.labels.traps {
            assert!(!why.is_empty(), "{}: a trap for {kind} without a reason", draft.name);
        }
    }
}

#[test]
fn recall_and_precision_hold_their_level() {
    let mut report = Report::default();
    for draft in labelled_drafts() {
        report.read(&draft);
    }
    report.print();
    let below: Vec<String> = LEVELS.iter().filter_map(|level| report.shortfall(*level)).collect();
    assert!(below.is_empty(), "accuracy fell:\n{}", below.join("\n"));
    let (warnings, infos) = report.on_clean_drafts;
    assert!(
        warnings <= ON_CLEAN_DRAFTS.0 && infos <= ON_CLEAN_DRAFTS.1,
        "{warnings} warnings and {infos} infos on drafts without slips"
    );
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    defects: usize,
    /// Defects that a finding of their family touches.
    found: usize,
    /// Findings that touch a defect of any family.
    right: usize,
    /// Findings that touch none.
    false_alarms: usize,
}

impl Tally {
    fn recall(&self) -> f64 {
        percent(self.found, self.defects)
    }

    /// Several findings on one defect count once.
    fn precision(&self) -> f64 {
        percent(self.found, self.found + self.false_alarms)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
}

#[derive(Default)]
struct Report {
    families: BTreeMap<String, Tally>,
    rules: BTreeMap<String, Tally>,
    grades: BTreeMap<u8, Tally>,
    missed: Vec<String>,
    false_alarms: Vec<String>,
    sprung: Vec<String>,
    on_clean_drafts: (usize, usize),
    characters: usize,
}

impl Report {
    fn read(&mut self, draft: &Labelled) {
        let findings = draft.lint();
        self.characters += draft.text.chars().count();
        let defect_places: Vec<_> = draft.labels.defects.iter().map(|defect| places(&draft.text, &defect.quotes)).collect();
        for (defect, places) in draft.labels.defects.iter().zip(&defect_places) {
            let touching: Vec<_> = findings.iter().filter(|finding| touches(finding, places)).collect();
            self.count_defect(draft, defect, &touching);
        }
        let is_right = |finding: &Finding| defect_places.iter().any(|places| touches(finding, places));
        for finding in &findings {
            self.count_finding(draft, finding, is_right(finding));
        }
        for trap in &draft.labels.traps {
            let places = places(&draft.text, &trap.quotes);
            let same_family = |finding: &&Finding| finding.family() == family(&trap.kind);
            let mut wrong = findings.iter().filter(same_family).filter(|finding| !is_right(finding));
            if let Some(finding) = wrong.find(|finding| touches(finding, &places)) {
                self.sprung
                    .push(format!("{}: {} {:?} ({})", draft.name, finding.rule, trap.quotes, trap.why));
            }
        }
    }

    fn count_defect(&mut self, draft: &Labelled, defect: &Defect, touching: &[&Finding]) {
        let found = touching.iter().any(|finding| finding.family() == family(&defect.kind));
        let found_by_rule = touching.iter().any(|finding| finding.rule == defect.kind);
        let by_family = self.families.entry(family(&defect.kind).to_owned()).or_default();
        let by_grade = self.grades.entry(defect.grade).or_default();
        for (tally, found) in [(by_family, found), (by_grade, found)] {
            tally.defects += 1;
            tally.found += usize::from(found);
        }
        let by_rule = self.rules.entry(defect.kind.clone()).or_default();
        by_rule.defects += 1;
        by_rule.found += usize::from(found_by_rule);
        if !found {
            let Defect { kind, quotes, note, grade } = defect;
            self.missed.push(format!("{}: {kind} (grade {grade}) {quotes:?} {note}", draft.name));
        }
    }

    fn count_finding(&mut self, draft: &Labelled, finding: &Finding, right: bool) {
        let by_family = self.families.entry(finding.family().to_owned()).or_default();
        let by_rule = self.rules.entry(finding.rule.to_owned()).or_default();
        for tally in [by_family, by_rule] {
            tally.right += usize::from(right);
            tally.false_alarms += usize::from(!right);
        }
        if right {
            return;
        }
        if draft.labels.defects.is_empty() {
            let is_info = finding.severity == jiaogao::finding::Severity::Info;
            self.on_clean_drafts.0 += usize::from(!is_info);
            self.on_clean_drafts.1 += usize::from(is_info);
        }
        let (severity, message) = (finding.severity.name(), &finding.message.zh);
        let quote: String = draft.text[finding.range.clone()].chars().take(40).collect();
        self.false_alarms
            .push(format!("{}: {} ({severity}) {quote:?} {message}", draft.name, finding.rule));
    }

    fn print(&self) {
        print_list("missed", &self.missed);
        print_list("false alarms", &self.false_alarms);
        print_list("traps sprung", &self.sprung);
        print_table("family", &self.families);
        print_table("rule", &self.rules);
        println!("== by grade");
        for (grade, Tally { defects, found, .. }) in &self.grades {
            println!("{grade}: found {found} of {defects}, recall {:.1}", percent(*found, *defects));
        }
        let (warnings, infos) = self.on_clean_drafts;
        println!(
            "{} characters; on drafts without slips: {warnings} warnings or errors, {infos} infos",
            self.characters
        );
    }

    fn shortfall(&self, (family, recall, precision): (&str, f64, f64)) -> Option<String> {
        let tally = self.families.get(family).copied().unwrap_or_default();
        let (reached_recall, reached_precision) = (tally.recall(), tally.precision());
        let holds = reached_recall >= recall && reached_precision >= precision;
        let text = || {
            format!("{family}: recall {reached_recall:.1}, at least {recall} wanted; precision {reached_precision:.1}, at least {precision} wanted")
        };
        (!holds).then(text)
    }
}

fn print_list(title: &str, lines: &[String]) {
    println!("== {title}: {}", lines.len());
    lines.iter().for_each(|line| println!("{line}"));
}

fn print_table(title: &str, rows: &BTreeMap<String, Tally>) {
    println!("== by {title}");
    for (name, tally) in rows {
        let Tally {
            defects,
            found,
            right,
            false_alarms,
        } = *tally;
        let (recall, precision) = (tally.recall(), tally.precision());
        println!(
            "{name:<20} found {found:>3} of {defects:<3} recall {recall:>5.1}  findings right {right:>3}, false {false_alarms:>3}  precision {precision:>5.1}"
        );
    }
}

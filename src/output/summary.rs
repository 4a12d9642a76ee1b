//! The closing line: what a run found and did.

use super::style::severity_word;
use crate::finding::{Finding, Language, Severity};

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub drafts: usize,
    /// By severity, in the order of [`Severity::ALL`].
    findings: [usize; Severity::ALL.len()],
    fixable: usize,
    fixable_unsafely: usize,
    /// Findings that were mended.
    pub fixed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
}

impl Summary {
    /// Counts a draft. The fixes of one that `--fix` leaves alone are not offered.
    pub fn add(&mut self, findings: &[Finding], is_mendable: bool) {
        self.drafts += 1;
        for finding in findings {
            let index = Severity::ALL.iter().position(|severity| *severity == finding.severity).unwrap_or(0);
            self.findings[index] += 1;
            if let Some(fix) = finding.fixes.first().filter(|_| is_mendable) {
                *(if fix.safe { &mut self.fixable } else { &mut self.fixable_unsafely }) += 1;
            }
        }
    }

    pub fn line(&self, language: Language) -> String {
        if self.drafts == 0 {
            return language.pick("没有查到文稿。", "No drafts were linted.").to_owned();
        }
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    /// The closing line of a run that recorded its findings in a baseline.
    pub fn recorded(&self, baseline: &str, language: Language) -> String {
        let (drafts, findings) = (self.drafts, self.findings.iter().sum::<usize>());
        match language {
            Language::Chinese => format!("{baseline}：记下了{drafts}份文稿的{findings}处问题。"),
            Language::English => format!("{baseline}: recorded {findings} finding(s) of {drafts} draft(s)."),
        }
    }

    fn chinese(&self) -> String {
        let mut line = format!("查了{}份文稿，", self.drafts);
        let total: usize = self.findings.iter().sum();
        if total == 0 {
            line.push_str("没有发现问题");
        } else {
            let by_severity = self.by_severity(|count, severity| format!("{count}处{}", severity_word(severity, Language::Chinese)));
            line.push_str(&format!("发现{total}处问题：{}", by_severity.join("，")));
        }
        if self.fixed > 0 {
            line.push_str(&format!("；已改{}处", self.fixed));
        }
        if self.known > 0 {
            line.push_str(&format!("；另有{}处基线中已有", self.known));
        }
        line.push('。');
        if self.fixable > 0 {
            line.push_str(&format!("{}处可用--fix改好。", self.fixable));
        }
        if self.fixable_unsafely > 0 {
            line.push_str(&format!("{}处有建议的改法，核对后可用--fix --unsafe-fixes。", self.fixable_unsafely));
        }
        line
    }

    fn english(&self) -> String {
        let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let total: usize = self.findings.iter().sum();
        let mut line = format!("{} checked: ", plural(self.drafts, "draft"));
        if total == 0 {
            line.push_str("nothing found");
        } else {
            let by_severity = self.by_severity(|count, severity| match severity {
                Severity::Info => format!("{count} info"),
                _ => plural(count, severity.name()),
            });
            line.push_str(&format!("{} ({})", plural(total, "finding"), by_severity.join(", ")));
        }
        if self.fixed > 0 {
            line.push_str(&format!("; {} fixed", self.fixed));
        }
        if self.known > 0 {
            line.push_str(&format!("; {} more in the baseline", self.known));
        }
        line.push('.');
        if self.fixable > 0 {
            line.push_str(&format!(" {} fixable with --fix.", self.fixable));
        }
        if self.fixable_unsafely > 0 {
            line.push_str(&format!(
                " {} with a proposed fix (check it, then --fix --unsafe-fixes).",
                self.fixable_unsafely
            ));
        }
        line
    }

    /// The severities that occur, worded.
    fn by_severity(&self, word: impl Fn(usize, Severity) -> String) -> Vec<String> {
        let parts = self.findings.iter().zip(Severity::ALL).filter(|(count, _)| **count > 0);
        parts.map(|(&count, severity)| word(count, severity)).collect()
    }
}

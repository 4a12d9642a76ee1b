//! The closing line: what a run found and did.

use crate::finding::{Finding, Language, Severity};

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub drafts: usize,
    /// By severity, in the order of [`Severity::ALL`].
    findings: [usize; 4],
    fixable: usize,
    fixable_unsafely: usize,
    /// Findings that were mended.
    pub fixed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
}

impl Summary {
    pub fn add(&mut self, findings: &[Finding]) {
        self.drafts += 1;
        for finding in findings {
            let index = Severity::ALL.iter().position(|severity| *severity == finding.severity).unwrap_or(0);
            self.findings[index] += 1;
            if let Some(fix) = finding.fixes.first() {
                *(if fix.safe { &mut self.fixable } else { &mut self.fixable_unsafely }) += 1;
            }
        }
    }

    pub fn line(&self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn chinese(&self) -> String {
        let mut line = format!("查了{}份文稿，", self.drafts);
        let total: usize = self.findings.iter().sum();
        if total == 0 {
            line.push_str("没有发现问题");
        } else {
            let words = ["处错误", "处警告", "处留意", "处提示"];
            line.push_str(&format!("发现{total}处问题：{}", self.by_severity(words, "，")));
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
            let words = [" error", " warning", " info", " hint"];
            line.push_str(&format!("{} ({})", plural(total, "finding"), self.by_severity(words, ", ")));
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

    fn by_severity(&self, words: [&str; 4], separator: &str) -> String {
        let parts = self.findings.iter().zip(words).filter(|(count, _)| **count > 0);
        parts.map(|(count, word)| format!("{count}{word}")).collect::<Vec<_>>().join(separator)
    }
}

//! What a rule reports.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::fix::Fix;

/// How sure and how grave a finding is. The order is by gravity: `Hint < Info < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A matter of style or habit; never counted against a draft.
    Hint,
    /// Worth a look.
    Info,
    /// Very probably a slip.
    Warning,
    /// Certainly a slip.
    Error,
}

impl Severity {
    pub const ALL: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];

    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The language messages are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "zh")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The one of two wordings that is in this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}

/// The same sentence in Chinese and in English. The core writes both; the edge that shows it picks one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bilingual {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Bilingual {
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Bilingual {
            zh: Cow::Borrowed(zh),
            en: Cow::Borrowed(en),
        }
    }

    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Bilingual {
            zh: zh.into(),
            en: en.into(),
        }
    }

    pub fn get(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// Another document that a finding points into, such as the annex of a report.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it is kept, in the form in which it shall be shown.
    pub path: String,
    pub draft: Draft,
}

impl PartialEq for Document {
    /// Findings are compared within one run, where a path has one text.
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Document {}

impl Document {
    /// The name of its file, for messages.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

/// Another place that belongs to a finding, such as the other of two figures that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The document that holds it; `None` for the draft itself.
    pub document: Option<Arc<Document>>,
    /// Bytes of the document, or of the draft.
    pub range: Range<usize>,
    pub message: Bilingual,
}

/// One slip: what is wrong, where, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's full name, `family/kind`.
    pub rule: &'static str,
    pub severity: Severity,
    /// Bytes of the draft.
    pub range: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: Bilingual,
    /// Why it is taken for a slip and what to do, where the message does not say it already.
    pub help: Option<Bilingual>,
    pub related: Vec<Related>,
    /// Ways to mend it, the best one first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    pub fn new(rule: &'static str, severity: Severity, range: Range<usize>, message: Bilingual) -> Self {
        Finding {
            rule,
            severity,
            range,
            message,
            help: None,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    pub fn related(mut self, range: Range<usize>, message: Bilingual) -> Self {
        self.related.push(Related {
            document: None,
            range,
            message,
        });
        self
    }

    /// A related place in another document.
    pub fn related_in(mut self, document: &Arc<Document>, range: Range<usize>, message: Bilingual) -> Self {
        self.related.push(Related {
            document: Some(Arc::clone(document)),
            range,
            message,
        });
        self
    }

    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The family, the part of the rule's name before the slash.
    pub fn family(&self) -> &'static str {
        self.rule.split_once('/').map_or(self.rule, |(family, _)| family)
    }
}

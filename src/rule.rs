//! What a rule is: its metadata, and a check that turns facts and models into findings.

use std::ops::Range;

use crate::dossier::Dossier;
use crate::draft::{Draft, Place};
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::Models;
use crate::source::Format;

/// One kind of slip. A rule keeps no state; everything it needs comes with the context.
pub trait Rule: Sync {
    fn meta(&self) -> &'static Meta;

    fn check(&self, context: &Context, findings: &mut Vec<Finding>);

    /// Whether what it finds in a block is told by that block alone, save that findings of many blocks may be put together.
    fn is_local(&self) -> bool {
        false
    }
}

/// The one source of a rule's documentation: `explain`, `docs/rules.md`, the settings' schema and the editor's link are made from it.
#[derive(Debug)]
pub struct Meta {
    /// `family/kind`, in kebab-case.
    pub name: &'static str,
    /// The gravest severity the rule reports at without settings; single findings may be reported lower when they are less sure.
    pub severity: Severity,
    /// Whether the rule runs without being asked for.
    pub default: bool,
    /// What it finds, in one sentence.
    pub summary: Bilingual,
    /// Why it matters, what it takes for a slip and what it leaves alone, and what to do.
    pub explanation: Bilingual,
    /// The clause of a standard that it follows, as in `GB/T 9704-2012 7.3.3`.
    pub clause: Option<&'static str>,
    pub fix: Fixable,
    /// Run as tests: every `wrong` has at least one finding of this rule, every `right` none.
    pub examples: &'static [Example],
}

impl Meta {
    pub fn family(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(family, _)| family)
    }
}

/// What kind of fixes a rule offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixable {
    Never,
    /// A person must confirm it.
    Unsafe,
    Safe,
}

/// A short draft with the slip, and the same draft, or a look-alike, without it.
#[derive(Debug)]
pub struct Example {
    pub format: Format,
    pub wrong: &'static str,
    pub right: &'static str,
    pub beside: Beside,
}

/// What an example needs beside the draft for there to be anything wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// A sheet of official figures, as CSV.
    Sheet(&'static str),
    /// Another draft that belongs together with it and comes before it.
    Companion(&'static str),
    /// A report of an earlier time.
    Earlier(&'static str),
}

impl Example {
    pub const fn plain(wrong: &'static str, right: &'static str) -> Self {
        Example {
            format: Format::Plain,
            wrong,
            right,
            beside: Beside::Nothing,
        }
    }

    pub const fn markdown(wrong: &'static str, right: &'static str) -> Self {
        Example {
            format: Format::Markdown,
            wrong,
            right,
            beside: Beside::Nothing,
        }
    }

    pub const fn beside(self, companion: &'static str) -> Self {
        Example {
            beside: Beside::Companion(companion),
            ..self
        }
    }

    pub const fn after(self, earlier: &'static str) -> Self {
        Example {
            beside: Beside::Earlier(earlier),
            ..self
        }
    }

    pub const fn with_sheet(self, csv: &'static str) -> Self {
        Example {
            beside: Beside::Sheet(csv),
            ..self
        }
    }
}

/// What a check sees.
pub struct Context<'a> {
    pub draft: &'a Draft,
    pub models: &'a Models,
    /// What lies beside the draft.
    pub dossier: &'a Dossier,
}

impl Context<'_> {
    /// Where a place stands in the draft, in bytes.
    pub fn source_range(&self, place: &Place) -> Range<usize> {
        self.draft.source_range(place)
    }

    /// What stands at a place, as it is read.
    pub fn quote(&self, place: &Place) -> &str {
        self.draft.quote(place)
    }
}

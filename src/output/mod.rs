//! Printers: findings in, text for a person or a program out. One file a format.

mod checkstyle;
pub mod comment;
pub mod comparison;
mod concise;
pub mod diff;
pub mod explain;
pub mod figures;
mod fingerprint;
mod full;
mod github;
mod gitlab;
mod html;
pub mod json;
mod junit;
pub mod outline;
mod place;
mod rdjson;
pub mod reference;
mod sarif;
mod snippet;
pub mod statistics;
mod style;
pub mod summary;
mod wrap;

use std::io::{self, Write};
use std::ops::Range;

use crate::draft::Draft;
use crate::finding::{Finding, Language, Related};
use crate::text::Unit;

pub use fingerprint::{Fingerprints, surroundings};
pub use style::Palette;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum OutputFormat {
    /// The text with the place marked, the reason and the mending
    #[default]
    Full,
    /// One line a finding
    Concise,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code quality report of GitLab
    Gitlab,
    /// Checkstyle XML
    Checkstyle,
    /// JUnit XML
    Junit,
    /// The JSON of reviewdog
    Rdjson,
    /// One page to read in a browser and to print
    Html,
}

impl OutputFormat {
    /// Whether it is made for a person, so that a closing line belongs to it.
    pub fn is_for_people(self) -> bool {
        matches!(self, OutputFormat::Full | OutputFormat::Concise)
    }

    /// Whether it shows the draft by its blocks, and not only the text where something was found.
    pub fn shows_blocks(self) -> bool {
        self == OutputFormat::Html
    }
}

/// How the output shall look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub language: Language,
    pub palette: Palette,
    /// How many columns a line may take.
    pub width: usize,
}

/// One draft and what was found in it.
pub struct Report<'a> {
    /// The path as it is shown.
    pub path: &'a str,
    pub draft: &'a Draft,
    pub findings: &'a [Finding],
}

/// Prints reports one by one as they come, so that nothing has to be kept.
pub trait Printer {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()>;

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

pub fn printer(format: OutputFormat, look: Look) -> Box<dyn Printer> {
    let language = look.language;
    match format {
        OutputFormat::Full => Box::new(full::Full::new(look)),
        OutputFormat::Concise => Box::new(concise::Concise { look }),
        OutputFormat::Json => Box::new(json::Array::new(language)),
        OutputFormat::Jsonl => Box::new(json::Lines { language }),
        OutputFormat::Sarif => Box::new(sarif::Sarif::new(language)),
        OutputFormat::Github => Box::new(github::Github { language }),
        OutputFormat::Gitlab => Box::new(gitlab::Gitlab::new(language)),
        OutputFormat::Checkstyle => Box::new(checkstyle::Checkstyle { language }),
        OutputFormat::Junit => Box::new(junit::Junit { language }),
        OutputFormat::Rdjson => Box::new(rdjson::Rdjson::new(language)),
        OutputFormat::Html => Box::new(html::Html::new(language)),
    }
}

/// A place as people and programs outside count it: line and column from one, the column in the unit asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    line: usize,
    column: usize,
}

impl At {
    fn new(draft: &Draft, byte: usize, unit: Unit) -> At {
        let position = draft.text().position(byte, unit);
        At {
            line: position.line + 1,
            column: position.column + 1,
        }
    }
}

impl Report<'_> {
    /// What a related place is told in: the draft itself, or the other document that holds it.
    fn holding<'a>(&'a self, related: &'a Related) -> Report<'a> {
        let (path, draft) = match &related.document {
            None => (self.path, self.draft),
            Some(document) => (document.path.as_str(), &document.draft),
        };
        Report { path, draft, findings: &[] }
    }

    /// The start and the end of a range of bytes, with columns in characters.
    fn span(&self, range: &Range<usize>) -> (At, At) {
        (self.at(range.start), self.at(range.end))
    }

    fn at(&self, byte: usize) -> At {
        At::new(self.draft, byte, Unit::Scalar)
    }
}

/// The elements of a JSON array, written as they come.
#[derive(Default)]
struct Elements {
    any: bool,
}

impl Elements {
    fn write(&mut self, out: &mut dyn Write, element: &serde_json::Value) -> io::Result<()> {
        out.write_all(if self.any { b",\n  " } else { b"\n  " })?;
        self.any = true;
        serde_json::to_writer(out, element).map_err(io::Error::from)
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.any { b"\n]" } else { b"]" })
    }
}

//! `jiaogao explain --figure`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{TROUBLE, Trouble, read, terminal};
use crate::draft::Draft;
use crate::finding::{Bilingual, Language};
use crate::model::Models;
use crate::output;
use crate::text::{Position, Unit};

/// A place in a file, as it is written on the command line; line and column count from one. In a Word document, which shows no lines of ours,
/// the line is the paragraph and the column a character of it, as messages tell them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    file: PathBuf,
    line: usize,
    column: Option<usize>,
}

pub(super) fn run(place: &str, language: Language) -> u8 {
    match explanation(place, language) {
        Ok(text) => terminal::print(&text),
        Err(trouble) => {
            trouble.print(language);
            TROUBLE
        }
    }
}

fn explanation(place: &str, language: Language) -> Result<String, Trouble> {
    let spot = Spot::parse(place).ok_or_else(|| {
        let message = Bilingual::new(
            format!("“{place}”应写作“文件:行”或“文件:行:列”"),
            format!("“{place}” should read FILE:LINE or FILE:LINE:COLUMN"),
        );
        Trouble::new(Path::new(""), message)
    })?;
    let how = read::How::default();
    let source = match spot.file == Path::new("-") {
        true => read::stdin(&spot.file, how)?,
        false => read::file(&spot.file, how)?,
    };
    let models = Models::build(&source.draft);
    let range = spot.range(&source.draft);
    let text = output::comparison::explain(&source.draft, &models, &range, terminal::look(language));
    match text.as_str() {
        "" => {
            let message = Bilingual::new(
                "这里没有读出数字（序号、日期、文号等不算）",
                "no figure was read here; numbers of items, dates and the like are none",
            );
            Err(Trouble::new(Path::new(place), message))
        }
        _ => Ok(text),
    }
}

impl Spot {
    fn parse(text: &str) -> Option<Spot> {
        let (before, last) = text.rsplit_once(':')?;
        let last: usize = last.parse().ok().filter(|number| *number > 0)?;
        let with_column = before.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
        Some(match with_column {
            Some((file, line)) if line > 0 => Spot {
                file: file.into(),
                line,
                column: Some(last),
            },
            _ => Spot {
                file: before.into(),
                line: last,
                column: None,
            },
        })
    }

    /// The bytes that are asked about: a column's, or those of the whole line.
    fn range(&self, draft: &Draft) -> Range<usize> {
        let text = draft.text();
        if let Some(layout) = draft.layout() {
            let Some(paragraph) = layout.paragraph(self.line) else { return 0..0 };
            let typed = paragraph.text.start + paragraph.label..paragraph.text.end;
            let Some(column) = self.column else { return paragraph.text.clone() };
            let before: usize = text.slice(typed.clone()).chars().take(column - 1).map(char::len_utf8).sum();
            return typed.start + before..typed.start + before;
        }
        match self.column {
            Some(column) => {
                let position = Position {
                    line: self.line - 1,
                    column: column - 1,
                };
                let at = text.byte(position, Unit::Scalar);
                at..at
            }
            None => text.line_range(self.line - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_from_their_end() {
        let spot = |file: &str, line, column| {
            Some(Spot {
                file: file.into(),
                line,
                column,
            })
        };
        assert_eq!(Spot::parse("a.md:12"), spot("a.md", 12, None));
        assert_eq!(Spot::parse("a.md:12:8"), spot("a.md", 12, Some(8)));
        assert_eq!(Spot::parse(r"C:\\稿\\a.md:12"), spot(r"C:\\稿\\a.md", 12, None));
        assert_eq!(Spot::parse("a.md"), None);
        assert_eq!(Spot::parse("a.md:0"), None);
    }
}

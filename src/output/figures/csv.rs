//! The ledger as CSV (RFC 4180), one mention a row.
//!
//! Excel takes a CSV file without byte-order mark for one in the system's old encoding and shows Chinese as mojibake, so the mark is written
//! unless the caller does not want it.

use std::io::{self, Write};

use super::Book;
use crate::finding::Language;

/// Writes rows as the books come.
pub struct Csv<W: Write> {
    writer: csv::Writer<W>,
    language: Language,
    facts: usize,
}

impl<W: Write> Csv<W> {
    /// # Errors
    /// When `out` cannot be written.
    pub fn begin(mut out: W, with_bom: bool, language: Language) -> io::Result<Self> {
        if with_bom {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(heads(language))?;
        Ok(Csv { writer, language, facts: 0 })
    }

    /// Facts are numbered from one, over all drafts.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(&mut self, book: &Book) -> io::Result<()> {
        for fact in &book.ledger.facts {
            self.facts += 1;
            for entry in book.entries(fact, self.language) {
                let at = book.at(entry.range.start);
                let conflict = match entry.contradicted {
                    true => self.language.pick("不一致", "conflict"),
                    false => "",
                };
                self.writer.write_record([
                    &self.facts.to_string(),
                    conflict,
                    &entry.subject,
                    &harmless(entry.text),
                    &entry.value,
                    &entry.unit,
                    &entry.normalized_value,
                    &entry.normalized_unit,
                    &entry.period,
                    &entry.place,
                    entry.role,
                    entry.exactness,
                    &harmless(entry.section),
                    book.path,
                    &at.line.to_string(),
                    &at.column.to_string(),
                ])?;
            }
        }
        Ok(())
    }

    /// # Errors
    /// When the output cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn heads(language: Language) -> [&'static str; 16] {
    match language {
        Language::Chinese => [
            "事项",
            "冲突",
            "指标",
            "原文",
            "数值",
            "单位",
            "折算数值",
            "折算单位",
            "时期",
            "地区",
            "口径",
            "精确度",
            "章节",
            "文稿",
            "行",
            "列",
        ],
        Language::English => [
            "fact",
            "conflict",
            "subject",
            "text",
            "value",
            "unit",
            "normalized value",
            "normalized unit",
            "period",
            "place",
            "role",
            "exactness",
            "section",
            "path",
            "line",
            "column",
        ],
    }
}

/// A spreadsheet takes a field that begins so for a formula; text of a draft must not be run.
fn harmless(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::model::Models;
    use crate::model::figures::ledger::Ledger;
    use crate::source::Format;

    fn written(text: &str, with_bom: bool) -> String {
        let draft = Draft::new(text, Format::Markdown);
        let models = Models::build(&draft);
        let book = Book {
            path: "年报,\"终稿\".md",
            draft: &draft,
            models: &models,
            ledger: &Ledger::of(&models.figures),
        };
        let mut out = Vec::new();
        let mut csv = Csv::begin(&mut out, with_bom, Language::Chinese).unwrap();
        csv.write(&book).unwrap();
        csv.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let csv = written("# =总结\n\n新建泵站12座。\n", false);
        let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
        assert!(rows[0].starts_with("事项,冲突,指标,原文,"), "{csv}");
        assert_eq!(rows[1], "1,,泵站,12座,12,座,12,座,,,,,'=总结,\"年报,\"\"终稿\"\".md\",3,5");
    }

    #[test]
    fn the_mark_that_excel_wants_comes_first() {
        assert!(written("新建泵站12座。\n", true).starts_with("\u{FEFF}事项"));
        assert!(written("新建泵站12座。\n", false).starts_with("事项"));
    }
}

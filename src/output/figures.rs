//! The ledger of a draft's figures, as a table for the terminal, as CSV for a spreadsheet, or as JSON.

pub mod csv;
mod table;

use serde_json::{Value, json};

use super::At;
use crate::draft::Draft;
use crate::finding::Language;
use crate::model::Models;
use crate::model::figures::describe;
use crate::model::figures::ledger::{Fact, Ledger};
use crate::text::Unit;

pub use table::table;

/// How the ledger is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LedgerFormat {
    Table,
    Csv,
    Json,
}

/// The figures of one draft.
pub struct Book<'a> {
    /// The path as it is shown.
    pub path: &'a str,
    pub draft: &'a Draft,
    pub models: &'a Models,
    pub ledger: &'a Ledger,
}

/// One mention of a fact, in words. What the draft leaves open is empty.
struct Entry {
    subject: String,
    /// As written.
    text: String,
    /// In plain digits, in the figure's own unit.
    value: String,
    unit: String,
    normalized_value: String,
    normalized_unit: String,
    period: String,
    place: String,
    role: &'static str,
    exactness: &'static str,
    section: String,
    /// Bytes of the draft.
    range: std::ops::Range<usize>,
    contradicted: bool,
}

impl Book<'_> {
    fn entries(&self, fact: &Fact, language: Language) -> Vec<Entry> {
        fact.mentions.iter().map(|index| self.entry(*index, language)).collect()
    }

    fn entry(&self, index: usize, language: Language) -> Entry {
        let figures = &self.models.figures;
        let mention = &figures.mentions[index];
        let (normalized_value, normalized_unit) = describe::normalized(mention);
        Entry {
            subject: mention.name.text.clone(),
            text: self.draft.quote(&mention.place).to_owned(),
            value: describe::plain_value(mention),
            unit: mention.unit.to_string(),
            normalized_value,
            normalized_unit: normalized_unit.to_string(),
            period: describe::period(mention, language).unwrap_or_default(),
            place: describe::place(mention).unwrap_or_default(),
            role: describe::role(mention, language).unwrap_or_default(),
            exactness: describe::exactness(mention, language).unwrap_or_default(),
            section: describe::section(self.draft, &self.models.numbering, mention).unwrap_or_default(),
            range: self.draft.source_range(&mention.place),
            contradicted: figures.is_contradicted(index),
        }
    }

    fn at(&self, byte: usize) -> At {
        At::new(self.draft, byte, Unit::Scalar)
    }

    /// The facts as JSON objects. Lines and columns count from one, columns in Unicode scalar values, bytes from zero; `end` is exclusive.
    pub fn json(&self, language: Language) -> Vec<Value> {
        self.ledger.facts.iter().map(|fact| self.fact(fact, language)).collect()
    }

    fn fact(&self, fact: &Fact, language: Language) -> Value {
        let entries = self.entries(fact, language);
        let mentions: Vec<Value> = entries.iter().map(|entry| self.mention(entry)).collect();
        json!({
            "path": self.path,
            "subject": entries.first().map_or("", |entry| &entry.subject),
            "conflict": fact.contradictory,
            "mentions": mentions,
        })
    }

    fn mention(&self, entry: &Entry) -> Value {
        let said = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
        json!({
            "text": entry.text,
            "subject": entry.subject,
            "value": entry.value,
            "unit": entry.unit,
            "normalized": {"value": entry.normalized_value, "unit": entry.normalized_unit},
            "period": said(&entry.period),
            "place": said(&entry.place),
            "role": said(entry.role),
            "exactness": said(entry.exactness),
            "section": said(&entry.section),
            "conflict": entry.contradicted,
            "start": self.position(entry.range.start),
            "end": self.position(entry.range.end),
        })
    }

    fn position(&self, byte: usize) -> Value {
        let at = self.at(byte);
        json!({"line": at.line, "column": at.column, "byte": byte})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn facts_are_objects_with_their_mentions() {
        let text = "# 小结\n\n## 一、春管\n\n上半年浇灌小麦近6.8万亩。\n";
        let draft = Draft::new(text, Format::Markdown);
        let models = Models::build(&draft);
        let ledger = Ledger::of(&models.figures);
        let book = Book {
            path: "a.md",
            draft: &draft,
            models: &models,
            ledger: &ledger,
        };
        let facts = book.json(Language::English);
        assert_eq!(facts.len(), 1);
        let mention = &facts[0]["mentions"][0];
        assert_eq!((&facts[0]["subject"], &facts[0]["conflict"]), (&json!("小麦"), &json!(false)));
        assert_eq!(mention["normalized"], json!({"value": "68000", "unit": "亩"}));
        assert_eq!((&mention["exactness"], &mention["role"]), (&json!("nearly"), &Value::Null));
        assert_eq!(mention["section"], "一、春管");
        assert_eq!(mention["start"], json!({"line": 5, "column": 9, "byte": text.find("6.8").unwrap()}));
    }
}

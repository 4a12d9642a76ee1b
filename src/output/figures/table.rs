//! The ledger as a table for the terminal.

use super::{Book, Entry};
use crate::finding::Language;
use crate::output::Look;
use crate::output::wrap::columns;

/// The columns between two fields.
const GAP: usize = 2;
/// A field is cut rather than shown wider than this.
const WIDEST: usize = 40;
/// A field of a narrow terminal is not cut below this.
const NARROWEST: usize = 8;

/// One field of the table, in the order shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Subject,
    Text,
    Period,
    Place,
    Role,
    At,
}

const FIELDS: [Field; 6] = [Field::Subject, Field::Text, Field::Period, Field::Place, Field::Role, Field::At];
/// What is left out where the terminal is too narrow, the first first.
const DISPENSABLE: [Field; 3] = [Field::Place, Field::Role, Field::Period];

struct Row {
    contradicted: bool,
    fields: [String; FIELDS.len()],
}

/// One line a mention, mentions of one fact below each other, those that contradict each other marked with `!`; at the end a line that counts.
pub fn table(book: &Book, look: Look) -> String {
    let rows: Vec<Row> = book
        .ledger
        .facts
        .iter()
        .flat_map(|fact| {
            let entries = book.entries(fact, look.language);
            entries
                .into_iter()
                .enumerate()
                .map(|(at, entry)| row(book, at == 0, entry, look.language))
        })
        .collect();
    let mut out = String::new();
    if !rows.is_empty() {
        write_rows(&rows, look, &mut out);
    }
    out.push_str(&closing_line(book, look.language));
    out.push('\n');
    out
}

fn row(book: &Book, is_first: bool, entry: Entry, language: Language) -> Row {
    let at = book.at(entry.range.start);
    let role: Vec<&str> = [entry.role, entry.exactness].into_iter().filter(|word| !word.is_empty()).collect();
    // The subject of a fact is not said again below.
    let subject = if is_first { entry.subject } else { String::new() };
    Row {
        contradicted: entry.contradicted,
        fields: [
            subject,
            entry.text,
            entry.period,
            entry.place,
            role.join(language.pick("，", ", ")),
            format!("{}:{}", at.line, at.column),
        ],
    }
}

fn head(field: Field, language: Language) -> &'static str {
    match field {
        Field::Subject => language.pick("指标", "Subject"),
        Field::Text => language.pick("数字", "Figure"),
        Field::Period => language.pick("时期", "Period"),
        Field::Place => language.pick("地区", "Place"),
        Field::Role => language.pick("口径", "Role"),
        Field::At => language.pick("位置", "At"),
    }
}

fn write_rows(rows: &[Row], look: Look, out: &mut String) {
    let widths = widths(rows, look);
    let strong = look.palette.strong;
    let heads = FIELDS.map(|field| head(field, look.language).to_owned());
    out.push_str(&format!("  {strong}{}{strong:#}\n", line(&heads, &widths)));
    for row in rows {
        let style = if row.contradicted { look.palette.warning } else { Default::default() };
        let mark = if row.contradicted { '!' } else { ' ' };
        out.push_str(&format!("{style}{mark} {}{style:#}\n", line(&row.fields, &widths)));
    }
}

/// The columns of each field; `None` for one that has no room or nothing to say.
fn widths(rows: &[Row], look: Look) -> [Option<usize>; FIELDS.len()] {
    let width_of = |field: Field| {
        let widest = rows.iter().map(|row| columns(&row.fields[field as usize])).max().unwrap_or(0);
        let is_said = widest > 0 || matches!(field, Field::Subject | Field::Text | Field::At);
        is_said.then(|| widest.max(columns(head(field, look.language))).min(WIDEST))
    };
    let mut widths = FIELDS.map(width_of);
    let total = |widths: &[Option<usize>; FIELDS.len()]| 2 + widths.iter().flatten().map(|width| width + GAP).sum::<usize>() - GAP;
    for field in DISPENSABLE {
        if total(&widths) > look.width {
            widths[field as usize] = None;
        }
    }
    for field in [Field::Subject, Field::Text] {
        let excess = total(&widths).saturating_sub(look.width);
        let width = &mut widths[field as usize];
        *width = width.map(|width| width.saturating_sub(excess).max(NARROWEST.min(width)));
    }
    widths
}

fn line(fields: &[String; FIELDS.len()], widths: &[Option<usize>; FIELDS.len()]) -> String {
    let mut line = String::new();
    for (field, width) in fields.iter().zip(widths) {
        let Some(width) = width else { continue };
        let field = fitted(field, *width);
        line.push_str(&field);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(columns(&field)) + GAP));
    }
    line.truncate(line.trim_end().len());
    line
}

/// A text cut to some columns; the ellipsis that stands for the rest is one of them.
fn fitted(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut fitted = String::new();
    for char in text.chars() {
        let mut longer = fitted.clone();
        longer.push(char);
        if columns(&longer) + 1 > width {
            break;
        }
        fitted = longer;
    }
    fitted.push('…');
    fitted
}

fn closing_line(book: &Book, language: Language) -> String {
    let facts = book.ledger.facts.len();
    let mentions: usize = book.ledger.facts.iter().map(|fact| fact.mentions.len()).sum();
    let conflicts = book.ledger.facts.iter().filter(|fact| fact.contradictory).count();
    match (language, conflicts) {
        (Language::Chinese, 0) => format!("{mentions}处数字，{facts}个事项，没有前后不一致的。"),
        (Language::Chinese, _) => format!("{mentions}处数字，{facts}个事项，其中{conflicts}个前后不一致（行首有“!”）。"),
        (Language::English, 0) => format!("{mentions} figure(s), {facts} fact(s), none contradictory."),
        (Language::English, _) => format!("{mentions} figure(s), {facts} fact(s), {conflicts} contradictory (marked with “!”)."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::model::Models;
    use crate::model::figures::ledger::Ledger;
    use crate::output::Palette;
    use crate::source::Format;

    const DRAFT: &str =
        "## 一、基本情况\n\n学校现有48个教学班，教师166名，其中外聘教师约20名。\n\n## 二、主要工作\n\n上半年，46个教学班全部完成班级文化建设。\n";

    fn shown(text: &str, width: usize) -> String {
        let draft = Draft::new(text, Format::Markdown);
        let models = Models::build(&draft);
        let book = Book {
            path: "a.md",
            draft: &draft,
            models: &models,
            ledger: &Ledger::of(&models.figures),
        };
        let look = Look {
            language: Language::Chinese,
            palette: Palette::default(),
            width,
        };
        table(&book, look)
    }

    #[test]
    fn fields_stand_below_each_other() {
        let expected = "  指标      数字   时期   口径            位置\n\
                        ! 教学班    48个                          3:5\n\
                        !           46个   1—6月  总数            7:5\n\
                        \x20 教师      166名                         3:14\n\
                        \x20 外聘教师  20名          其中之一，约数  3:26\n\
                        4处数字，3个事项，其中1个前后不一致（行首有“!”）。\n";
        assert_eq!(shown(DRAFT, 100), expected);
    }

    #[test]
    fn a_narrow_terminal_gets_what_matters() {
        for width in [20, 30, 40] {
            let shown = shown(DRAFT, width);
            let rows = shown.lines().take(5);
            assert!(rows.clone().all(|row| columns(row) <= width.max(25)), "{width}\n{shown}");
            assert!(rows.clone().any(|row| row.contains("46个") && row.ends_with("7:5")), "{width}\n{shown}");
        }
    }

    #[test]
    fn a_draft_without_figures_has_none() {
        assert_eq!(shown("没有数字。\n", 80), "0处数字，0个事项，没有前后不一致的。\n");
    }
}

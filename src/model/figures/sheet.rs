//! A sheet of official figures (口径): a CSV file in which an office keeps the values that every draft must have.
//!
//! Each row is read as a sentence of a draft would be, “subject为value unit”, so that it can be set against the figures of a draft: 城镇登记失业率,
//! 人均可支配收入 and 地区生产总值增速 have the same role and name there as here.

use std::ops::Range;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use rustc_hash::FxHashMap;

use super::Figures;
use super::mention::Mention;
use crate::draft::Draft;
use crate::facts::date;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::period::{self, Part, Period, Year};
use crate::facts::figure::unit::Unit;
use crate::facts::figure::word;
use crate::facts::glance::Glance;
use crate::finding::{Bilingual, Document};
use crate::model::numbering::Numbering;
use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::written::{self, Form, Vagueness};
use crate::selector;
use crate::source::Format;

/// The official figures that hold for a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub document: Arc<Document>,
    pub rows: Vec<Official>,
    /// Rows by the names of their readings.
    by_name: FxHashMap<String, Vec<(usize, usize)>>,
}

/// One row: a fact with the value that it must have.
#[derive(Debug, Clone)]
pub struct Official {
    pub subject: String,
    /// As a draft would state it, for the subject and for each alias.
    pub readings: Vec<Mention>,
    /// `None` where the row names no time: then that of the draft itself.
    pub period: Option<Period>,
    /// A place or body other than the draft's own.
    pub place: Option<String>,
    /// In its own unit.
    pub value: Decimal,
    /// All values that it may stand for, in the smallest unit.
    pub interval: Interval,
    /// Value and unit as they stand in the sheet.
    pub written: String,
    /// Bytes of the sheet.
    pub range: Range<usize>,
    /// Counted from one.
    pub line: usize,
}

impl PartialEq for Official {
    /// Two rows of the same text at the same place say the same.
    fn eq(&self, other: &Self) -> bool {
        (&self.subject, &self.written, &self.range, self.period) == (&other.subject, &other.written, &other.range, other.period)
    }
}

impl Eq for Official {}

/// What is wrong with a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetError {
    /// Counted from one.
    pub line: usize,
    pub message: Bilingual,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Subject,
    Period,
    Place,
    Value,
    Unit,
    Aliases,
}

/// The heads by which each column is known; the first is the one that documentation and messages name.
const HEADS: &[(Column, &[&str])] = &[
    (Column::Subject, &["指标", "名称", "指标名称", "subject", "name"]),
    (Column::Period, &["时期", "时间", "年份", "period"]),
    (Column::Place, &["地区", "单位范围", "地区/单位范围", "范围", "place"]),
    (Column::Value, &["数值", "数据", "value"]),
    (Column::Unit, &["单位", "计量单位", "unit"]),
    (Column::Aliases, &["别名", "又称", "aliases", "alias"]),
];

impl Sheet {
    /// Reads the text of the sheet kept at `path`.
    ///
    /// # Errors
    /// [`SheetError`] at the first row that does not say clearly what value which fact has.
    pub fn parse(text: &str, path: &str) -> Result<Sheet, SheetError> {
        let head = text.lines().next().unwrap_or_default();
        let delimiter = if head.contains('\t') && !head.contains(',') { b'\t' } else { b',' };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let document = Document {
            path: path.to_owned(),
            draft: Draft::new(text, Format::Plain),
        };
        let mut columns: Option<Vec<Option<Column>>> = None;
        let mut rows: Vec<Official> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(&error))?;
            if record.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            let range = range_of(text, &record);
            let line = document.draft.text().line_at(range.start) + 1;
            match &columns {
                None => columns = Some(read_heads(&record, line)?),
                Some(columns) => rows.push(Row::new(&record, columns, range, line)?.read()?),
            }
        }
        if columns.is_none() {
            return Err(SheetError {
                line: 1,
                message: Bilingual::fixed("口径表是空的", "the sheet of figures is empty"),
            });
        }
        let sheet = Sheet {
            document: Arc::new(document),
            by_name: by_name(&rows),
            rows,
        };
        sheet.check_for_two_values()?;
        Ok(sheet)
    }

    /// The same sheet, shown by another path.
    pub fn kept_at(mut self, path: String) -> Sheet {
        let draft = self.document.draft.clone();
        self.document = Arc::new(Document { path, draft });
        self
    }

    /// The rows one of whose readings has this name, each with that reading.
    pub fn named(&self, name: &str) -> impl Iterator<Item = (&Official, &Mention)> {
        let found = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        found.iter().map(|&(row, reading)| (&self.rows[row], &self.rows[row].readings[reading]))
    }

    /// A sheet that gives one fact two values is of no use.
    fn check_for_two_values(&self) -> Result<(), SheetError> {
        type Key<'a> = (&'a str, Option<Period>, Option<&'a str>, &'static str);
        let mut known: FxHashMap<Key, &Official> = FxHashMap::default();
        for row in &self.rows {
            let Some(unit) = row.readings.first().map(|reading| reading.unit) else {
                continue;
            };
            let key = (row.subject.as_str(), row.period, row.place.as_deref(), unit.standard().name());
            let first = *known.entry(key).or_insert(row);
            if !first.interval.overlaps(&row.interval) {
                let (subject, line) = (&row.subject, first.line);
                let message = Bilingual::new(
                    format!("“{subject}”在第{line}行已有另一个数"),
                    format!("“{subject}” has another value on line {line}"),
                );
                return Err(SheetError { line: row.line, message });
            }
        }
        Ok(())
    }
}

fn by_name(rows: &[Official]) -> FxHashMap<String, Vec<(usize, usize)>> {
    let mut by_name: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
    for (row, official) in rows.iter().enumerate() {
        for (reading, mention) in official.readings.iter().enumerate() {
            by_name.entry(mention.name.text.clone()).or_default().push((row, reading));
        }
    }
    by_name
}

fn unreadable(error: &csv::Error) -> SheetError {
    let line = error.position().map_or(1, |position| position.line() as usize);
    let message = Bilingual::new(format!("不是CSV：{error}"), format!("is not CSV: {error}"));
    SheetError { line, message }
}

/// What each column holds. A column without a head, as a spreadsheet leaves at the margin, holds nothing.
fn read_heads(record: &StringRecord, line: usize) -> Result<Vec<Option<Column>>, SheetError> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for field in record {
        let name = field.trim().trim_start_matches('\u{FEFF}').to_lowercase();
        let column = HEADS.iter().find(|(_, heads)| heads.contains(&name.as_str())).map(|(column, _)| *column);
        if column.is_none() && !name.is_empty() {
            return Err(SheetError {
                line,
                message: unknown_head(&name),
            });
        }
        if column.is_some() && columns.contains(&column) {
            let message = Bilingual::new(format!("“{name}”这一列重复了"), format!("the column `{name}` stands twice"));
            return Err(SheetError { line, message });
        }
        columns.push(column);
    }
    for (needed, head) in [(Column::Subject, "指标"), (Column::Value, "数值")] {
        if !columns.contains(&Some(needed)) {
            let message = Bilingual::new(format!("缺“{head}”这一列"), format!("the column `{head}` is missing"));
            return Err(SheetError { line, message });
        }
    }
    Ok(columns)
}

fn unknown_head(name: &str) -> Bilingual {
    let known = HEADS.iter().flat_map(|(_, heads)| heads.iter().copied());
    match selector::closest(name, known) {
        Some(meant) => Bilingual::new(
            format!("没有“{name}”这种列，是不是“{meant}”？"),
            format!("there is no column `{name}`; did you mean `{meant}`?"),
        ),
        None => Bilingual::new(
            format!("没有“{name}”这种列；可用的列：指标、时期、地区、数值、单位、别名"),
            format!(
                "there is no column `{name}`; the columns are 指标 (subject), 时期 (period), 地区 (place), 数值 (value), 单位 (unit), 别名 (aliases)"
            ),
        ),
    }
}

/// The bytes of a row; the reader counts the empty lines before it to it.
fn range_of(text: &str, record: &StringRecord) -> Range<usize> {
    let start = record.position().map_or(0, |position| position.byte() as usize).min(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let start = text.len() - rest.trim_start_matches(['\n', '\r']).len();
    let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
    start..end
}

/// The fields of one row.
struct Row<'a> {
    subject: &'a str,
    period: &'a str,
    place: &'a str,
    value: &'a str,
    unit: &'a str,
    aliases: &'a str,
    range: Range<usize>,
    line: usize,
}

impl<'a> Row<'a> {
    fn new(record: &'a StringRecord, columns: &[Option<Column>], range: Range<usize>, line: usize) -> Result<Self, SheetError> {
        if let Some(extra) = record.iter().skip(columns.len()).find(|field| !field.trim().is_empty()) {
            let message = Bilingual::new(format!("这一行比表头多一格：“{extra}”"), format!("there is no head for “{extra}”"));
            return Err(SheetError { line, message });
        }
        let field = |column: Column| {
            let index = columns.iter().position(|known| *known == Some(column));
            index.and_then(|index| record.get(index)).unwrap_or_default().trim()
        };
        Ok(Row {
            subject: field(Column::Subject),
            period: field(Column::Period),
            place: field(Column::Place),
            value: field(Column::Value),
            unit: field(Column::Unit),
            aliases: field(Column::Aliases),
            range,
            line,
        })
    }

    fn error(&self, zh: String, en: String) -> SheetError {
        SheetError {
            line: self.line,
            message: Bilingual::new(zh, en),
        }
    }

    fn read(&self) -> Result<Official, SheetError> {
        if self.subject.is_empty() {
            return Err(self.error("没写指标".to_owned(), "the subject is missing".to_owned()));
        }
        let (value, unit_in_value) = self.value()?;
        let (subject, bracket) = without_bracket(self.subject);
        let unit_in_bracket = bracket.filter(|bracket| Unit::of(bracket).is_some());
        let unit_text = [self.unit, unit_in_value].into_iter().find(|text| !text.is_empty());
        let unit_text = unit_text.or(unit_in_bracket).unwrap_or_default();
        let Some((unit, power)) = Unit::of(unit_text) else {
            return Err(match unit_text {
                "" => self.error(format!("“{subject}”没有单位"), format!("“{subject}” has no unit")),
                unknown => self.error(format!("不认识单位“{unknown}”"), format!("the unit “{unknown}” is not known")),
            });
        };
        let value = value.shift(power);
        let names = std::iter::once(subject)
            .chain(bracket.filter(|_| unit_in_bracket.is_none()))
            .chain(self.aliases.split([';', '；', '、', '|', '/', ',', '，']))
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let written = self.value.trim_end_matches(unit_in_value).trim();
        let digits = self.digits().trim_end_matches(unit_in_value).trim();
        let interval = Exactness::Exact.interval(value, unit);
        Ok(Official {
            subject: subject.to_owned(),
            readings: names.filter_map(|name| reading(name, digits, unit_text)).collect(),
            period: self.period()?,
            place: Some(self.place).filter(|place| !place.is_empty()).map(str::to_owned),
            value,
            interval: interval.scale(unit.factor()).unwrap_or(interval),
            written: format!("{written}{unit_text}"),
            range: self.range.clone(),
            line: self.line,
        })
    }

    /// The number, and the unit where it stands in the same field.
    fn value(&self) -> Result<(Decimal, &'a str), SheetError> {
        let digits = self.digits();
        let written = written::read(digits).filter(|written| written.form == Form::Digits && written.vagueness == Vagueness::Exact);
        match written {
            Some(written) if digits != self.value => Ok((written.value.negate(), digits[written.length..].trim())),
            Some(written) => Ok((written.value, digits[written.length..].trim())),
            None => Err(match self.value {
                "" => self.error("没写数值".to_owned(), "the value is missing".to_owned()),
                value => self.error(format!("“{value}”不是一个数"), format!("“{value}” is not a number")),
            }),
        }
    }

    /// The value without the sign of a decrease.
    fn digits(&self) -> &'a str {
        self.value.trim_start_matches(['-', '－', '−'])
    }

    fn period(&self) -> Result<Option<Period>, SheetError> {
        if self.period.is_empty() {
            return Ok(None);
        }
        let period = period_of(self.period);
        period.map(Some).ok_or_else(|| {
            self.error(
                format!("看不懂时期“{}”，可写作“2024年”“2024年上半年”", self.period),
                format!("the period “{}” is not understood; write 2024年 or 2024年上半年", self.period),
            )
        })
    }
}

/// 地区生产总值（GDP）: the name, and what stands in the brackets at its end.
fn without_bracket(text: &str) -> (&str, Option<&str>) {
    let split = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    match split {
        Some((name, inside)) if !name.trim().is_empty() => (name.trim(), Some(inside.trim())),
        _ => (text, None),
    }
}

/// The figure that a draft has which states the row under this name.
fn reading(name: &str, digits: &str, unit: &str) -> Option<Mention> {
    let draft = Draft::new(&format!("{name}为{digits}{unit}。"), Format::Plain);
    Figures::build(&draft, &Numbering::build(&draft))
        .mentions
        .into_iter()
        .find(|mention| !mention.name.text.is_empty())
}

/// The time that a text names: 2024, 2024年, 上半年, “十四五”.
pub fn period_of(text: &str) -> Option<Period> {
    if let Ok(year) = text.parse::<u32>() {
        return (1900..2200).contains(&year).then_some(Period {
            year: Year::Number(year),
            part: Part::Whole,
        });
    }
    let dates = date::read(&Glance::at(text));
    let mentions = period::scan(text, &word::scan(text), &dates);
    period::of(text, &mentions, &(0..text.len()), &(0..text.len()), text.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::parse(text, "口径.csv").expect("a good sheet")
    }

    #[test]
    fn rows_are_read_as_a_draft_states_them() {
        let sheet = sheet(
            "指标,时期,地区,数值,单位,别名\n粮食总产量,2024年,,\"35,987\",吨,\"粮食产量；粮产\"\n\n地区生产总值（GDP）,2024,清河镇,3.6亿,元,\n城镇化率,2024年上半年,,65.2%,,\n",
        );
        let rows = &sheet.rows;
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4, 5]);
        assert_eq!(
            (rows[0].written.as_str(), rows[1].written.as_str(), rows[2].written.as_str()),
            ("35,987吨", "3.6亿元", "65.2%")
        );
        assert!(rows[1].value.same_value(Decimal::from(360_000_000)));
        assert_eq!(rows[1].place.as_deref(), Some("清河镇"));
        assert_eq!(rows[2].period.map(|period| period.part), Some(Part::Months(1, 6)));
        assert_eq!((rows[0].readings.len(), rows[1].readings.len(), rows[2].readings.len()), (3, 2, 1));
        for name in ["粮食总产量", "粮产", "GDP", "城镇化率"] {
            assert_eq!(sheet.named(name).count(), 1, "{name}");
        }
        assert!(sheet.document.draft.text().slice(rows[1].range.clone()).starts_with("地区生产总值"));
    }

    #[test]
    fn english_heads_tabs_and_units_in_brackets_serve_as_well() {
        let sheet = sheet("subject\tvalue\r\n教师（人）\t166\r\n");
        assert_eq!((sheet.rows[0].written.as_str(), sheet.rows[0].subject.as_str()), ("166人", "教师"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, line, hint) in [
            ("", 1, "empty"),
            ("指标,数值,单为\n", 1, "单位"),
            ("指标,单位\n", 1, "数值"),
            ("指标,数值,数据\n", 1, "twice"),
            ("指标,数值,单位\n教师,166,名\n学生,约2300,名\n", 3, "约2300"),
            ("指标,数值,单位\n\n教师,166,光年\n", 3, "光年"),
            ("指标,数值\n教师,166\n", 2, "no unit"),
            ("指标,数值,单位\n,166,名\n", 2, "subject"),
            ("指标,数值,单位\n教师,,名\n", 2, "value"),
            ("指标,数值,单位\n教师,166,名,多\n", 2, "多"),
            ("指标,时期,数值,单位\n教师,那年,166,名\n", 2, "那年"),
            ("指标,数值,单位\n教师,166,名\n学生,2300,名\n教师,168,人\n", 4, "line 2"),
        ] {
            let error = Sheet::parse(text, "").unwrap_err();
            assert_eq!(error.line, line, "{text}{error:?}");
            assert!(error.message.en.contains(hint), "{text}{}", error.message.en);
        }
    }
}

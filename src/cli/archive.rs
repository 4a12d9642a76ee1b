//! `jiaogao lint --input-format jsonl`: an archive of drafts as JSON lines in, their findings as JSON lines out.
//!
//! It is a filter: one answer a line, in the order of the lines, as soon as it is known. A line that cannot be read is answered with an error and
//! the rest goes on, so a program that drives it can match answers to drafts one to one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::cache::{Cache, Content, Memory, Subject};
use super::configs::absolute;
use super::read::{self, How};
use super::stream::{self, Sink};
use super::{FOUND, TROUBLE, Trouble, terminal};
use crate::config::{self, Choice, Config, FailOn};
use crate::draft::Draft;
use crate::finding::{Bilingual, Finding, Language};
use crate::linter::{self, Settings};
use crate::output::Report;
use crate::output::json;
use crate::source::Format;

/// What holds for all drafts of the archive.
pub(super) struct Archive {
    pub choice: Choice,
    /// Holds for drafts that bring no settings.
    pub config: Arc<Config>,
    pub language: Language,
    /// Goes before what settings say.
    pub fail_on: Option<FailOn>,
    pub threads: usize,
    pub cache: Option<Cache>,
}

/// One line of the archive. Other keys are left alone: an archive may hold more than a linter needs.
#[derive(Deserialize)]
struct Record {
    id: Value,
    text: String,
    format: Option<Format>,
    /// As in `jiaogao.toml`; takes its place.
    settings: Option<serde_json::Map<String, Value>>,
}

/// A line of the archive as it was read; the number counts from one.
type Line = (usize, io::Result<Vec<u8>>);

/// The answer to one line.
struct Answer {
    text: String,
    verdict: Verdict,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passes,
    Fails,
    Unreadable,
}

impl Archive {
    /// Answers all lines of the files, or of standard input where there are none or one is `-`, and says how it ended.
    pub(super) fn run(mut self, paths: &[PathBuf]) -> Result<u8, Trouble> {
        let lines = lines(paths)?;
        let mut answers = Answers {
            out: io::BufWriter::new(io::stdout().lock()),
            found: false,
            troubled: false,
            written: Ok(()),
        };
        stream::for_each(lines, self.threads, |(number, line)| self.answer(number, line), &mut answers);
        if let Some(trouble) = self.cache.take().and_then(Cache::close) {
            trouble.print(self.language);
        }
        if answers.written.is_ok() {
            answers.written = answers.out.flush();
        }
        Ok(match terminal::end(answers.written) {
            super::CLEAN if answers.troubled => TROUBLE,
            super::CLEAN if answers.found => FOUND,
            code => code,
        })
    }

    fn answer(&self, number: usize, line: io::Result<Vec<u8>>) -> Answer {
        let answered = line
            .map_err(|error| Refusal::new(Bilingual::new(format!("读不了：{error}"), format!("cannot be read: {error}"))))
            .and_then(|line| self.lint(&line));
        answered.unwrap_or_else(|Refusal { id, message }| Answer {
            text: json!({"id": id, "line": number, "error": message.get(self.language)}).to_string(),
            verdict: Verdict::Unreadable,
        })
    }

    fn lint(&self, line: &[u8]) -> Result<Answer, Refusal> {
        let record = record(line)?;
        let config = match &record.settings {
            None => Arc::clone(&self.config),
            Some(settings) => Arc::new(self.settings(settings).map_err(|message| Refusal {
                id: record.id.clone(),
                message,
            })?),
        };
        // A fault of a rule must not cost the other drafts their findings.
        panic::catch_unwind(AssertUnwindSafe(|| self.findings(&record, &config))).map_err(|_| Refusal {
            id: record.id.clone(),
            message: Bilingual::fixed(
                "校稿程序内部出错，这份文稿没有查完，请报告开发者",
                "internal error: this draft was not linted; please report it",
            ),
        })
    }

    fn findings(&self, record: &Record, config: &Config) -> Answer {
        let path = match &record.id {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        };
        let format = record.format.unwrap_or_else(|| Format::of_path(Path::new(&path)));
        let settings = config.settings(&absolute(Path::new(&path)), &self.choice);
        let (draft, findings) = self.draft_and_findings(&record.text, format, &settings);
        let fail_on = self.fail_on.or(config.fail_on).unwrap_or_default();
        let fails = findings.iter().any(|finding| fail_on.fails(finding));
        let report = Report {
            path: &path,
            draft: &draft,
            findings: &findings,
        };
        Answer {
            text: json!({"id": record.id, "findings": json::elements(&report, self.language).collect::<Vec<_>>()}).to_string(),
            verdict: if fails { Verdict::Fails } else { Verdict::Passes },
        }
    }

    /// A draft whose findings are known from an earlier run is not read.
    fn draft_and_findings(&self, text: &str, format: Format, settings: &Settings) -> (Draft, Vec<Finding>) {
        let subject = Subject {
            content: Content::Text(text),
            by_name: format,
            how: How::default(),
            settings,
            sheet: None,
        };
        let memory = self.cache.as_ref().and_then(|cache| cache.memory(&subject));
        if let Some(findings) = memory.as_ref().and_then(Memory::recall) {
            return (Draft::unread(text, format), findings);
        }
        let draft = Draft::new(text, format);
        let findings = linter::lint(&draft, settings);
        memory.iter().for_each(|memory| memory.keep(&findings));
        (draft, findings)
    }

    /// Reads the settings of one draft. Their globs are relative to the folder of the archive's settings.
    fn settings(&self, settings: &serde_json::Map<String, Value>) -> Result<Config, Bilingual> {
        let wrong = |error: &dyn std::fmt::Display| Bilingual::new(format!("settings：{error}"), format!("settings: {error}"));
        let text = toml::Table::try_from(settings).map_err(|error| wrong(&error))?.to_string();
        config::parse(&text, &self.config.root.join(config::FILE_NAME)).map_err(|error| {
            let Bilingual { zh, en } = error.message;
            Bilingual::new(format!("settings：{zh}"), format!("settings: {en}"))
        })
    }
}

/// Why a line was not linted, with the draft's name if it could be told.
struct Refusal {
    id: Value,
    message: Bilingual,
}

impl Refusal {
    fn new(message: Bilingual) -> Self {
        Refusal { id: Value::Null, message }
    }
}

fn record(line: &[u8]) -> Result<Record, Refusal> {
    serde_json::from_slice(line).map_err(|error| {
        let id = serde_json::from_slice(line).ok().and_then(|value: Value| value.get("id").cloned());
        Refusal {
            id: id.unwrap_or_default(),
            message: Bilingual::new(
                format!("这一行不是{{\"id\": …, \"text\": …}}：{error}"),
                format!("this line is not {{\"id\": …, \"text\": …}}: {error}"),
            ),
        }
    })
}

/// The lines of the files one after the other; empty ones are left out. They are opened first, so that a wrong name is told before any work.
fn lines(paths: &[PathBuf]) -> Result<impl Iterator<Item = Line> + Send + use<>, Trouble> {
    let stdin = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &stdin[..] } else { paths };
    let readers = paths.iter().map(|path| open(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(readers
        .into_iter()
        .flat_map(|reader| numbered(reader).filter(|(_, line)| !matches!(line, Ok(line) if line.trim_ascii().is_empty()))))
}

fn open(path: &Path) -> Result<Box<dyn BufRead + Send>, Trouble> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| read::trouble(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// The lines of a reader. Nothing can be read any more behind an error.
fn numbered(mut reader: Box<dyn BufRead + Send>) -> impl Iterator<Item = Line> + Send {
    const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();
    let mut number = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        number += 1;
        let mut line = Vec::new();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => {
                if number == 1 && line.starts_with(BYTE_ORDER_MARK) {
                    line.drain(..BYTE_ORDER_MARK.len());
                }
                Some((number, Ok(line)))
            }
            Err(error) => {
                is_over = true;
                Some((number, Err(error)))
            }
        }
    })
}

/// Standard output, and how the archive does so far.
struct Answers<W: Write> {
    out: W,
    found: bool,
    troubled: bool,
    written: io::Result<()>,
}

impl<W: Write> Answers<W> {
    fn write(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) -> ControlFlow<()> {
        self.written = write(&mut self.out);
        match self.written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

impl<W: Write> Sink<Answer> for Answers<W> {
    fn take(&mut self, answer: Answer) -> ControlFlow<()> {
        self.found |= answer.verdict == Verdict::Fails;
        self.troubled |= answer.verdict == Verdict::Unreadable;
        self.write(|out| writeln!(out, "{}", answer.text))
    }

    fn pause(&mut self) -> ControlFlow<()> {
        self.write(Write::flush)
    }
}

//! Where results meet the outside: printing, counting, the exit code.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use super::arguments::Arguments;
use super::session::Checked;
use crate::cli::progress::Progress;
use crate::cli::{CLEAN, FOUND, TROUBLE, Trouble, terminal};
use crate::finding::Language;
use crate::output::statistics::Statistics;
use crate::output::summary::Summary;
use crate::output::{self, Look, Printer, Report};

pub(super) struct Edge<'a> {
    arguments: &'a Arguments,
    look: Look,
    printer: Box<dyn Printer>,
    out: Box<dyn Write>,
    is_terminal: bool,
    progress: Progress,
    summary: Summary,
    statistics: Statistics,
    found: bool,
    troubled: bool,
    /// Set when standard output can no longer be written.
    broken: Option<io::Error>,
}

impl<'a> Edge<'a> {
    pub(super) fn new(arguments: &'a Arguments, language: Language) -> Self {
        let look = terminal::look(language);
        let is_terminal = io::stdout().is_terminal();
        // The mended text of standard input goes to standard output, so what is said of it goes to standard error.
        let prints_draft = arguments.fix && arguments.paths.iter().any(|path| path.as_os_str() == "-");
        let out: Box<dyn Write> = match prints_draft {
            true => Box::new(io::stderr()),
            false => Box::new(io::BufWriter::new(io::stdout())),
        };
        Edge {
            arguments,
            look,
            printer: output::printer(arguments.output_format, look),
            out,
            is_terminal,
            progress: Progress::new(arguments.quiet, language),
            summary: Summary::default(),
            statistics: Statistics::default(),
            found: false,
            troubled: false,
            broken: None,
        }
    }

    /// Whether findings are printed, and not something in their place.
    fn prints_findings(&self) -> bool {
        !self.arguments.statistics && !self.arguments.diff && !self.arguments.write_baseline
    }

    pub(super) fn begin(&mut self) -> io::Result<()> {
        if self.prints_findings() {
            self.printer.begin(&mut self.out)
        } else {
            Ok(())
        }
    }

    /// Prints one draft's findings, or why there are none. Breaks when there is nobody to print to.
    pub(super) fn show(&mut self, outcome: Result<Checked, Trouble>) -> ControlFlow<()> {
        self.progress.step();
        let checked = match outcome {
            Ok(checked) => checked,
            Err(trouble) => {
                self.trouble(&trouble);
                return ControlFlow::Continue(());
            }
        };
        self.found |= match &checked.before {
            Some(before) => *before != checked.draft.text().to_string(),
            None => checked.fails && !self.arguments.write_baseline,
        };
        self.summary.add(&checked.findings, checked.draft.layout().is_none());
        self.summary.fixed += checked.fixed;
        self.summary.known += checked.known;
        self.statistics.add(&checked.findings);
        if let Some(trouble) = &checked.trouble {
            self.trouble(trouble);
        }
        self.tell_written(&checked);
        match self.print(&checked) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.broken = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn print(&mut self, checked: &Checked) -> io::Result<()> {
        let path = checked.path.to_string_lossy();
        if let Some(mended) = &checked.mended {
            let mut stdout = io::stdout().lock();
            stdout.write_all(mended)?;
            stdout.flush()?;
        }
        let prints_findings = self.prints_findings();
        let Edge {
            progress,
            printer,
            out,
            look,
            is_terminal,
            ..
        } = self;
        progress.suspend(|| {
            if let Some(before) = &checked.before {
                let diff = output::diff::unified(&path, before, &checked.draft.text().to_string(), look.palette);
                out.write_all(diff.as_bytes())?;
            } else if prints_findings {
                let report = Report {
                    path: &path,
                    draft: &checked.draft,
                    findings: &checked.findings,
                };
                printer.report(out, &report)?;
            }
            if *is_terminal { out.flush() } else { Ok(()) }
        })
    }

    fn tell_written(&self, checked: &Checked) {
        if let (Some(written), Some(to), false) = (&checked.written, &self.arguments.annotate, self.arguments.quiet) {
            let line = format!("{}: {}", to.display(), written.get(self.look.language));
            // Where standard error is closed there is nobody to tell.
            self.progress.suspend(|| drop(terminal::complain(&line)));
        }
    }

    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        self.troubled = true;
        self.warn(trouble);
    }

    /// Tells of trouble that cost nobody any findings.
    pub(super) fn warn(&self, trouble: &Trouble) {
        let language = self.look.language;
        self.progress.suspend(|| trouble.print(language));
    }

    pub(super) fn finish(mut self) -> u8 {
        self.progress.finish();
        let printed = match self.broken.take() {
            Some(error) => Err(error),
            None => self.close(),
        };
        match terminal::end(printed) {
            CLEAN if self.troubled => TROUBLE,
            CLEAN if self.found => FOUND,
            code => code,
        }
    }

    /// The closing line belongs to the findings where a person reads them; programs get it on standard error.
    fn close(&mut self) -> io::Result<()> {
        if self.prints_findings() {
            self.printer.finish(&mut self.out)?;
        } else if self.arguments.statistics {
            self.statistics.print(&mut self.out, self.arguments.output_format, self.look)?;
        }
        let line = match &self.arguments.baseline {
            Some(path) if self.arguments.write_baseline => self.summary.recorded(&path.to_string_lossy(), self.look.language),
            _ => self.summary.line(self.look.language),
        };
        if !self.arguments.quiet && self.arguments.output_format.is_for_people() && !self.arguments.diff {
            writeln!(self.out, "{line}")?;
        }
        self.out.flush()
    }
}

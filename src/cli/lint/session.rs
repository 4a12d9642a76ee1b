//! One run over many drafts: which are linted, with which settings, and what becomes of each.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::Arguments;
use super::edge::Edge;
use crate::cli::baseline::Baseline;
use crate::cli::cache::{Cache, Content, Memory, Subject};
use crate::cli::configs::{Configs, NoConfig, absolute};
use crate::cli::interrupt::Interrupt;
use crate::cli::library::Library;
use crate::cli::mend::{self, NotReplaced};
use crate::cli::read::{self, Depth, Source};
use crate::cli::walk::{self, Target};
use crate::cli::{INTERRUPTED, Trouble, annotate, ordered, terminal};
use crate::config::{Choice, Config, Globs};
use crate::dossier::Dossier;
use crate::draft::Draft;
use crate::finding::{Bilingual, Finding, Language};
use crate::linter::{self, Settings};
use crate::model::Models;
use crate::source::Format;
use crate::source::decode::Decoded;

/// What holds for the whole run.
pub(super) struct Session<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) choice: Choice,
    pub(super) exclude: Globs,
    /// The working directory.
    pub(super) here: PathBuf,
    pub(super) baseline: Option<Baseline>,
    pub(super) cache: Option<Cache>,
    pub(super) library: Library,
    pub(super) language: Option<Language>,
}

/// A draft to lint, with the settings of its folder.
struct Job {
    target: Target,
    /// The path as it is shown.
    path: PathBuf,
    config: Arc<Config>,
}

/// A draft that was linted.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) draft: Draft,
    pub(super) findings: Vec<Finding>,
    pub(super) fails: bool,
    pub(super) fixed: usize,
    /// How many findings the baseline holds.
    pub(super) known: usize,
    /// The text before mending, where it is to be compared.
    pub(super) before: Option<String>,
    /// The mended draft of standard input, as bytes to print.
    pub(super) mended: Option<Vec<u8>>,
    /// Why the mended draft, or the copy with comments, was not written.
    pub(super) trouble: Option<Trouble>,
    /// What was written beside the findings.
    pub(super) written: Option<Bilingual>,
}

impl Session<'_> {
    pub(super) fn run(mut self, mut configs: Configs) -> u8 {
        let here = [PathBuf::from(".")];
        let paths = if self.arguments.paths.is_empty() {
            &here[..]
        } else {
            &self.arguments.paths
        };
        let language = self.language_for(&mut configs, &paths[0]);
        self.language = Some(language);
        if self.arguments.together {
            self.library.set_together(walk::targets(paths).filter_map(Result::ok));
        }
        let mut baseline = self.arguments.write_baseline.then(|| self.baseline.take().unwrap_or_default());
        let mut edge = Edge::new(self.arguments, language);
        if let Err(error) = edge.begin() {
            return terminal::end(Err(error));
        }
        let session = &self;
        // Where a draft is awaited on standard input there is nothing to finish.
        let has_files_to_mend = self.arguments.fix && paths.iter().all(|path| path.as_os_str() != "-");
        let interrupt = if has_files_to_mend { Interrupt::watch() } else { Interrupt::default() };
        let targets = walk::targets(paths).take_while(|_| !interrupt.is_asked());
        let jobs = targets.filter_map(|target| session.job(target, &mut configs));
        ordered::for_each(
            jobs,
            self.arguments.threads(),
            |job| session.check(job?),
            |outcome| {
                if let (Some(baseline), Ok(checked)) = (&mut baseline, &outcome) {
                    baseline.record(&checked.path, &checked.draft, &checked.findings);
                }
                edge.show(outcome)
            },
        );
        if let (Some(baseline), Some(path)) = (baseline, &self.arguments.baseline)
            && let Err(error) = baseline.write(path)
        {
            edge.trouble(&Trouble::not_written(path, &error));
        }
        if let Some(trouble) = self.cache.take().and_then(Cache::close) {
            edge.warn(&trouble);
        }
        match edge.finish() {
            _ if interrupt.is_asked() => INTERRUPTED,
            code => code,
        }
    }

    /// The language of the run: the command line's, or else that of the settings that hold for the first path.
    fn language_for(&self, configs: &mut Configs, first: &Path) -> Language {
        self.language.unwrap_or_else(|| {
            // A folder's settings are those of a draft in it. Broken settings are told when the drafts are reached.
            let inside = absolute(first).join("draft");
            configs.peek(&inside).and_then(|config| config.language).unwrap_or_default()
        })
    }

    /// Gives a draft its settings. `None` if it is to be left out.
    fn job(&self, target: Result<Target, Trouble>, configs: &mut Configs) -> Option<Result<Job, Trouble>> {
        let target = match target {
            Ok(target) => target,
            Err(trouble) => return Some(Err(trouble)),
        };
        let path = match &target {
            Target::Stdin => self.arguments.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("-")),
            Target::Named(path) | Target::Found(path) => path.clone(),
        };
        let absolute = absolute(&path);
        let may_be_excluded = matches!(target, Target::Found(_)) || self.arguments.force_exclude;
        if may_be_excluded && self.exclude.match_path(&self.here, &absolute) {
            return None;
        }
        match configs.for_draft(&absolute) {
            Ok(config) if may_be_excluded && config.excludes(&absolute) => None,
            Ok(config) => Some(Ok(Job { target, path, config })),
            Err(NoConfig::Broken(trouble)) => Some(Err(trouble)),
            Err(NoConfig::Told) => None,
        }
    }

    /// Lints one draft. A fault of a rule must not cost the other drafts their findings, so a panic ends here.
    fn check(&self, job: Job) -> Result<Checked, Trouble> {
        let path = job.path.clone();
        panic::catch_unwind(AssertUnwindSafe(|| self.check_until_unchanged(&job))).unwrap_or_else(|_| {
            let message = Bilingual::fixed(
                "校稿程序内部出错，这份文稿没有查完，请报告开发者",
                "internal error: this draft was not linted; please report it",
            );
            Err(Trouble::new(&path, message))
        })
    }

    /// Another program may write the file between reading and replacing it, so that is tried again, from reading on.
    fn check_until_unchanged(&self, job: &Job) -> Result<Checked, Trouble> {
        const MOST_TRIES: usize = 3;
        for _ in 1..MOST_TRIES {
            if let Some(checked) = self.check_once(job)? {
                return Ok(checked);
            }
        }
        self.check_once(job)?.ok_or_else(|| {
            let message = Bilingual::fixed(
                "别的程序正在改这个文件，没有写回",
                "is being changed by another program and was not written",
            );
            Trouble::new(&job.path, message)
        })
    }

    /// `None` if the file changed under our hands.
    fn check_once(&self, job: &Job) -> Result<Option<Checked>, Trouble> {
        let Job { target, path, config } = job;
        let bytes = match target {
            Target::Stdin => read::stdin_bytes(path)?,
            Target::Named(file) | Target::Found(file) => read::file_bytes(file)?,
        };
        let settings = config.settings(&absolute(path), &self.choice);
        let dossier = self.library.dossier(&absolute(path), config);
        let memory = self.memory(job, &bytes, &settings, &dossier);
        let recalled = memory.as_ref().and_then(Memory::recall);
        let depth = match recalled {
            Some(_) if !self.arguments.output_format.shows_blocks() => Depth::Text,
            _ => Depth::Whole,
        };
        let Source { bytes, draft, decoded } = read::source(path, bytes, self.arguments.how(), depth)?;
        let mut checked = Checked {
            path: path.clone(),
            draft,
            findings: Vec::new(),
            fails: false,
            fixed: 0,
            known: 0,
            before: None,
            mended: None,
            trouble: None,
            written: None,
        };
        let mends = self.arguments.fix || self.arguments.diff;
        // A long draft takes up enough memory without its file.
        let bytes = if mends || self.arguments.annotate.is_some() { bytes } else { Vec::new() };
        if let (true, Some(decoded)) = (mends, decoded) {
            let mended = mend::mend(checked.draft, self.arguments.unsafe_fixes, |draft| {
                let mut findings = lint(draft, &settings, &dossier);
                self.remove_known(path, draft, &mut findings);
                findings
            });
            (checked.draft, checked.findings, checked.fixed) = (mended.draft, mended.findings, mended.fixed);
            if !self.write_back(&mut checked, &bytes, decoded, target) {
                return Ok(None);
            }
        } else {
            checked.findings = recalled.unwrap_or_else(|| {
                let findings = lint(&checked.draft, &settings, &dossier);
                memory.iter().for_each(|memory| memory.keep(&findings));
                findings
            });
            checked.known = self.remove_known(path, &checked.draft, &mut checked.findings);
            checked.trouble = mends.then(|| not_mended(path, &checked.draft));
            self.annotate(&mut checked, &bytes, target);
        }
        let fail_on = self.arguments.fail_on.or(config.fail_on).unwrap_or_default();
        checked.fails = checked.findings.iter().any(|finding| fail_on.fails(finding));
        Ok(Some(checked))
    }

    /// Writes the copy with comments, if one is wished.
    fn annotate(&self, checked: &mut Checked, bytes: &[u8], target: &Target) {
        let Some(to) = &self.arguments.annotate else { return };
        let wish = annotate::Wish {
            to,
            in_place: self.arguments.in_place,
            track_fixes: self.arguments.track_fixes,
            language: self.language.unwrap_or_default(),
        };
        let from = match target {
            Target::Stdin => None,
            Target::Named(path) | Target::Found(path) => Some(path.as_path()),
        };
        match annotate::write(&wish, from, bytes, &checked.draft, &checked.findings) {
            Ok(written) => checked.written = Some(written),
            Err(trouble) => checked.trouble = Some(trouble),
        }
    }

    /// Takes the findings away that the baseline holds, and says how many they were.
    fn remove_known(&self, path: &Path, draft: &Draft, findings: &mut Vec<Finding>) -> usize {
        let baseline = self.baseline.as_ref();
        baseline.map_or(0, |baseline| baseline.remove_known(path, draft, findings))
    }

    /// Where the findings of a draft are kept. Other drafts that have a say in them are no part of the key, so then they are not kept at all.
    fn memory(&self, job: &Job, bytes: &[u8], settings: &Settings, dossier: &Dossier) -> Option<Memory<'_>> {
        let is_alone = dossier.companions.is_empty() && dossier.earlier.is_none();
        let cache = self.cache.as_ref().filter(|_| is_alone && job.target != Target::Stdin)?;
        cache.memory(&Subject {
            content: Content::File(bytes),
            by_name: Format::of_path(&job.path),
            how: self.arguments.how(),
            settings,
            sheet: dossier.sheet.as_ref(),
        })
    }

    /// Puts a mended draft where it belongs. False if the file changed since it was read.
    fn write_back(&self, checked: &mut Checked, before: &[u8], decoded: Decoded, target: &Target) -> bool {
        let after = checked.draft.text().to_string();
        if self.arguments.diff {
            checked.before = Some(decoded.text);
            return true;
        }
        let is_changed = after != decoded.text;
        let bytes = match (is_changed, target) {
            (false, Target::Stdin) => Some(before.to_owned()),
            (false, _) => return true,
            (true, _) => read::encode(before, &decoded, &after),
        };
        let Some(bytes) = bytes else {
            let encoding = decoded.encoding.name();
            let message = Bilingual::new(
                format!("按{encoding}写回会损坏原有的字符，没有改动"),
                format!("was left as it is: writing it in {encoding} would damage characters"),
            );
            checked.trouble = Some(Trouble::new(&checked.path, message));
            return true;
        };
        let file = match target {
            Target::Stdin => {
                checked.mended = Some(bytes);
                return true;
            }
            Target::Named(file) | Target::Found(file) => file,
        };
        match mend::replace(file, before, &bytes) {
            Ok(()) => true,
            Err(NotReplaced::Changed) => false,
            Err(NotReplaced::Io(error)) => {
                checked.trouble = Some(Trouble::not_written(&checked.path, &error));
                true
            }
        }
    }
}

fn lint(draft: &Draft, settings: &Settings, dossier: &Dossier) -> Vec<Finding> {
    linter::lint_beside(draft, &Models::build(draft), settings, dossier)
}

/// Why a document is left as it is where drafts are mended.
fn not_mended(path: &Path, draft: &Draft) -> Trouble {
    let message = if draft.layout().is_some_and(|layout| layout.takes_comments) {
        Bilingual::fixed(
            "是Word文档，--fix和--diff不改它；可以用 --annotate 副本.docx --track-fixes 写一份带批注和修订的副本",
            "is a Word document, which --fix and --diff do not change; --annotate COPY.docx --track-fixes writes a copy with comments and tracked changes",
        )
    } else {
        Bilingual::fixed(
            "是OpenDocument文档（.odt），--fix和--diff不改它；请另存为.docx，再用 --annotate 副本.docx --track-fixes",
            "is an OpenDocument file (.odt), which --fix and --diff do not change; save it as .docx and use --annotate COPY.docx --track-fixes",
        )
    };
    Trouble::new(path, message)
}

//! `jiaogao lint`.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgAction;
use encoding_rs::Encoding;

use super::annotate;
use super::archive::Archive;
use super::baseline::Baseline;
use super::configs::{Configs, NoConfig, absolute};
use super::library::Library;
use super::mend::{self, NotReplaced};
use super::progress::Progress;
use super::read::{self, Source};
use super::walk::{self, Target};
use super::{CLEAN, FOUND, TROUBLE, Trouble, ordered, terminal};
use crate::config::{Choice, Config, FailOn, Globs};
use crate::dossier::Dossier;
use crate::draft::Draft;
use crate::finding::{Bilingual, Finding, Language};
use crate::linter::{self, Settings};
use crate::model::Models;
use crate::output::statistics::Statistics;
use crate::output::summary::Summary;
use crate::output::{self, Look, OutputFormat, Printer, Report};
use crate::selector::Selector;
use crate::source::Format;
use crate::source::decode::Decoded;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// 文稿或文件夹，默认当前文件夹；“-”指标准输入 | Drafts or folders, by default the current one; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 输出格式：full（默认）、concise、json、jsonl、sarif、github、gitlab、checkstyle、junit、rdjson、html | How findings are printed: full (default), concise, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson, html
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "full",
        hide_default_value = true,
        hide_possible_values = true
    )]
    output_format: OutputFormat,
    /// 改好有把握的地方 | Mend what can be mended safely
    #[arg(long, group = "change")]
    fix: bool,
    /// 同--fix或--diff合用：连须核对的改法一并用上 | With --fix or --diff: use also the fixes that a person should check
    #[arg(long, requires = "change")]
    unsafe_fixes: bool,
    /// 只显示--fix会改什么，不写文件 | Show what --fix would change, and write nothing
    #[arg(long, group = "change")]
    diff: bool,
    /// 把问题写成批注，连同Word文稿存成这个副本 | Write a copy of the Word draft, with the findings as comments in it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["change", "write_baseline"])]
    annotate: Option<PathBuf>,
    /// 同--annotate合用：有把握的改法写成修订 | With --annotate: write the safe fixes as tracked changes
    #[arg(long, requires = "annotate")]
    track_fixes: bool,
    /// 同--annotate合用：可以写进原稿，另留备份 | With --annotate: the draft itself may be replaced; a backup is kept
    #[arg(long, requires = "annotate")]
    in_place: bool,
    /// 只用这些规则或规则族，如figure,stray/pair | Run only these rules or families, as figure,stray/pair
    #[arg(long, value_name = "RULES", value_delimiter = ',', action = ArgAction::Append)]
    select: Vec<String>,
    /// 不用这些规则或规则族 | Do not run these rules or families
    #[arg(long, value_name = "RULES", value_delimiter = ',', action = ArgAction::Append)]
    ignore: Vec<String>,
    /// 有不低于这一级的问题时以1退出：error、warning（默认）、info、hint、never | Exit with 1 when something is found at this level or above: error, warning (default), info, hint, never
    #[arg(long, value_name = "LEVEL", hide_possible_values = true)]
    fail_on: Option<FailOn>,
    /// 不列问题，只按规则计数 | Print counts by rule instead of findings
    #[arg(long)]
    statistics: bool,
    /// 这些文稿是一套（报告、附件、新闻稿）：数字互相核对，相同的段落互相提示 | The drafts belong together (report, annexes, press release): hold their figures against each other and tell passages in common
    #[arg(long)]
    together: bool,
    /// 对照以前的报告，找出照搬而没有更新数字、年份的段落 | Find passages taken over from this earlier report without renewing figures or years
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// 不报基线文件里已有的问题 | Do not report what this baseline file holds
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// 把现有的问题写进--baseline指的文件 | Write the present findings to the file of --baseline
    #[arg(long, requires = "baseline", conflicts_with = "change")]
    write_baseline: bool,
    /// 查文件夹时跳过的路径，写法同.gitignore | Paths to leave out when folders are walked, written as in .gitignore
    #[arg(long, value_name = "GLOB", action = ArgAction::Append)]
    exclude: Vec<String>,
    /// 点了名的文件也按exclude跳过 | Leave out excluded files even where they are named
    #[arg(long)]
    force_exclude: bool,
    /// 文稿的编码，默认自动识别 | The encoding of the drafts, by default detected
    #[arg(long, value_name = "NAME", value_parser = read::encoding)]
    encoding: Option<&'static Encoding>,
    /// 文稿的格式：plain、markdown、word，默认看后缀和内容；jsonl是每行一份文稿的档案 | The format of the drafts: plain, markdown, word; by default told by the suffix and the content; jsonl is an archive, one draft a line
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    input_format: Option<InputFormat>,
    /// Word文档里的修订按未接受时的样子读 | Read Word documents as they were before their tracked changes
    #[arg(long)]
    original: bool,
    /// 标准输入的文稿叫什么 | The name of the draft on standard input
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// 用这份设置 | Use this settings file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    config: Option<PathBuf>,
    /// 不用任何设置文件 | Use no settings file
    #[arg(long)]
    isolated: bool,
    /// 并行的线程数 | The number of threads
    #[arg(long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,
    /// 不显示进度和结尾的总计 | No progress bar and no closing line
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum InputFormat {
    Plain,
    Markdown,
    Word,
    Jsonl,
}

impl Arguments {
    fn how(&self) -> read::How {
        let format = |format| match format {
            InputFormat::Plain => Some(Format::Plain),
            InputFormat::Markdown => Some(Format::Markdown),
            InputFormat::Word => Some(Format::Word),
            InputFormat::Jsonl => None,
        };
        read::How {
            encoding: self.encoding,
            format: self.input_format.and_then(format),
            changes: read::changes(self.original),
        }
    }
}

pub(super) fn run(arguments: &Arguments, language: Option<Language>) -> u8 {
    let code = match arguments.input_format {
        Some(InputFormat::Jsonl) => run_archive(arguments, language),
        _ => prepare(arguments, language).map(|(session, configs)| session.run(configs)),
    };
    code.unwrap_or_else(|trouble| {
        trouble.print(language.unwrap_or_default());
        TROUBLE
    })
}

/// An archive has one kind of answer, so what asks for another is refused.
fn run_archive(arguments: &Arguments, language: Option<Language>) -> Result<u8, Trouble> {
    let is_plain = matches!(arguments.output_format, OutputFormat::Full | OutputFormat::Jsonl);
    if !is_plain || arguments.fix || arguments.diff || arguments.statistics || arguments.baseline.is_some() {
        return Err(usage(Bilingual::fixed(
            "--input-format jsonl只输出JSON行，不能与--fix、--diff、--statistics、--baseline或别的--output-format合用",
            "--input-format jsonl answers in JSON lines: it cannot be used with --fix, --diff, --statistics, --baseline or another --output-format",
        )));
    }
    let mut configs = Configs::new(arguments.config.as_deref(), arguments.isolated)?;
    let config = match configs.for_draft(&absolute(Path::new("draft"))) {
        Ok(config) => config,
        Err(NoConfig::Broken(trouble)) => return Err(trouble),
        Err(NoConfig::Told) => return Ok(TROUBLE),
    };
    let archive = Archive {
        choice: choice(arguments)?,
        language: language.or(config.language).unwrap_or_default(),
        config,
        fail_on: arguments.fail_on,
        threads: arguments.threads(),
    };
    archive.run(&arguments.paths)
}

impl Arguments {
    fn threads(&self) -> usize {
        self.jobs
            .map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// Reads what the command line names besides drafts.
fn prepare(arguments: &Arguments, language: Option<Language>) -> Result<(Session<'_>, Configs), Trouble> {
    let choice = choice(arguments)?;
    if arguments.annotate.is_some() && (arguments.paths.len() != 1 || arguments.paths[0].is_dir()) {
        return Err(usage(Bilingual::fixed(
            "--annotate一次只写一份文稿，请只给出一个Word文档",
            "--annotate writes one copy: name just one Word document",
        )));
    }
    let exclude = Globs::new(arguments.exclude.iter().map(String::as_str))
        .map_err(|error| usage(Bilingual::new(format!("--exclude：{error}"), format!("--exclude: {error}"))))?;
    let baseline = match &arguments.baseline {
        None => None,
        Some(path) => Some(Baseline::load(path, arguments.write_baseline).map_err(|error| read::trouble(path, &error))?),
    };
    let configs = Configs::new(arguments.config.as_deref(), arguments.isolated)?;
    let library = Library::new(arguments.how(), arguments.against.as_deref())?;
    let session = Session {
        arguments,
        choice,
        exclude,
        here: absolute(Path::new(".")),
        baseline,
        library,
        language,
    };
    Ok((session, configs))
}

fn choice(arguments: &Arguments) -> Result<Choice, Trouble> {
    Ok(Choice {
        select: selectors(&arguments.select)?,
        ignore: selectors(&arguments.ignore)?,
    })
}

fn selectors(names: &[String]) -> Result<Vec<Selector>, Trouble> {
    let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    names
        .map(|name| Selector::parse(name).map_err(|unknown| usage(unknown.message())))
        .collect()
}

/// Trouble with the command line itself.
fn usage(message: Bilingual) -> Trouble {
    Trouble {
        path: String::new(),
        message,
    }
}

/// What holds for the whole run.
struct Session<'a> {
    arguments: &'a Arguments,
    choice: Choice,
    exclude: Globs,
    /// The working directory.
    here: PathBuf,
    baseline: Option<Baseline>,
    library: Library,
    language: Option<Language>,
}

/// A draft to lint, with the settings of its folder.
struct Job {
    target: Target,
    /// The path as it is shown.
    path: PathBuf,
    config: Arc<Config>,
}

/// A draft that was linted.
struct Checked {
    path: PathBuf,
    draft: Draft,
    findings: Vec<Finding>,
    fails: bool,
    fixed: usize,
    /// How many findings the baseline holds.
    known: usize,
    /// The text before mending, where it is to be compared.
    before: Option<String>,
    /// The mended draft of standard input, as bytes to print.
    mended: Option<Vec<u8>>,
    /// Why the mended draft, or the copy with comments, was not written.
    trouble: Option<Trouble>,
    /// What was written beside the findings.
    written: Option<Bilingual>,
}

impl Session<'_> {
    fn run(mut self, mut configs: Configs) -> u8 {
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
        let jobs = walk::targets(paths).filter_map(|target| session.job(target, &mut configs));
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
        edge.finish()
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
        let Source { bytes, draft, decoded } = match target {
            Target::Stdin => read::stdin(path, self.arguments.how())?,
            Target::Named(file) | Target::Found(file) => read::file(file, self.arguments.how())?,
        };
        let settings = config.settings(&absolute(path), &self.choice);
        let dossier = self.library.dossier(&absolute(path), config);
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
        if let (true, Some(decoded)) = (mends, decoded) {
            let mended = mend::mend(checked.draft, self.arguments.unsafe_fixes, |draft| {
                self.findings(path, draft, &settings, &dossier).0
            });
            (checked.draft, checked.findings, checked.fixed) = (mended.draft, mended.findings, mended.fixed);
            if !self.write_back(&mut checked, &bytes, decoded, target) {
                return Ok(None);
            }
        } else {
            (checked.findings, checked.known) = self.findings(path, &checked.draft, &settings, &dossier);
            checked.trouble = mends.then(|| not_mended(path));
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

    /// The findings that the baseline does not hold, and how many it does.
    fn findings(&self, path: &Path, draft: &Draft, settings: &Settings, dossier: &Dossier) -> (Vec<Finding>, usize) {
        let mut findings = linter::lint_beside(draft, &Models::build(draft), settings, dossier);
        let known = self
            .baseline
            .as_ref()
            .map_or(0, |baseline| baseline.remove_known(path, draft, &mut findings));
        (findings, known)
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

/// Why a Word document is left as it is where drafts are mended.
fn not_mended(path: &Path) -> Trouble {
    let message = Bilingual::fixed(
        "是Word文档，--fix和--diff不改它；可以用 --annotate 副本.docx --track-fixes 写一份带批注和修订的副本",
        "is a Word document, which --fix and --diff do not change; --annotate COPY.docx --track-fixes writes a copy with comments and tracked changes",
    );
    Trouble::new(path, message)
}

/// Where results meet the outside: printing, counting, the exit code.
struct Edge<'a> {
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
    fn new(arguments: &'a Arguments, language: Language) -> Self {
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

    fn begin(&mut self) -> io::Result<()> {
        if self.prints_findings() {
            self.printer.begin(&mut self.out)
        } else {
            Ok(())
        }
    }

    /// Prints one draft's findings, or why there are none. Breaks when there is nobody to print to.
    fn show(&mut self, outcome: Result<Checked, Trouble>) -> ControlFlow<()> {
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

    fn trouble(&mut self, trouble: &Trouble) {
        self.troubled = true;
        let language = self.look.language;
        self.progress.suspend(|| trouble.print(language));
    }

    fn finish(mut self) -> u8 {
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

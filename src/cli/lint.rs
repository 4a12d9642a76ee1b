//! `jiaogao lint`.

mod arguments;
mod edge;
mod session;

use std::path::Path;

pub use arguments::Arguments;

use super::archive::Archive;
use super::baseline::Baseline;
use super::cache::Cache;
use super::configs::{Configs, NoConfig, absolute};
use super::library::Library;
use super::read;
use super::{TROUBLE, Trouble};
use crate::config::{Choice, Globs};
use crate::finding::{Bilingual, Language};
use crate::output::OutputFormat;
use crate::selector::Selector;
use arguments::InputFormat;
use session::Session;

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
        cache: arguments.cache.as_deref().map(Cache::open),
    };
    archive.run(&arguments.paths)
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
        cache: arguments.cache.as_deref().filter(|_| !arguments.goes_beyond_findings()).map(Cache::open),
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

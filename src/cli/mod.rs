//! The commands.

mod annotate;
mod archive;
mod baseline;
mod cache;
mod comparison;
mod configs;
mod figures;
mod help;
mod interrupt;
mod library;
pub mod lint;
mod mend;
mod ordered;
mod outline;
mod progress;
mod read;
mod rules;
mod server;
mod setup;
mod stream;
mod terminal;
mod walk;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::finding::{Bilingual, Language};

/// 校稿：通读一份报告，找出编号、重复、数字和文字上的差错 | Proof-reads Chinese report drafts as a whole: numbering, repeated passages, contradicting figures, stray characters
#[derive(Parser)]
#[command(name = "jiaogao", version, disable_help_subcommand = true)]
struct Arguments {
    /// 提示语的语言：zh（默认）、en | The language of messages: zh (default), en
    #[arg(long, global = true, value_name = "LANG", value_parser = help::language)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 检查文稿 | Lint drafts
    Lint(Box<lint::Arguments>),
    /// 列出文稿的标题和编号 | Print a draft's headings and numbered items as a tree
    Outline(outline::Arguments),
    /// 列出文稿里的全部数字：说的是什么、在哪里、有没有前后不一致 | List every figure of a draft: what it states, where it stands, and whether it is contradicted
    Figures(figures::Arguments),
    /// 列出全部规则 | List all rules
    Rules(rules::ListArguments),
    /// 讲解一条规则，或说明一个数字为什么算矛盾 | Explain a rule, or why a figure contradicts another
    Explain(rules::ExplainArguments),
    /// 启动语言服务器，供编辑器在标准输入输出上连接（LSP） | Serve an editor over the Language Server Protocol, on standard input and output
    Server(server::Arguments),
    /// 写一份带注释的jiaogao.toml | Write a commented jiaogao.toml
    Init(setup::InitArguments),
    /// 输出命令行补全脚本 | Print a script for completions in a shell
    Completions(setup::CompletionsArguments),
}

/// Runs the command line and says how it ended: 0 clean, 1 findings, 2 trouble.
pub fn run() -> ExitCode {
    let wanted = help::wanted_language(std::env::args_os());
    let command = help::localize(Arguments::command(), wanted);
    let arguments = command
        .try_get_matches()
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .unwrap_or_else(|error| error.exit());
    let language = arguments.lang;
    let code = match arguments.command {
        Command::Lint(arguments) => lint::run(&arguments, language),
        Command::Outline(arguments) => outline::run(&arguments, language.unwrap_or_default()),
        Command::Figures(arguments) => figures::run(&arguments, language.unwrap_or_default()),
        Command::Rules(arguments) => rules::list(&arguments, language.unwrap_or_default()),
        Command::Explain(arguments) => rules::explain(&arguments, language.unwrap_or_default()),
        Command::Server(arguments) => server::run(&arguments),
        Command::Init(arguments) => setup::init(&arguments, language.unwrap_or_default()),
        Command::Completions(arguments) => setup::completions(&arguments, help::localize(Arguments::command(), wanted)),
    };
    ExitCode::from(code)
}

/// The command did what it was asked to, and nothing was found.
const CLEAN: u8 = 0;
/// Something was found at the level that fails, or would be changed by `--diff`.
const FOUND: u8 = 1;
/// The command line or the settings are wrong, or a file could not be read or written.
const TROUBLE: u8 = 2;
/// Ctrl-C was pressed, as shells tell it: 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

/// Something that went wrong with one file; the run goes on with the others.
#[derive(Debug, Clone)]
struct Trouble {
    /// The file as it is shown; empty if no file is to blame.
    path: String,
    message: Bilingual,
}

impl Trouble {
    fn new(path: &std::path::Path, message: Bilingual) -> Self {
        Trouble {
            path: path.to_string_lossy().into_owned(),
            message,
        }
    }

    fn not_written(path: &std::path::Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => Bilingual::fixed("没有那个文件夹", "there is no such folder"),
            io::ErrorKind::PermissionDenied => Bilingual::fixed("没有写入的权限", "permission denied"),
            io::ErrorKind::StorageFull => Bilingual::fixed("磁盘满了", "the disk is full"),
            _ => Bilingual::new(error.to_string(), error.to_string()),
        };
        let message = Bilingual::new(
            format!("写不了，没有改动：{}", why.zh),
            format!("cannot be written and was left as it is: {}", why.en),
        );
        Trouble::new(path, message)
    }

    fn print(&self, language: Language) {
        let message = self.message.get(language);
        // Where standard error is closed there is nobody to tell.
        let _ = match self.path.as_str() {
            "" => terminal::complain(&format!("jiaogao: {message}")),
            path => terminal::complain(&format!("jiaogao: {path}: {message}")),
        };
    }
}

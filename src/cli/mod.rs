//! The commands.

pub mod lint;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 校稿：通读一份报告，找出编号、重复、数字和文字上的差错。Proof-reads report drafts as a whole.
#[derive(Parser)]
#[command(name = "jiaogao", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lint files, folders, or `-` for standard input
    Lint(lint::Arguments),
}

/// Runs the command line and says how it ended: 0 clean, 1 findings, 2 trouble.
pub fn run() -> ExitCode {
    let code = match Arguments::parse().command {
        Command::Lint(arguments) => lint::run(&arguments),
    };
    ExitCode::from(code)
}

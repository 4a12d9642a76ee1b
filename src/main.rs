//! The command `jiaogao`.

use std::process::ExitCode;

fn main() -> ExitCode {
    jiaogao::cli::run()
}

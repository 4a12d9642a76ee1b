//! What is known of the terminal, and writing to it.

use std::io::{self, IsTerminal, Write};

use crate::finding::Language;
use crate::output::{Look, Palette};

/// Columns of a line where no terminal tells its width.
const DEFAULT_WIDTH: usize = 100;

/// How to print to standard output: in colour only on a terminal that wants it (`NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`), as wide as the
/// terminal.
pub(super) fn look(language: Language) -> Look {
    let stdout = io::stdout();
    let palette = match anstream::AutoStream::choice(&stdout) {
        anstream::ColorChoice::Never => Palette::default(),
        _ => Palette::colored(),
    };
    let width = match stdout.is_terminal() {
        true => terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0)),
        false => DEFAULT_WIDTH,
    };
    Look { language, palette, width }
}

/// Prints a text and says how the command ended. A reader that has gone away, as `head` does, is no trouble.
pub(super) fn print(text: &str) -> u8 {
    let mut out = io::stdout().lock();
    end(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// The exit code for the result of writing to standard output.
pub(super) fn end(written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => super::CLEAN,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => super::CLEAN,
        Err(error) => {
            let _ = complain(&format!("jiaogao: {error}"));
            super::TROUBLE
        }
    }
}

/// Prints a line on standard error.
pub(super) fn complain(line: &str) -> io::Result<()> {
    writeln!(io::stderr().lock(), "{line}")
}

//! `jiaogao figures`.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde_json::Value;

use super::{CLEAN, TROUBLE, Trouble, read, terminal};
use crate::draft::Draft;
use crate::finding::Language;
use crate::model::Models;
use crate::model::figures::ledger::Ledger;
use crate::output::figures::{Book, LedgerFormat, csv::Csv, table};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// 文稿；“-”指标准输入 | Drafts; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// 输出格式：table（默认）、csv、json | How the figures are printed: table (default), csv, json
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    output_format: LedgerFormat,
    /// CSV开头不写字节序标记（Excel靠它认出UTF-8） | Write CSV without the byte-order mark by which Excel knows UTF-8
    #[arg(long)]
    no_bom: bool,
    /// 文稿的编码，默认自动识别 | The encoding of the drafts, by default detected
    #[arg(long, value_name = "NAME", value_parser = read::encoding)]
    encoding: Option<&'static Encoding>,
    /// Word文档里的修订按未接受时的样子读 | Read a Word document as it was before its tracked changes
    #[arg(long)]
    original: bool,
}

impl Arguments {
    fn how(&self) -> read::How {
        read::How {
            encoding: self.encoding,
            changes: read::changes(self.original),
            ..read::How::default()
        }
    }
}

pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    let mut troubled = false;
    let drafts = arguments.files.iter().filter_map(|path| match draft(path, arguments.how()) {
        Ok(draft) => Some((path.to_string_lossy(), draft)),
        Err(trouble) => {
            troubled = true;
            trouble.print(language);
            None
        }
    });
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printed = print(arguments, language, drafts, &mut out).and_then(|()| out.flush());
    match terminal::end(printed) {
        CLEAN if troubled => TROUBLE,
        code => code,
    }
}

fn draft(path: &Path, how: read::How) -> Result<Draft, Trouble> {
    let source = match path == Path::new("-") {
        true => read::stdin(path, how)?,
        false => read::file(path, how)?,
    };
    Ok(source.draft)
}

type Named<'a> = (Cow<'a, str>, Draft);

/// Prints each draft as it comes.
fn print<'a>(arguments: &Arguments, language: Language, drafts: impl Iterator<Item = Named<'a>>, out: &mut impl Write) -> io::Result<()> {
    match arguments.output_format {
        LedgerFormat::Table => print_tables(drafts, arguments.files.len() > 1, language, out),
        LedgerFormat::Csv => {
            let mut csv = Csv::begin(out, !arguments.no_bom, language)?;
            for draft in drafts {
                with_book(&draft, |book| csv.write(book))?;
            }
            csv.finish()
        }
        LedgerFormat::Json => {
            let facts: Vec<Value> = drafts.flat_map(|draft| with_book(&draft, |book| book.json(language))).collect();
            serde_json::to_writer_pretty(&mut *out, &facts)?;
            writeln!(out)
        }
    }
}

fn print_tables<'a>(drafts: impl Iterator<Item = Named<'a>>, are_many: bool, language: Language, out: &mut impl Write) -> io::Result<()> {
    let look = terminal::look(language);
    for (index, draft) in drafts.enumerate() {
        if are_many {
            let gap = if index > 0 { "\n" } else { "" };
            writeln!(out, "{gap}{}", draft.0)?;
        }
        out.write_all(with_book(&draft, |book| table(book, look)).as_bytes())?;
    }
    Ok(())
}

fn with_book<T>((path, draft): &Named, act: impl FnOnce(&Book) -> T) -> T {
    let models = Models::build(draft);
    act(&Book {
        path,
        draft,
        models: &models,
        ledger: &Ledger::of(&models.figures),
    })
}

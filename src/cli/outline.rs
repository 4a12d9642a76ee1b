//! `jiaogao outline`.

use std::path::{Path, PathBuf};

use super::{Trouble, read, terminal};
use crate::draft::Draft;
use crate::finding::Language;
use crate::model::numbering::Numbering;
use crate::model::outline::outline;
use crate::output;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// 文稿；“-”指标准输入 | The draft; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 输出格式：text（默认）、json | How the outline is printed: text (default), json
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    output_format: OutlineFormat,
    /// Word文档里的修订按未接受时的样子读 | Read a Word document as it was before its tracked changes
    #[arg(long)]
    original: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum OutlineFormat {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    let path = arguments.file.as_path();
    let how = read::How {
        changes: read::changes(arguments.original),
        ..read::How::default()
    };
    let source = if path == Path::new("-") {
        read::stdin(path, how)
    } else {
        read::file(path, how)
    };
    match source {
        Ok(source) => terminal::print(&printed(&source.draft, arguments.output_format)),
        Err(trouble) => complain(&trouble, language),
    }
}

fn printed(draft: &Draft, format: OutlineFormat) -> String {
    let entries = outline(draft, &Numbering::build(draft));
    match format {
        OutlineFormat::Text => output::outline::text(&entries),
        OutlineFormat::Json => format!("{:#}\n", output::outline::json(draft, &entries)),
    }
}

fn complain(trouble: &Trouble, language: Language) -> u8 {
    trouble.print(language);
    super::TROUBLE
}

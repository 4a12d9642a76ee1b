//! `jiaogao init` and `jiaogao completions`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap_complete::Shell;

use super::{CLEAN, TROUBLE, Trouble, terminal};
use crate::config::{self, setting};
use crate::finding::{Bilingual, Language};

#[derive(clap::Args)]
pub(super) struct InitArguments {
    /// 写到哪个文件夹，默认当前文件夹 | The folder to write to, by default the current one
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// 不写文件，输出设置的JSON schema，供编辑器补全 | Write nothing and print the JSON schema of the settings, for editors that complete them
    #[arg(long)]
    schema: bool,
}

#[derive(clap::Args)]
pub(super) struct CompletionsArguments {
    /// bash、zsh、fish、powershell、elvish | bash, zsh, fish, powershell, elvish
    #[arg(hide_possible_values = true)]
    shell: Shell,
}

pub(super) fn init(arguments: &InitArguments, language: Language) -> u8 {
    if arguments.schema {
        return terminal::print(&format!("{:#}\n", setting::schema(language)));
    }
    let path = arguments.folder.as_deref().unwrap_or(Path::new("")).join(config::FILE_NAME);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(setting::template(language).as_bytes()));
    let message = match written {
        Ok(()) => {
            let done = language.pick("已写好", "written");
            let _ = terminal::complain(&format!("{}: {done}", path.display()));
            return CLEAN;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Bilingual::fixed("已经有了，没有改动它", "exists already and was left as it is")
        }
        Err(error) => {
            Trouble::not_written(&path, &error).print(language);
            return TROUBLE;
        }
    };
    Trouble::new(&path, message).print(language);
    TROUBLE
}

pub(super) fn completions(arguments: &CompletionsArguments, mut command: clap::Command) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "jiaogao", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))
}

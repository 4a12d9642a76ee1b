//! `jiaogao server`.

use std::path::PathBuf;

use super::{TROUBLE, terminal};
use crate::lsp;

#[derive(clap::Args)]
pub struct Arguments {
    /// 把服务器做了什么写进这个文件 | Write what the server does to this file
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// 把与编辑器往来的全部消息（含文稿内容）写进这个文件，供重现问题 | Write every message from and to the editor, drafts included, to this file, so that a fault can be replayed
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// 有些编辑器会加上的参数；本来就只用标准输入输出 | Accepted because some editors pass it; there is no other way to connect
    #[arg(long)]
    stdio: bool,
}

pub fn run(arguments: &Arguments) -> u8 {
    let options = lsp::Options {
        log: arguments.log.clone(),
        record: arguments.record.clone(),
    };
    match lsp::run(&options) {
        Ok(code) => code,
        Err(error) => {
            // Where standard error is closed there is nobody to tell.
            let _ = terminal::complain(&format!("jiaogao: {error}"));
            TROUBLE
        }
    }
}

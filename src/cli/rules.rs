//! `jiaogao rules` and `jiaogao explain`.

use super::{TROUBLE, Trouble, comparison, terminal};
use crate::finding::Language;
use crate::output::{explain as page, reference};
use crate::rules;
use crate::selector::Selector;

#[derive(clap::Args)]
pub(super) struct ListArguments {
    /// 输出格式：table（默认）、json | How rules are printed: table (default), json
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    output_format: ListFormat,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum ListFormat {
    Table,
    Json,
    /// The page `docs/rules.md`.
    #[value(hide = true)]
    Markdown,
}

#[derive(clap::Args)]
pub(super) struct ExplainArguments {
    /// 规则名，如figure/sum；或规则族，如figure | The name of a rule, as figure/sum, or of a family, as figure
    #[arg(value_name = "RULE", required_unless_present = "figure")]
    rule: Option<String>,
    /// 说明文稿中某处的数字被认作什么、与哪些数字比过、凭什么判断，如 报告.md:12:8 | Tell what the figures at a place were taken for, what they were compared with, and why; as report.md:12:8
    #[arg(long, value_name = "FILE:LINE[:COLUMN]", conflicts_with = "rule")]
    figure: Option<String>,
}

pub(super) fn list(arguments: &ListArguments, language: Language) -> u8 {
    terminal::print(&match arguments.output_format {
        ListFormat::Table => reference::table(terminal::look(language)),
        ListFormat::Json => format!("{:#}\n", reference::json()),
        ListFormat::Markdown => reference::markdown(),
    })
}

pub(super) fn explain(arguments: &ExplainArguments, language: Language) -> u8 {
    match (&arguments.figure, &arguments.rule) {
        (Some(place), _) => comparison::run(place, language),
        (None, rule) => explain_rules(rule.as_deref().unwrap_or_default(), language),
    }
}

fn explain_rules(rule: &str, language: Language) -> u8 {
    let selector = match Selector::parse(rule) {
        Ok(selector) => selector,
        Err(unknown) => {
            let path = String::new();
            Trouble {
                path,
                message: unknown.message(),
            }
            .print(language);
            return TROUBLE;
        }
    };
    let look = terminal::look(language);
    let pages: Vec<String> = rules::RULES
        .iter()
        .map(|rule| rule.meta())
        .filter(|meta| selector.matches(meta))
        .map(|meta| page::explain(meta, look))
        .collect();
    terminal::print(&pages.join("\n"))
}

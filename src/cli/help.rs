//! Help in one language.
//!
//! The descriptions of commands and arguments are written as `中文 | English`, so that both stand beside what they describe; before help can be
//! shown, each is cut to the language wanted.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::finding::Language;

/// The separator between the two wordings.
const BAR: &str = " | ";

/// Parses the value of `--lang`.
pub(super) fn language(name: &str) -> Result<Language, String> {
    match name {
        "zh" => Ok(Language::Chinese),
        "en" => Ok(Language::English),
        _ => Err("zh, en".to_owned()),
    }
}

/// The language for help: as `--lang` says, or else English in an English locale, otherwise Chinese.
pub(super) fn wanted_language(mut arguments: impl Iterator<Item = OsString>) -> Language {
    while let Some(argument) = arguments.next() {
        let said = match argument.to_str() {
            Some("--lang") => arguments.next().and_then(|value| language(value.to_str()?).ok()),
            Some(argument) => argument.strip_prefix("--lang=").and_then(|value| language(value).ok()),
            None => None,
        };
        if let Some(language) = said {
            return language;
        }
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    if locale.starts_with("en") {
        Language::English
    } else {
        Language::Chinese
    }
}

/// Cuts the descriptions of a command, of its arguments and of its subcommands to one language.
pub(super) fn localize(command: Command, language: Language) -> Command {
    let about = command.get_about().map(|about| pick(&about.to_string(), language));
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let command = match language {
        Language::Chinese => command
            .subcommand_help_heading("命令")
            .disable_help_flag(true)
            .arg(flag("help", 'h', ArgAction::Help, "显示帮助"))
            .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}"),
        Language::English => command,
    };
    let command = match (language, command.get_version()) {
        (Language::Chinese, Some(_)) => command
            .disable_version_flag(true)
            .arg(flag("version", 'V', ArgAction::Version, "显示版本")),
        _ => command,
    };
    command
        .mut_args(|argument| localize_argument(argument, language))
        .mut_subcommands(|subcommand| localize(subcommand, language))
}

/// A flag that clap would add by itself, but in English.
fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help)
}

fn localize_argument(argument: Arg, language: Language) -> Arg {
    let help = argument.get_help().map(|help| pick(&help.to_string(), language));
    let heading = match (language, argument.is_positional()) {
        (Language::English, _) => None,
        (Language::Chinese, true) => Some("参数"),
        (Language::Chinese, false) => Some("选项"),
    };
    let argument = match heading {
        Some(heading) => argument.help_heading(heading),
        None => argument,
    };
    match help {
        Some(help) => argument.help(help),
        None => argument,
    }
}

fn pick(text: &str, language: Language) -> String {
    match text.split_once(BAR) {
        Some((zh, en)) => language.pick(zh, en).to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// Every command and argument, with what describes it.
    fn descriptions(command: &Command, found: &mut Vec<(String, String)>) {
        let text = |help: Option<&clap::builder::StyledStr>| help.map(ToString::to_string).unwrap_or_default();
        found.push((command.get_name().to_owned(), text(command.get_about())));
        for argument in command
            .get_arguments()
            .filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()))
        {
            found.push((format!("{} {}", command.get_name(), argument.get_id()), text(argument.get_help())));
        }
        command.get_subcommands().for_each(|subcommand| descriptions(subcommand, found));
    }

    #[test]
    fn everything_is_described_in_both_languages() {
        let mut found = Vec::new();
        descriptions(&super::super::Arguments::command(), &mut found);
        for (name, description) in found {
            assert!(description.contains(BAR), "{name}: {description}");
        }
    }

    #[test]
    fn help_is_in_one_language() {
        let help = |language| {
            let mut command = localize(super::super::Arguments::command(), language);
            let lint = command.find_subcommand_mut("lint").unwrap();
            lint.render_help().to_string()
        };
        assert!(help(Language::English).is_ascii(), "{}", help(Language::English));
        assert!(!help(Language::Chinese).contains(BAR));
    }

    #[test]
    fn the_command_line_tells_the_language() {
        let wanted = |line: &str| wanted_language(line.split(' ').map(OsString::from));
        assert_eq!(wanted("jiaogao lint --lang en -h"), Language::English);
        assert_eq!(wanted("jiaogao --lang=zh lint -h"), Language::Chinese);
    }
}

//! A settings file's text into a [`Config`], with errors that name the line and what was probably meant.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::setting::{LEVELS, SETTINGS, Setting, Shape};
use super::{Config, FailOn, Globs};
use crate::finding::{Bilingual, Language, Severity};
use crate::linter::Level;
use crate::selector::{self, Selector};

/// A settings file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    pub path: PathBuf,
    /// Bytes of the settings file.
    pub range: Option<Range<usize>>,
    /// Counted from one.
    pub line: Option<usize>,
    pub message: Bilingual,
}

/// A mistake and the bytes of the settings file that hold it.
struct Mistake {
    range: Range<usize>,
    message: Bilingual,
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads the text of the settings file at `path`; its folder becomes the root of the globs.
///
/// # Errors
/// [`ConfigError`] at the first thing that is not TOML, not a setting, or not a value that the setting takes.
pub fn parse(text: &str, path: &Path) -> Result<Config, ConfigError> {
    read(text, path).map_err(|mistake| ConfigError {
        path: path.to_owned(),
        line: Some(1 + text.bytes().take(mistake.range.start).filter(|&byte| byte == b'\n').count()),
        range: Some(mistake.range),
        message: mistake.message,
    })
}

fn read(text: &str, path: &Path) -> Result<Config, Mistake> {
    let table = DeTable::parse(text).map_err(|error| Mistake {
        range: error.span().unwrap_or(0..0),
        message: Bilingual::new(
            format!("不是合法的TOML：{}", error.message()),
            format!("not valid TOML: {}", error.message()),
        ),
    })?;
    let mut config = Config {
        root: path.parent().unwrap_or(Path::new("")).to_owned(),
        ..Config::default()
    };
    for (key, value) in table.get_ref() {
        let setting = known(key)?;
        config.set(setting, value)?;
    }
    Ok(config)
}

fn known(key: &Spanned<std::borrow::Cow<str>>) -> Result<&'static Setting, Mistake> {
    let name = key.get_ref();
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) {
        return Ok(setting);
    }
    let message = match selector::closest(name, SETTINGS.iter().map(|setting| setting.key)) {
        Some(meant) => Bilingual::new(
            format!("没有“{name}”这项设置，是不是“{meant}”？"),
            format!("there is no setting `{name}`; did you mean `{meant}`?"),
        ),
        None => Bilingual::new(format!("没有“{name}”这项设置"), format!("there is no setting `{name}`")),
    };
    Err(Mistake { range: key.span(), message })
}

impl Config {
    fn set(&mut self, setting: &Setting, value: &Value) -> Result<(), Mistake> {
        match (setting.key, setting.shape) {
            ("language", Shape::Word(words)) => {
                self.language = Some(match word(value, words)? {
                    "en" => Language::English,
                    _ => Language::Chinese,
                });
            }
            ("fail-on", Shape::Word(words)) => self.fail_on = <FailOn as clap::ValueEnum>::from_str(word(value, words)?, false).ok(),
            ("select", _) => self.choice.select = rules(value)?,
            ("ignore", _) => self.choice.ignore = rules(value)?,
            ("exclude", _) => self.exclude = globs(&strings(value)?)?,
            ("together", _) => {
                let patterns = strings(value)?;
                globs(&patterns)?;
                self.together = patterns.into_iter().map(|(pattern, _)| pattern.to_owned()).collect();
            }
            ("against", _) => self.against = Some(PathBuf::from(string(value)?)),
            ("figures", _) => self.figures = Some(PathBuf::from(string(value)?)),
            ("rules", _) => self.rules = levels(value)?,
            ("per-file-ignores", _) => self.per_file_ignores = rules_by_glob(value)?,
            (key, _) => unreachable!("the setting {key} is described but not read"),
        }
        Ok(())
    }
}

fn word<'w>(value: &Value, words: &'w [&'w str]) -> Result<&'w str, Mistake> {
    let said = string(value)?;
    words.iter().copied().find(|word| *word == said).ok_or_else(|| {
        let list = words.join("、");
        let message = match selector::closest(said, words.iter().copied()) {
            Some(meant) => Bilingual::new(
                format!("不能设为“{said}”，是不是“{meant}”？可选：{list}"),
                format!("`{said}` is not a value here; did you mean `{meant}`? Possible are {}", words.join(", ")),
            ),
            None => Bilingual::new(
                format!("不能设为“{said}”，可选：{list}"),
                format!("`{said}` is not a value here; possible are {}", words.join(", ")),
            ),
        };
        mistake(value, message)
    })
}

fn rules(value: &Value) -> Result<Vec<Selector>, Mistake> {
    strings(value)?.into_iter().map(|(name, range)| selector(name, range)).collect()
}

fn selector(name: &str, range: Range<usize>) -> Result<Selector, Mistake> {
    Selector::parse(name).map_err(|unknown| Mistake {
        range,
        message: unknown.message(),
    })
}

fn levels(value: &Value) -> Result<Vec<(Selector, Level)>, Mistake> {
    table(value)?
        .iter()
        .map(|(name, level)| {
            let level = match word(level, LEVELS)? {
                "off" => Level::Off,
                "on" => Level::On,
                name => Level::At(
                    Severity::ALL
                        .into_iter()
                        .find(|severity| severity.name() == name)
                        .unwrap_or(Severity::Warning),
                ),
            };
            Ok((selector(name.get_ref(), name.span())?, level))
        })
        .collect()
}

fn rules_by_glob(value: &Value) -> Result<Vec<(Globs, Vec<Selector>)>, Mistake> {
    table(value)?
        .iter()
        .map(|(pattern, names)| Ok((globs(&[(pattern.get_ref(), pattern.span())])?, rules(names)?)))
        .collect()
}

fn globs(patterns: &[(&str, Range<usize>)]) -> Result<Globs, Mistake> {
    for (pattern, range) in patterns {
        Globs::new([*pattern]).map_err(|error| Mistake {
            range: range.clone(),
            message: Bilingual::new(format!("路径写法有误：{error}"), format!("malformed path pattern: {error}")),
        })?;
    }
    Ok(Globs::new(patterns.iter().map(|(pattern, _)| *pattern)).unwrap_or_default())
}

fn table<'v, 'a>(value: &'v Value<'a>) -> Result<&'v DeTable<'a>, Mistake> {
    let wanted = Bilingual::fixed("这里应是一个表，如[rules]", "this must be a table, as [rules]");
    value.get_ref().as_table().ok_or_else(|| mistake(value, wanted))
}

fn strings<'v>(value: &'v Value) -> Result<Vec<(&'v str, Range<usize>)>, Mistake> {
    let wanted = Bilingual::fixed(
        "这里应是一个列表，如[\"figure\", \"stray\"]",
        "this must be a list, as [\"figure\", \"stray\"]",
    );
    let list = value.get_ref().as_array().ok_or_else(|| mistake(value, wanted))?;
    list.iter().map(|item| Ok((string(item)?, item.span()))).collect()
}

fn string<'v>(value: &'v Value) -> Result<&'v str, Mistake> {
    let wanted = Bilingual::fixed("这里应是用引号括起来的文字", "this must be a string in quotes");
    value.get_ref().as_str().ok_or_else(|| mistake(value, wanted))
}

fn mistake(value: &Value, message: Bilingual) -> Mistake {
    Mistake {
        range: value.span(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> ConfigError {
        parse(text, Path::new("/reports/jiaogao.toml")).unwrap_err()
    }

    #[test]
    fn an_unknown_key_is_an_error_with_line_and_suggestion() {
        let error = error("language = 'zh'\n\nselct = ['stray']\n");
        assert_eq!(error.line, Some(3));
        assert!(error.message.en.contains("`select`"), "{error:?}");
    }

    #[test]
    fn values_are_checked_where_they_stand() {
        for (text, line, hint) in [
            ("language = 'cn'", 1, "zh, en"),
            ("ignore = [\n  'stray',\n  'stray/linebreak',\n]", 3, "stray/line-break"),
            ("[rules]\n'stray/line-break' = 'warn'", 2, "warning"),
            ("[rules]\n'figur/sum' = 'off'", 2, "figur/sum"),
            ("select = 'stray'", 1, "list"),
            ("fail-on = 1", 1, "string"),
            ("exclude = ['a', '{b']", 1, "pattern"),
            ("rules = 'off'", 1, "table"),
            ("language = ", 1, "TOML"),
        ] {
            let error = error(text);
            assert_eq!(error.line, Some(line), "{text}");
            assert!(error.message.en.contains(hint), "{text}: {}", error.message.en);
        }
    }

    /// A setting that is described but not read would panic here.
    #[test]
    fn every_setting_is_read() {
        for setting in SETTINGS {
            let value = match setting.shape {
                Shape::Word(words) => format!("'{}'", words[0]),
                Shape::Rules | Shape::Globs => "[]".to_owned(),
                Shape::Path => "'a'".to_owned(),
                Shape::Levels | Shape::RulesByGlob => "{}".to_owned(),
            };
            let text = format!("{} = {value}", setting.key);
            assert!(parse(&text, Path::new("jiaogao.toml")).is_ok(), "{text}");
        }
    }
}

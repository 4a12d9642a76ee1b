//! Everything that can be set, described once.

use serde_json::{Map, Value, json};

use crate::finding::{Bilingual, Language};
use crate::rules::RULES;
use crate::selector;

/// One key of the settings file.
#[derive(Debug)]
pub struct Setting {
    pub key: &'static str,
    pub shape: Shape,
    pub summary: Bilingual,
    /// A value as it stands in the template, in TOML; for a table, its lines.
    pub example: &'static str,
}

/// What a setting's value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A list of rules and families.
    Rules,
    /// A list of path patterns.
    Globs,
    /// A path relative to the settings file.
    Path,
    /// A table from a rule or family to one of [`LEVELS`].
    Levels,
    /// A table from a path pattern to a list of rules and families.
    RulesByGlob,
}

/// What a rule can be set to.
pub const LEVELS: &[&str] = &["off", "on", "hint", "info", "warning", "error"];

pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "language",
        shape: Shape::Word(&["zh", "en"]),
        summary: Bilingual::fixed("提示语所用的语言", "The language of messages"),
        example: r#""zh""#,
    },
    Setting {
        key: "select",
        shape: Shape::Rules,
        summary: Bilingual::fixed(
            "只用这些规则或规则族；all指全部规则",
            "Run only these rules or families; `all` means every rule",
        ),
        example: r#"["sequence", "duplicate", "figure", "stray"]"#,
    },
    Setting {
        key: "ignore",
        shape: Shape::Rules,
        summary: Bilingual::fixed("不用这些规则或规则族", "Do not run these rules or families"),
        example: r#"["sequence/reference"]"#,
    },
    Setting {
        key: "exclude",
        shape: Shape::Globs,
        summary: Bilingual::fixed(
            "查文件夹时跳过的文稿，写法同.gitignore，路径从本文件所在的文件夹算起",
            "Drafts to leave out when folders are walked, written as in .gitignore, relative to this file's folder",
        ),
        example: r#"["archive/", "*.bak.txt"]"#,
    },
    Setting {
        key: "fail-on",
        shape: Shape::Word(&["error", "warning", "info", "hint", "never"]),
        summary: Bilingual::fixed(
            "有不低于这一级的问题时，命令以1退出",
            "The command exits with 1 when something is found at this severity or above",
        ),
        example: r#""warning""#,
    },
    Setting {
        key: "figures",
        shape: Shape::Path,
        summary: Bilingual::fixed(
            "口径表：写明各项指标正式数字的CSV文件，列为指标、时期、地区、数值、单位、别名，路径从本文件所在的文件夹算起",
            "The sheet of official figures: a CSV file with the columns 指标 (subject), 时期 (period), 地区 (place), 数值 (value), 单位 (unit), 别名 (aliases), relative to this file's folder",
        ),
        example: r#""口径.csv""#,
    },
    Setting {
        key: "together",
        shape: Shape::Globs,
        summary: Bilingual::fixed(
            "一套文稿：报告、附件、新闻稿等，数字互相核对，相同的段落互相提示；可用*等通配符，路径从本文件所在的文件夹算起",
            "Drafts that belong together, such as a report, its annexes and its press release: their figures are held against each other and passages in common are told; paths or patterns relative to this file's folder",
        ),
        example: r#"["报告.md", "附件*.md"]"#,
    },
    Setting {
        key: "against",
        shape: Shape::Path,
        summary: Bilingual::fixed(
            "以前的报告，如去年的：照搬而没有更新数字、年份的段落会报告；路径从本文件所在的文件夹算起",
            "A report of an earlier time, such as last year's: passages taken over without renewing figures or years are reported; relative to this file's folder",
        ),
        example: r#""去年.md""#,
    },
    Setting {
        key: "rules",
        shape: Shape::Levels,
        summary: Bilingual::fixed(
            "规则或规则族的级别：off、on（按规则自定的级别）、hint、info、warning、error",
            "The level of a rule or family: off, on (the rule's own severities), hint, info, warning, error",
        ),
        example: "\"duplicate/passage\" = \"info\"\nstray = \"error\"",
    },
    Setting {
        key: "per-file-ignores",
        shape: Shape::RulesByGlob,
        summary: Bilingual::fixed("某些文稿不用的规则", "Rules that do not run on some drafts"),
        example: r#""minutes/*.txt" = ["duplicate"]"#,
    },
];

/// A settings file in which every setting stands, commented out.
pub fn template(language: Language) -> String {
    let mut out = String::new();
    out.push_str(language.pick(
        "# 校稿的设置。去掉行首的“#”即生效；离文稿最近的上级文件夹里的jiaogao.toml起作用。\n",
        "# Settings of jiaogao. Remove a leading \"#\" to set a value; the nearest jiaogao.toml upward from a draft applies.\n",
    ));
    for setting in SETTINGS {
        let is_table = matches!(setting.shape, Shape::Levels | Shape::RulesByGlob);
        out.push_str(&format!("\n# {}\n", setting.summary.get(language)));
        if is_table {
            out.push_str(&format!("# [{}]\n", setting.key));
            setting.example.lines().for_each(|line| out.push_str(&format!("# {line}\n")));
        } else {
            out.push_str(&format!("# {} = {}\n", setting.key, setting.example));
        }
    }
    out
}

/// The settings as a JSON schema, for editors that complete TOML.
pub fn schema(language: Language) -> Value {
    let properties: Map<String, Value> = SETTINGS
        .iter()
        .map(|setting| {
            let mut value = setting.shape.schema();
            value["description"] = json!(setting.summary.get(language));
            (setting.key.to_owned(), value)
        })
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": super::FILE_NAME,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

impl Shape {
    fn schema(self) -> Value {
        let names = || {
            let rules = RULES.iter().map(|rule| rule.meta().name);
            std::iter::once("all").chain(selector::families()).chain(rules).collect::<Vec<_>>()
        };
        let list = |items: Value| json!({"type": "array", "items": items, "uniqueItems": true});
        match self {
            Shape::Word(words) => json!({"type": "string", "enum": words}),
            Shape::Rules => list(json!({"enum": names()})),
            Shape::Globs => list(json!({"type": "string"})),
            Shape::Path => json!({"type": "string"}),
            Shape::Levels => json!({"type": "object", "propertyNames": {"enum": names()}, "additionalProperties": {"enum": LEVELS}}),
            Shape::RulesByGlob => json!({"type": "object", "additionalProperties": list(json!({"enum": names()}))}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_template_says_nothing_until_it_is_uncommented() {
        for language in [Language::Chinese, Language::English] {
            let text = template(language);
            assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')));
            assert!(super::super::parse(&text, Path::new("jiaogao.toml")).is_ok());
        }
    }

    #[test]
    fn every_example_is_accepted() {
        for setting in SETTINGS {
            let text = match setting.shape {
                Shape::Levels | Shape::RulesByGlob => format!("[{}]\n{}\n", setting.key, setting.example),
                _ => format!("{} = {}\n", setting.key, setting.example),
            };
            let parsed = super::super::parse(&text, Path::new("jiaogao.toml"));
            assert!(parsed.is_ok(), "{text}{parsed:?}");
        }
    }

    #[test]
    fn the_schema_describes_every_setting() {
        let schema = schema(Language::English);
        for setting in SETTINGS {
            assert!(schema["properties"][setting.key]["description"].is_string(), "{}", setting.key);
        }
    }
}

//! The settings of the extension for VS Code are those of `jiaogao.toml`, described in the same words.
//! `UPDATE=1 cargo test --test vscode_settings` writes them down as they are now.

use std::fs;
use std::path::PathBuf;

use jiaogao::config::setting::{LEVELS, SETTINGS, Shape};
use jiaogao::finding::{Bilingual, Language};
use jiaogao::rules::RULES;
use jiaogao::selector;
use serde_json::{Map, Value, json};

/// The extension describes the language itself, since it can also follow the editor's; when a command fails is not an editor's matter.
const NOT_GENERATED: [&str; 2] = ["language", "fail-on"];

/// Settings come after those that the extension describes itself.
const FIRST_ORDER: usize = 10;

#[test]
fn the_manifest_has_every_setting() {
    let mut manifest = read("package.json");
    let properties = manifest["contributes"]["configuration"]["properties"]
        .as_object_mut()
        .expect("the settings");
    properties.retain(|_, property| property["order"].as_u64() < Some(FIRST_ORDER as u64));
    for (index, setting) in SETTINGS.iter().filter(|setting| !NOT_GENERATED.contains(&setting.key)).enumerate() {
        let mut property = schema(setting.shape);
        property["scope"] = json!("window");
        property["order"] = json!(FIRST_ORDER + index);
        property["markdownDescription"] = json!(format!("%toml.{}%", setting.key));
        properties.insert(format!("jiaogao.{}", setting.key), property);
    }
    expect("package.json", manifest);
}

#[test]
fn the_descriptions_are_in_both_languages() {
    for (name, language) in [("package.nls.json", Language::English), ("package.nls.zh-cn.json", Language::Chinese)] {
        let mut texts = read(name);
        let texts_by_key = texts.as_object_mut().expect("texts by key");
        texts_by_key.retain(|key, _| !key.starts_with("toml.") && !key.starts_with("rule."));
        for setting in SETTINGS.iter().filter(|setting| !NOT_GENERATED.contains(&setting.key)) {
            let precedence = Bilingual::fixed(
                "。有`jiaogao.toml`的文件夹以它为准。",
                ". In a folder with a `jiaogao.toml`, that file decides.",
            );
            let text = format!("{}{}", setting.summary.get(language), precedence.get(language));
            texts_by_key.insert(format!("toml.{}", setting.key), json!(text));
        }
        for rule in RULES {
            let meta = rule.meta();
            texts_by_key.insert(format!("rule.{}", meta.name), json!(meta.summary.get(language)));
        }
        expect(name, texts);
    }
}

/// What a setting's value looks like, in the part of JSON Schema that the settings editor of VS Code understands.
fn schema(shape: Shape) -> Value {
    let rules = json!({ "type": "string", "enum": names(), "enumDescriptions": names().iter().map(|name| description(name)).collect::<Vec<_>>() });
    let levels = || {
        let level = |name: &&str| {
            (
                (*name).to_owned(),
                json!({ "type": "string", "enum": LEVELS, "description": description(name) }),
            )
        };
        names().iter().map(level).collect::<Map<_, _>>()
    };
    match shape {
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Rules => json!({ "type": "array", "items": rules, "uniqueItems": true, "default": [] }),
        Shape::Globs => json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true, "default": [] }),
        Shape::Path => json!({ "type": "string", "default": "" }),
        Shape::Levels => json!({ "type": "object", "properties": levels(), "additionalProperties": false, "default": {} }),
        Shape::RulesByGlob => json!({ "type": "object", "additionalProperties": { "type": "array", "items": rules }, "default": {} }),
    }
}

fn names() -> Vec<&'static str> {
    let rules = RULES.iter().map(|rule| rule.meta().name);
    std::iter::once("all").chain(selector::families()).chain(rules).collect()
}

/// A reference to the rule's summary; families speak for themselves.
fn description(name: &str) -> String {
    if name.contains('/') { format!("%rule.{name}%") } else { String::new() }
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("editors/vscode").join(name)
}

fn read(name: &str) -> Value {
    let text = fs::read_to_string(path(name)).expect("the file is there");
    serde_json::from_str(&text).expect("the file is JSON")
}

/// Compares a file with what it should be, or writes that down.
fn expect(name: &str, wanted: Value) {
    if std::env::var_os("UPDATE").is_some() {
        let text = serde_json::to_string_pretty(&wanted).expect("JSON") + "\n";
        fs::write(path(name), text).expect("written");
        return;
    }
    assert!(
        read(name) == wanted,
        "editors/vscode/{name} is stale; run `UPDATE=1 cargo test --test vscode_settings`"
    );
}

//! The reference of all rules: `docs/rules.md`, and the tables of `jiaogao rules`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Look;
use super::explain::{beside, facts};
use super::style::severity_word;
use crate::finding::Language;
use crate::rule::{Fixable, Meta};
use crate::rules::RULES;
use crate::selector::families;
use crate::source::Format;

/// All rules, a line each, by family.
pub fn table(look: Look) -> String {
    let Look { language, palette, .. } = look;
    let strong = palette.strong;
    let widest = RULES.iter().map(|rule| rule.meta().name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for meta in in_order() {
        let grade = palette.severity(meta.severity);
        let word = severity_word(meta.severity, language);
        let pad = " ".repeat(7usize.saturating_sub(if language == Language::Chinese {
            2 * word.chars().count()
        } else {
            word.len()
        }));
        let off = if meta.default {
            ""
        } else {
            language.pick("（默认不用）", " (off by default)")
        };
        let _ = writeln!(
            out,
            "{strong}{:widest$}{strong:#}  {grade}{word}{grade:#}{pad}  {}{off}",
            meta.name,
            meta.summary.get(language)
        );
    }
    out
}

/// All rules with everything that is known of them.
pub fn json() -> Value {
    in_order()
        .map(|meta| {
            let both = |text: &crate::finding::Bilingual| json!({"zh": text.zh, "en": text.en});
            let fix = match meta.fix {
                Fixable::Never => Value::Null,
                Fixable::Unsafe => json!("unsafe"),
                Fixable::Safe => json!("safe"),
            };
            json!({
                "name": meta.name, "family": meta.family(), "severity": meta.severity.name(), "default": meta.default, "fix": fix,
                "clause": meta.clause, "summary": both(&meta.summary), "explanation": both(&meta.explanation),
                "examples": meta.examples.iter().map(|example| json!({"wrong": example.wrong, "right": example.right, "beside": beside(example, Language::English).map(|(_, text)| text)})).collect::<Vec<_>>(),
            })
        })
        .collect()
}

/// The whole of `docs/rules.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# 规则 · Rules\n\n本文件由规则自身的说明生成，例子都作为测试运行。Generated from the rules' own metadata; the examples are run as tests.\n\n",
    );
    out.push_str("| 规则 rule | 级别 severity | 修改 fix | |\n|---|---|---|---|\n");
    for meta in in_order() {
        let _ = writeln!(
            out,
            "| [`{}`](#{}) | {}{} | {} | {} |",
            meta.name,
            anchor(meta.name),
            meta.severity.name(),
            if meta.default { "" } else { " (off)" },
            fix_word(meta.fix),
            meta.summary.zh
        );
    }
    for meta in in_order() {
        section(&mut out, meta);
    }
    out
}

fn section(out: &mut String, meta: &Meta) {
    let _ = write!(out, "\n## {}\n", meta.name);
    for language in [Language::Chinese, Language::English] {
        let _ = write!(out, "\n**{}**", meta.summary.get(language));
        let _ = write!(out, "{}{}\n\n", language.pick("。", ". "), meta.explanation.get(language));
        let facts: Vec<String> = facts(meta, language).into_iter().map(|(head, value)| format!("{head}{value}")).collect();
        let _ = writeln!(out, "{}", facts.join(language.pick("；", "; ")));
    }
    for example in meta.examples {
        let kind = match example.format {
            Format::Plain | Format::Word => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
        };
        if let (Some((zh, text)), Some((en, _))) = (beside(example, Language::Chinese), beside(example, Language::English)) {
            let _ = write!(out, "\n{zh} {}:\n\n```text\n{}\n```\n", en.to_lowercase(), text.trim_end());
        }
        for (head, text) in [("错 wrong", example.wrong), ("对 right", example.right)] {
            let fence = if text.contains("```") { "````" } else { "```" };
            let _ = write!(out, "\n{head}:\n\n{fence}{kind}\n{}\n{fence}\n", text.trim_end());
        }
    }
}

fn fix_word(fix: Fixable) -> &'static str {
    match fix {
        Fixable::Never => "",
        Fixable::Unsafe => "unsafe",
        Fixable::Safe => "safe",
    }
}

/// The anchor that GitHub and its like make of a heading.
fn anchor(name: &str) -> String {
    name.replace('/', "")
}

/// The rules with families together, in the order of the register.
fn in_order() -> impl Iterator<Item = &'static Meta> {
    families().flat_map(|family| RULES.iter().map(|rule| rule.meta()).filter(move |meta| meta.family() == family))
}

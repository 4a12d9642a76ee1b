//! A rule for a person to read: `jiaogao explain`.

use std::fmt::Write as _;

use super::Look;
use super::style::severity_word;
use super::wrap::wrap;
use crate::finding::Language;
use crate::rule::{Beside, Example, Fixable, Meta};

pub fn explain(meta: &Meta, look: Look) -> String {
    let Look { language, palette, .. } = look;
    let (strong, help) = (palette.strong, palette.help);
    let mut out = format!("{strong}{}{strong:#}  {}\n\n", meta.name, meta.summary.get(language));
    for line in wrap(meta.explanation.get(language), look.width.min(80)) {
        let _ = writeln!(out, "{line}");
    }
    out.push('\n');
    for (head, value) in facts(meta, language) {
        let _ = writeln!(out, "{help}{head}{help:#}{value}");
    }
    for (number, example) in meta.examples.iter().enumerate() {
        let which = if meta.examples.len() > 1 {
            format!(" {}", number + 1)
        } else {
            String::new()
        };
        let beside = beside(example, language);
        let texts = beside.into_iter().chain([
            (language.pick("错", "Wrong"), example.wrong),
            (language.pick("对", "Right"), example.right),
        ]);
        for (head, text) in texts {
            let _ = writeln!(out, "\n{strong}{head}{which}{strong:#}");
            text.trim_end().lines().for_each(|line| {
                let _ = writeln!(out, "  {line}");
            });
        }
    }
    out
}

/// What lies beside the draft of an example, with its heading.
pub(super) fn beside(example: &Example, language: Language) -> Option<(&'static str, &'static str)> {
    match example.beside {
        Beside::Nothing => None,
        Beside::Companion(text) => Some((language.pick("同组的文稿", "A draft that belongs to it"), text)),
        Beside::Earlier(text) => Some((language.pick("以前的报告", "The earlier report"), text)),
        Beside::Sheet(csv) => Some((language.pick("口径表", "Sheet of official figures"), csv)),
    }
}

/// What the metadata says in a word or two, each with its heading.
pub(super) fn facts(meta: &Meta, language: Language) -> Vec<(&'static str, String)> {
    let fix = match meta.fix {
        Fixable::Never => language.pick("不能自动修改", "none"),
        Fixable::Unsafe => language.pick(
            "有建议的改法，须核对（--fix --unsafe-fixes）",
            "proposed, to be checked by a person (--fix --unsafe-fixes)",
        ),
        Fixable::Safe => language.pick("可自动修改（--fix）", "automatic (--fix)"),
    };
    let severity = severity_word(meta.severity, language);
    let severity = match meta.default {
        true => severity.to_owned(),
        false => format!("{severity}{}", language.pick("，默认不用", ", off by default")),
    };
    let mut facts = vec![
        (language.pick("级别：", "Severity: "), severity),
        (language.pick("修改：", "Fix: "), fix.to_owned()),
    ];
    if let Some(clause) = meta.clause {
        facts.push((language.pick("依据：", "Standard: "), clause.to_owned()));
    }
    facts
}

//! A rule for a person to read: `jiaogao explain`.

use std::fmt::Write as _;

use super::Look;
use super::style::severity_word;
use crate::finding::Language;
use crate::rule::{Fixable, Meta};

pub fn explain(meta: &Meta, look: Look) -> String {
    let Look { language, palette, .. } = look;
    let (strong, help) = (palette.strong, palette.help);
    let mut out = format!("{strong}{}{strong:#}  {}\n\n", meta.name, meta.summary.get(language));
    out.push_str(&wrap(meta.explanation.get(language), look.width.min(80)));
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
        for (head, text) in [
            (language.pick("错", "Wrong"), example.wrong),
            (language.pick("对", "Right"), example.right),
        ] {
            let _ = writeln!(out, "\n{strong}{head}{which}{strong:#}");
            text.trim_end().lines().for_each(|line| {
                let _ = writeln!(out, "  {line}");
            });
        }
    }
    out
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

/// Breaks text into lines of at most `width` columns: between words, or between any two Han characters except before a closing mark.
fn wrap(text: &str, width: usize) -> String {
    use unicode_width::UnicodeWidthChar;
    let mut out = String::new();
    let mut column = 0;
    for word in words(text) {
        let wide: usize = word.chars().filter_map(UnicodeWidthChar::width).sum();
        if column + wide > width && column > 0 {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            column = 0;
            if word == " " {
                continue;
            }
        }
        out.push_str(word);
        column = if word == "\n" { 0 } else { column + wide };
    }
    out.push('\n');
    out
}

/// The pieces of a text between which a line may end.
fn words(text: &str) -> Vec<&str> {
    let is_blank = |char: char| char.is_whitespace();
    let clings = |before: char, after: char| {
        let in_word = before.is_ascii() && after.is_ascii();
        in_word || "，。；：、！？”’）》】〕…".contains(after) || "“‘（《【〔".contains(before)
    };
    let may_break = |before: char, after: char| is_blank(before) || is_blank(after) || !clings(before, after);
    let mut words = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, char) in text.char_indices() {
        if last.is_some_and(|last| may_break(last, char)) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(char);
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_begin_with_a_closing_mark() {
        assert_eq!(wrap("一二三四五，六七", 10), "一二三四\n五，六七\n");
        assert_eq!(wrap("one two three", 8), "one two\nthree\n");
    }
}

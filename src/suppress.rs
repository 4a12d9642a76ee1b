//! Comments in a Markdown or HTML draft that silence findings.
//!
//! `<!-- jiaogao-ignore figure/conflict: reason -->` silences the rules it names in the block that follows (or, written inside a paragraph, in
//! that paragraph), `<!-- jiaogao-ignore-file stray: reason -->` in the whole draft. A comment may name several rules or families; one that names
//! none silences all. Plain text has no comments: there `per-file-ignores` in `jiaogao.toml` serves.

use std::ops::Range;

use crate::draft::{Draft, Piece};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::linter::{Level, Settings};
use crate::rules::{self, RULES};
use crate::selector::{Selector, UnknownName};
use crate::source::{self, Format, block::Kind};
use crate::text::Text;

/// The rule that reports suppressions which silence nothing.
pub const UNUSED: &str = "suppress/unused";

const MARK: &str = "jiaogao-ignore";

/// One comment that silences findings.
struct Suppression<'a> {
    /// Bytes of the draft that the comment takes.
    comment: Range<usize>,
    /// Bytes of the draft in which it silences findings.
    scope: Range<usize>,
    names: Vec<Name<'a>>,
}

struct Name<'a> {
    text: &'a str,
    selector: Result<Selector, UnknownName>,
    used: bool,
}

/// Takes away the findings that comments in the draft silence, and reports the comments that silence nothing.
pub fn apply(draft: &Draft, settings: &Settings, findings: &mut Vec<Finding>) {
    if !has_comments(draft) {
        return;
    }
    let text = draft.text().to_string();
    let mut suppressions = read(&text, draft);
    findings.retain(|finding| !is_silenced(finding, &mut suppressions));
    let level = rules::find(UNUSED).map_or(Level::Off, |rule| settings.level(rule.meta()));
    let first_new = findings.len();
    if level != Level::Off {
        findings.extend(suppressions.iter().filter_map(|suppression| unused(suppression, &text, settings)));
    }
    if let Level::At(severity) = level {
        findings[first_new..].iter_mut().for_each(|finding| finding.severity = severity);
    }
}

/// Whether any comment in the draft may silence a finding.
pub fn has_comments(draft: &Draft) -> bool {
    may_have_comments(draft.text(), draft.format())
}

/// The same of a text that has not been read.
pub fn may_have_comments(text: &Text, format: Format) -> bool {
    matches!(format, Format::Markdown | Format::Html) && text.to_string().contains(MARK)
}

fn read<'a>(text: &'a str, draft: &Draft) -> Vec<Suppression<'a>> {
    source::comments(text, draft.format())
        .into_iter()
        .filter_map(|comment| {
            let inside = text.get(comment.start + "<!--".len()..comment.end - "-->".len())?.trim();
            let rest = inside.strip_prefix(MARK)?;
            let (rest, whole_file) = match rest.strip_prefix("-file") {
                Some(rest) => (rest, true),
                None => (rest, false),
            };
            if rest.starts_with(|char: char| char.is_alphanumeric() || char == '-') {
                return None;
            }
            let scope = if whole_file {
                0..text.len()
            } else {
                block_for(&comment, text, draft.pieces())
            };
            let names = names(rest);
            Some(Suppression { comment, scope, names })
        })
        .collect()
}

/// The names before the reason; a comment without a name silences all rules.
fn names(text: &str) -> Vec<Name<'_>> {
    let list = text.split([':', '：']).next().unwrap_or_default();
    let mut names: Vec<Name> = list
        .split(|char: char| char.is_whitespace() || matches!(char, ',' | '，' | '、'))
        .filter(|name| !name.is_empty())
        .map(|text| Name {
            text,
            selector: Selector::parse(text),
            used: false,
        })
        .collect();
    if names.is_empty() {
        names.push(Name {
            text: "all",
            selector: Ok(Selector::All),
            used: false,
        });
    }
    names
}

/// The block that the comment stands in or closes the line of, or else the next one. A table counts as one block.
fn block_for(comment: &Range<usize>, text: &str, pieces: &[Piece]) -> Range<usize> {
    let mut next = pieces.partition_point(|piece| piece.block().range.end <= comment.start);
    let closes_line = |piece: &Piece| {
        text[piece.block().range.end..comment.start]
            .chars()
            .all(|char| char == ' ' || char == '\t')
    };
    if next > 0 && closes_line(&pieces[next - 1]) {
        next -= 1;
    }
    let Some(piece) = pieces.get(next) else {
        return comment.end..comment.end;
    };
    let mut range = piece.block().range.clone();
    if let Kind::Cell(first) = &piece.block().kind {
        let in_table = |piece: &&Piece| matches!(&piece.block().kind, Kind::Cell(cell) if cell.table == first.table);
        if let Some(last) = pieces[next..].iter().take_while(in_table).last() {
            range.end = last.block().range.end;
        }
    }
    range
}

fn is_silenced(finding: &Finding, suppressions: &mut [Suppression]) -> bool {
    let Some(rule) = rules::find(finding.rule) else { return false };
    let mut silenced = false;
    for suppression in suppressions.iter_mut().filter(|suppression| covers(&suppression.scope, &finding.range)) {
        for name in &mut suppression.names {
            let matches = name.selector.as_ref().is_ok_and(|selector| selector.matches(rule.meta()));
            name.used |= matches;
            silenced |= matches;
        }
    }
    silenced
}

/// Whether the finding begins in the scope; an empty finding at the scope's end counts.
fn covers(scope: &Range<usize>, finding: &Range<usize>) -> bool {
    scope.start <= finding.start && (finding.start < scope.end || (finding.is_empty() && finding.start == scope.end))
}

/// The finding for a comment of which a name silences nothing. Rules that do not run cannot find anything to silence, so they do not count.
fn unused(suppression: &Suppression, text: &str, settings: &Settings) -> Option<Finding> {
    if let Some(unknown) = suppression.names.iter().find_map(|name| name.selector.as_ref().err()) {
        return Some(Finding::new(UNUSED, Severity::Warning, suppression.comment.clone(), unknown.message()));
    }
    let idle: Vec<&str> = suppression
        .names
        .iter()
        .filter(|name| !name.used && name.selector.as_ref().is_ok_and(|selector| runs(*selector, settings)))
        .map(|name| name.text)
        .collect();
    if idle.is_empty() {
        return None;
    }
    let list = idle.join("、");
    let message = Bilingual::new(
        format!("这条忽略注释没有用处：此处没有{list}要报的问题"),
        format!(
            "This comment silences nothing: there is nothing here that {} would report",
            idle.join(", ")
        ),
    );
    let finding = Finding::new(UNUSED, Severity::Info, suppression.comment.clone(), message);
    if idle.len() < suppression.names.len() {
        return Some(finding);
    }
    let delete = Edit::delete(with_line(&suppression.comment, text));
    Some(finding.fix(Fix::safe(Bilingual::fixed("删去这条注释", "Delete the comment"), [delete])))
}

fn runs(selector: Selector, settings: &Settings) -> bool {
    RULES
        .iter()
        .any(|rule| selector.matches(rule.meta()) && settings.level(rule.meta()) != Level::Off)
}

/// The comment with its line end, if it has the line to itself.
fn with_line(comment: &Range<usize>, text: &str) -> Range<usize> {
    let starts_line = text[..comment.start].is_empty() || text[..comment.start].ends_with('\n');
    let rest = &text[comment.end..];
    let line_end = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end)).map_or(0, str::len);
    if starts_line && line_end > 0 {
        comment.start..comment.end + line_end
    } else {
        comment.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::fix;
    use crate::linter::{Level, Settings, lint};
    use crate::source::Format;

    const TORN: &str = "通过示范点建设，全区涌现出一大批先进典型，发挥了引领作用，达到了抓点示范、以点带面、联点成\n\n线、辐射成带的目的。\n";

    /// The rules that speak, with the text they speak of.
    fn found(text: &str, format: Format) -> Vec<(&'static str, String)> {
        let mut settings = Settings::default();
        settings.set("stray", Level::Off);
        settings.set("stray/line-break", Level::On);
        let draft = Draft::new(text, format);
        let quote = |range| draft.text().slice(range).into_owned();
        lint(&draft, &settings)
            .into_iter()
            .filter(|finding| finding.rule == "stray/line-break" || finding.family() == "suppress")
            .map(|finding| (finding.rule, quote(finding.range)))
            .collect()
    }

    #[test]
    fn a_comment_at_the_end_of_a_block_belongs_to_it() {
        let text = format!("{} <!-- jiaogao-ignore stray/line-break -->\n\n以点带面。\n", TORN.trim_end());
        assert!(found(&text, Format::Markdown).is_empty());
        let text = format!("- 以点带面。 <!-- jiaogao-ignore stray/line-break -->\n\n{TORN}");
        let rules: Vec<_> = found(&text, Format::Markdown).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["suppress/unused", "stray/line-break"]);
    }

    #[test]
    fn a_comment_silences_the_next_block() {
        for names in [
            "stray/line-break",
            "stray",
            "",
            "all",
            "stray/line-break: 原文如此",
            "figure, stray：原文如此",
        ] {
            let text = format!("前文。\n\n<!-- jiaogao-ignore {names} -->\n{TORN}");
            let rules: Vec<_> = found(&text, Format::Markdown).into_iter().map(|(rule, _)| rule).collect();
            assert!(!rules.contains(&"stray/line-break"), "{names}: {rules:?}");
        }
    }

    #[test]
    fn a_comment_does_not_reach_past_the_next_block() {
        let text = format!("<!-- jiaogao-ignore stray/line-break -->\n前文。\n\n{TORN}");
        let found = found(&text, Format::Markdown);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0], ("suppress/unused", "<!-- jiaogao-ignore stray/line-break -->".to_owned()));
    }

    #[test]
    fn a_comment_for_the_file_may_stand_anywhere() {
        let text = format!("{TORN}\n<!-- jiaogao-ignore-file stray/line-break -->\n");
        assert_eq!(found(&text, Format::Markdown), []);
    }

    #[test]
    fn code_and_plain_text_have_no_comments() {
        let comment = "<!-- jiaogao-ignore-file stray/line-break -->";
        assert_eq!(found(&format!("`{comment}`\n\n{TORN}"), Format::Markdown).len(), 1);
        assert_eq!(found(&format!("{comment}\n\n{TORN}"), Format::Plain).len(), 1);
    }

    #[test]
    fn rules_that_are_off_are_not_called_unused() {
        let mut settings = Settings::default();
        settings.set("stray/line-break", Level::Off);
        let draft = Draft::new("<!-- jiaogao-ignore stray/line-break -->\n正文。\n", Format::Markdown);
        assert_eq!(lint(&draft, &settings), []);
    }

    #[test]
    fn an_unknown_rule_is_named() {
        let draft = Draft::new("<!-- jiaogao-ignore stray/linebreak -->\n正文。\n", Format::Markdown);
        let findings = lint(&draft, &Settings::default());
        assert!(findings[0].message.zh.contains("stray/line-break"), "{findings:#?}");
    }

    #[test]
    fn deleting_an_unused_comment_takes_its_line() {
        let text = "前文。\n\n<!-- jiaogao-ignore stray/line-break -->\n正文。\n";
        let findings = lint(&Draft::new(text, Format::Markdown), &Settings::default());
        assert_eq!(fix::apply(text, &fix::choose(&findings, false)), "前文。\n\n正文。\n");
    }
}

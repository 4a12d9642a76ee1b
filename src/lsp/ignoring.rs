//! Actions that silence a finding: here, in this file, or in `jiaogao.toml`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tower_lsp::ls_types::*;

use super::convert::Positions;
use super::edits;
use super::view::View;
use crate::config;
use crate::finding::{Bilingual, Finding};
use crate::fix::Edit;
use crate::source::Format;
use crate::source::block::Kind;
use crate::text::Text;

/// A title and what it does.
type Titled = (Bilingual, WorkspaceEdit);

pub fn actions(view: &View, finding: &Finding) -> Vec<Titled> {
    let rule = finding.rule;
    let mut actions = Vec::new();
    if finding.family() == "suppress" {
        // A comment that silences nothing is deleted, not silenced by another.
    } else if view.snapshot.reading().draft.format() == Format::Markdown {
        let here = comment_here(view, finding);
        actions.push((
            Bilingual::new(format!("在这里忽略 {rule}"), format!("Ignore {rule} here")),
            edits::of_draft(view, &[here]),
        ));
        let in_file = comment_in_file(view, rule);
        actions.push((
            Bilingual::new(format!("在本文件中忽略 {rule}"), format!("Ignore {rule} in this file")),
            edits::of_draft(view, &[in_file]),
        ));
    } else if let Some(edit) = view.path().and_then(|path| in_settings_for_file(view, &path, rule)) {
        actions.push((
            Bilingual::new(
                format!("在{}中设为：本文件忽略 {rule}", config::FILE_NAME),
                format!("Ignore {rule} in this file ({})", config::FILE_NAME),
            ),
            edit,
        ));
    }
    if let Some(edit) = in_settings(view, rule) {
        actions.push((
            Bilingual::new(
                format!("在{}中关闭 {rule}", config::FILE_NAME),
                format!("Turn {rule} off in {}", config::FILE_NAME),
            ),
            edit,
        ));
    }
    actions
}

/// A comment before the paragraph or heading; in a list or a table, where a line of its own would break them, at the end of the block.
fn comment_here(view: &View, finding: &Finding) -> Edit {
    let comment = format!("<!-- jiaogao-ignore {} -->", finding.rule);
    let pieces = view.snapshot.reading().draft.pieces();
    let index = pieces.partition_point(|piece| piece.block().range.end <= finding.range.start);
    let Some(piece) = pieces.get(index) else {
        return Edit::insert(view.text().len(), format!("\n{comment}\n"));
    };
    let range = &piece.block().range;
    let line = view.text().line_range(view.text().line_at(range.start));
    let has_own_line = view.text().slice(line.start..range.start).trim().is_empty();
    match piece.block().kind {
        Kind::Paragraph | Kind::Heading(_) if has_own_line => {
            let line_end = line_end(view.text());
            Edit::insert(range.start, format!("{comment}{line_end}"))
        }
        _ => Edit::insert(piece.block().source_range(0..piece.prose().len()).end, format!(" {comment}")),
    }
}

/// A comment at the head of the draft, but after its front matter.
fn comment_in_file(view: &View, rule: &str) -> Edit {
    let text = view.text();
    let line_end = line_end(text);
    let comment = format!("<!-- jiaogao-ignore-file {rule} -->{line_end}{line_end}");
    let is_fence = |line: usize| text.slice(text.line_range(line)).trim_end() == "---";
    const LONGEST: usize = 200;
    if text.line_count() > 1
        && is_fence(0)
        && let Some(end) = (1..text.line_count().min(LONGEST)).find(|line| is_fence(*line))
    {
        return Edit::insert(text.line_range(end + 1).start, format!("{line_end}{comment}"));
    }
    Edit::insert(0, comment)
}

fn line_end(text: &Text) -> &'static str {
    let first = text.line_range(0).end;
    if text.slice(first..first + 2) == "\r\n" { "\r\n" } else { "\n" }
}

/// Turns a rule off for all drafts.
fn in_settings(view: &View, rule: &str) -> Option<WorkspaceEdit> {
    edit_settings(view, |text| set_entry(text, "rules", rule, |_| "\"off\"".to_owned()))
}

/// Turns a rule off for one draft.
fn in_settings_for_file(view: &View, draft: &Path, rule: &str) -> Option<WorkspaceEdit> {
    let file = settings_file(view)?;
    let relative = draft.strip_prefix(file.parent()?).ok()?;
    // What means something in a pattern is taken literally.
    let pattern: String = relative
        .to_str()?
        .chars()
        .flat_map(|char| "*?[]{}!\\".contains(char).then_some('\\').into_iter().chain([char]))
        .collect();
    edit_settings(view, |text| {
        set_entry(text, "per-file-ignores", &pattern, |present| {
            match present.and_then(|list| list.rsplit_once(']')) {
                Some((before, _)) if before.trim_end().ends_with('[') => format!("[\"{rule}\"]"),
                Some((before, _)) => format!("{}, \"{rule}\"]", before.trim_end().trim_end_matches(',')),
                None => format!("[\"{rule}\"]"),
            }
        })
    })
}

/// The settings file of the draft, or where one would be made: in the workspace's folder, or beside the draft.
fn settings_file(view: &View) -> Option<PathBuf> {
    let path = view.path();
    let present = path.as_deref().and_then(Path::parent).and_then(config::find);
    let of_folder = || {
        let folder = view
            .folders
            .iter()
            .find(|folder| path.as_ref().is_none_or(|path| path.starts_with(folder)));
        folder
            .cloned()
            .or_else(|| path.as_ref()?.parent().map(Path::to_owned))
            .map(|folder| folder.join(config::FILE_NAME))
    };
    present.or_else(of_folder)
}

fn edit_settings(view: &View, change: impl FnOnce(&str) -> Option<Edit>) -> Option<WorkspaceEdit> {
    let file = settings_file(view)?;
    let present = std::fs::read_to_string(&file).ok();
    let text = Text::new(present.as_deref().unwrap_or_default());
    let edit = change(present.as_deref().unwrap_or_default())?;
    let positions = Positions {
        text: &text,
        unit: view.client.unit,
    };
    let edit = TextEdit::new(positions.range(edit.range), edit.text);
    edits::of_file(view, Uri::from_file_path(file)?, present.is_none(), vec![edit])
}

/// Sets an entry of a table in a settings file and leaves the rest as it stands. `value` is given the present value as it is written. `None` if
/// the file is broken, or has the table in a form that cannot be added to.
fn set_entry(text: &str, table: &str, key: &str, value: impl FnOnce(Option<&str>) -> String) -> Option<Edit> {
    let quoted = toml::Value::from(key).to_string();
    let root = DeTable::parse(text).ok()?;
    let Some(entries) = root.get_ref().get(table) else {
        let gap = if text.is_empty() || text.ends_with("\n\n") {
            ""
        } else if text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        return Some(Edit::insert(text.len(), format!("{gap}[{table}]\n{quoted} = {}\n", value(None))));
    };
    let DeValue::Table(present) = entries.get_ref() else {
        return None;
    };
    if let Some(set) = present.get(key) {
        let span = Spanned::span(set);
        let written = text.get(span.clone())?;
        return Some(Edit::replace(span, value(Some(written))));
    }
    let head = header_end(text, table)?;
    Some(Edit::insert(
        head.end,
        format!("{}{quoted} = {}\n", if head.is_empty() { "\n" } else { "" }, value(None)),
    ))
}

/// The line end of the table's header; empty if the file ends there.
fn header_end(text: &str, table: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let words = line.split('#').next().unwrap_or_default().trim();
        let name = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if name.is_some_and(|name| name.trim() == table) {
            return Some(at + line.trim_end_matches('\n').len()..end);
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix;

    fn off(text: &str) -> String {
        let edit = set_entry(text, "rules", "stray/pair", |_| "\"off\"".to_owned()).expect("an edit");
        let changed = fix::apply(text, &[edit]);
        let parsed = config::parse(&changed, Path::new("jiaogao.toml"));
        assert!(parsed.is_ok_and(|config| !config.rules.is_empty()), "{changed}");
        changed
    }

    #[test]
    fn settings_keep_what_stands_in_them() {
        assert_eq!(off(""), "[rules]\n\"stray/pair\" = \"off\"\n");
        assert_eq!(
            off("language = 'en' # 英文"),
            "language = 'en' # 英文\n\n[rules]\n\"stray/pair\" = \"off\"\n"
        );
        assert_eq!(
            off("[rules] # 规则\nsequence = 'hint'\n"),
            "[rules] # 规则\n\"stray/pair\" = \"off\"\nsequence = 'hint'\n"
        );
        assert_eq!(off("[rules]"), "[rules]\n\"stray/pair\" = \"off\"\n");
        assert_eq!(off("[rules]\n'stray/pair' = 'hint' # 试\n"), "[rules]\n'stray/pair' = \"off\" # 试\n");
    }

    #[test]
    fn broken_settings_are_left_alone() {
        assert!(set_entry("[rules", "rules", "stray/pair", |_| String::new()).is_none());
        assert!(set_entry("rules = { sequence = 'hint' }", "rules", "stray/pair", |_| String::new()).is_none());
    }
}

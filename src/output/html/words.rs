//! What the page itself says.

use crate::finding::{Language, Severity};

/// The sign of a severity: it tells the severities apart where colours do not.
pub(super) fn seal(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => language.pick("错", "E"),
        Severity::Warning => language.pick("警", "W"),
        Severity::Info => language.pick("意", "i"),
        Severity::Hint => language.pick("示", "h"),
    }
}

/// A family of rules as a reader knows it.
pub(super) fn family(name: &'static str, language: Language) -> &'static str {
    match name {
        "sequence" => language.pick("编号", "numbering"),
        "duplicate" => language.pick("重复", "repetition"),
        "figure" => language.pick("数字", "figures"),
        "stray" => language.pick("字符", "characters"),
        "term" => language.pick("用语", "terms"),
        "style" => language.pick("体例", "style"),
        "suppress" => language.pick("注释", "comments"),
        other => other,
    }
}

/// The keys that the page knows, and what each does.
pub(super) fn keys(language: Language) -> [(&'static str, &'static str); 8] {
    [
        ("j ↓", language.pick("下一处", "next finding")),
        ("k ↑", language.pick("上一处", "previous finding")),
        ("Enter", language.pick("看原文", "see it in the draft")),
        ("o", language.pick("看另一处，再按回来", "see the other place; again to come back")),
        ("/", language.pick("筛选", "filter")),
        ("Esc", language.pick("放开，回到列表", "let go, back to the list")),
        ("[ ]", language.pick("前一份、后一份文稿", "previous, next draft")),
        ("?", language.pick("这张表", "this table")),
    ]
}

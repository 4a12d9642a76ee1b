//! Text of a draft, made safe to stand in the page.

use std::fmt::Write as _;

/// Appends text so that it reads the same in an element as in the draft. Characters that are not seen, or that change how others are seen, are
/// named instead of written: a draft must not be able to turn the page around, and who proof-reads it wants to see them.
pub(super) fn push(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(char),
            _ if is_unseen(char) => {
                let _ = write!(out, "<span class=\"unseen\">U+{:04X}</span>", char as u32);
            }
            _ => out.push(char),
        }
    }
}

/// [`push`] into a string of its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// Controls, zero-width characters, and those that steer the direction of writing. Variation selectors are left alone, as they belong to the
/// character before them.
fn is_unseen(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_is_shown_as_text() {
        let hostile = "</script><!-- \"a\" 'b' & <img src=x onerror=alert(1)>";
        let safe = escaped(hostile);
        assert!(!safe.contains(['<', '>', '"', '\'']), "{safe}");
        assert_eq!(
            safe,
            "&lt;/script&gt;&lt;!-- &quot;a&quot; &#39;b&#39; &amp; &lt;img src=x onerror=alert(1)&gt;"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        let shown = escaped("甲\u{202E}乙\u{200B}\u{0}\u{FEFF}\r丙\u{20BB7}\t丁");
        let named = |code| format!("<span class=\"unseen\">U+{code}</span>");
        assert_eq!(
            shown,
            format!(
                "甲{}乙{}{}{}{}丙\u{20BB7}\t丁",
                named("202E"),
                named("200B"),
                named("0000"),
                named("FEFF"),
                named("000D")
            )
        );
    }
}

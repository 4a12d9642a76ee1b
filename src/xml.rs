//! Text in XML 1.0.

/// Text for an attribute or an element. Characters that XML cannot hold at all become U+FFFD.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", char as u32)),
            char if is_allowed(char) => out.push(char),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

/// Whether XML can hold a character (2.2).
pub fn is_allowed(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_and_impossible_characters_are_escaped() {
        assert_eq!(
            super::escape("<甲&\"乙\">\u{8}\n\u{FFFF}"),
            "&lt;甲&amp;&quot;乙&quot;&gt;\u{FFFD}&#10;\u{FFFD}"
        );
    }
}

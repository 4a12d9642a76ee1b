//! White space, which is shown once however often it stands in the XML (OpenDocument 1.3, Part 3, 6.1.2).

/// Appends characters of the XML to the text of a paragraph.
pub(super) fn push(paragraph: &mut String, characters: &str) {
    for char in characters.chars() {
        match char {
            ' ' | '\t' | '\r' | '\n' => {
                if !paragraph.is_empty() && !paragraph.ends_with(' ') {
                    paragraph.push(' ');
                }
            }
            char => paragraph.push(char),
        }
    }
}

/// The spaces of a `text:s` element, which says how many it stands for. More than a paragraph's indent mean nothing.
pub(super) fn spaces(count: Option<i64>) -> &'static str {
    const MOST: &str = "                                ";
    &MOST[..count.unwrap_or(1).clamp(0, MOST.len() as i64) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_shown_once() {
        let mut paragraph = String::new();
        push(&mut paragraph, "\n  甲\n  ");
        push(&mut paragraph, " 乙 ");
        assert_eq!(paragraph, "甲 乙 ");
        assert_eq!((spaces(None), spaces(Some(-3)), spaces(Some(i64::MAX)).len()), (" ", "", 32));
    }
}

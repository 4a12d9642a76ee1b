//! Kinds of characters.

/// Han characters, with 〇 and the extensions, without punctuation.
#[inline]
pub fn is_han(char: char) -> bool {
    matches!(char,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Letters and digits of any script, as [`char::is_alphanumeric`] has it, which takes long to tell of Han characters.
#[inline]
pub fn is_alphanumeric(char: char) -> bool {
    matches!(char, '\u{4E00}'..='\u{9FFF}') || char.is_alphanumeric()
}

/// Marks that end a sentence in Chinese text, in both widths. The half-width full stop is not one: it is most often a decimal point.
pub fn is_sentence_end(char: char) -> bool {
    matches!(char, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '…')
}

/// Marks that end a clause but not a sentence.
pub fn is_clause_end(char: char) -> bool {
    matches!(char, '，' | ',' | '：' | ':' | '、')
}

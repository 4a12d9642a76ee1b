//! Web and mail addresses, which are not prose.

use std::ops::Range;

/// The addresses in a text, in order.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr3(b':', b'@', b'w', &bytes[at..]) {
        let hit = at + offset;
        let last_end = found.last().map_or(0, |range| range.end);
        match address_at(bytes, hit, last_end) {
            Some(range) => {
                at = range.end;
                found.push(range);
            }
            None => at = hit + 1,
        }
    }
    found
}

/// The address that holds the byte at `hit` (`://`, `@` or the `w` of `www.`), not reaching back before `floor`.
fn address_at(bytes: &[u8], hit: usize, floor: usize) -> Option<Range<usize>> {
    let back = |is_part: fn(u8) -> bool| hit - bytes[floor..hit].iter().rev().take_while(|&&byte| is_part(byte)).count();
    let (start, shortest) = match bytes[hit] {
        b':' if bytes[hit..].starts_with(b"://") => (back(|byte| byte.is_ascii_alphabetic()), 4),
        b'@' => (back(is_mail_part), 3),
        b'w' if bytes[hit..].starts_with(b"www.") => (hit, 6),
        _ => return None,
    };
    // Before anything behind it is looked at, lest each of many signs in a row be followed to the end of them all.
    if start == hit && bytes[hit] != b'w' {
        return None;
    }
    let is_part = if bytes[hit] == b'@' { is_mail_part } else { is_address_byte };
    let after = bytes[hit + 1..].iter().take_while(|&&byte| is_part(byte)).count();
    let end = hit + 1 + after;
    let end = end
        - bytes[hit + 1..end]
            .iter()
            .rev()
            .take_while(|byte| matches!(byte, b'.' | b',' | b';' | b')' | b'?' | b'!'))
            .count();
    let has_dot = bytes[hit] != b'@' || bytes[hit..end].contains(&b'.');
    (has_dot && end >= hit + shortest).then_some(start..end)
}

/// Printable ASCII that may stand in an address.
fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`')
}

fn is_mail_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let text = "见https://a.cn/b?id=1&v=2，或www.gov.cn。信箱a.b@c.cn,电话";
        let found: Vec<_> = addresses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["https://a.cn/b?id=1&v=2", "www.gov.cn", "a.b@c.cn"]);
    }

    #[test]
    fn signs_alone_are_not_addresses() {
        assert!(addresses("硫@① 3:2 window 甲@乙").is_empty());
    }
}

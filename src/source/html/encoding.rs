//! The encoding that a page says it is in.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding that a page declares in a `meta` element at its beginning. What says UTF-8 or UTF-16 there is not believed, as bytes in these
/// tell it themselves.
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    const KEY: &[u8] = b"charset=";
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let start = memchr::memmem::find(&head, KEY)? + KEY.len();
    let label = head[start..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte)))?;
    match Encoding::for_label(&label[..end])? {
        encoding if encoding == GBK => Some(GB18030),
        encoding if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => None,
        encoding => Some(encoding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_encodings_are_found() {
        let declared = |text: &str| declared_encoding(text.as_bytes());
        assert_eq!(declared("<META CHARSET=\"gb2312\">"), Some(GB18030));
        assert_eq!(
            declared("<meta http-equiv=Content-Type content='text/html; charset=big5'>"),
            Some(encoding_rs::BIG5)
        );
        assert_eq!(declared("<meta charset=utf-8>"), None);
    }
}

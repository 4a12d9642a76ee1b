//! Bytes to text.

use std::ops::Range;

use chardetng::EncodingDetector;
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded file.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The text, without a byte-order mark, line ends as in the file.
    pub text: String,
    pub encoding: &'static Encoding,
    /// Whether the file began with a byte-order mark, which a rewritten file must keep.
    pub has_bom: bool,
    /// Bytes of `text` that are U+FFFD because the file's bytes there mean nothing in its encoding.
    pub malformed: Vec<Range<usize>>,
}

/// The file is not text: it holds NUL bytes, or is a known binary format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotText;

/// Decodes a file in the encoding told, or else in the one its byte-order mark or its bytes suggest.
///
/// # Errors
/// [`NotText`] if the bytes are not text in any of the encodings known.
pub fn decode(bytes: &[u8], told: Option<&'static Encoding>) -> Result<Decoded, NotText> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && told.is_none_or(|told| told == encoding)
    {
        return Ok(decode_with(&bytes[length..], encoding, true));
    }
    if told.is_none_or(|told| told != UTF_16LE && told != UTF_16BE) && is_binary(bytes) {
        return Err(NotText);
    }
    if let Some(encoding) = told {
        return Ok(decode_with(bytes, encoding, false));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text: text.to_owned(),
            encoding: UTF_8,
            has_bom: false,
            malformed: Vec::new(),
        }),
        Err(_) => Ok(decode_with(bytes, detect(bytes), false)),
    }
}

/// Encodes text the way a file was, for writing it back. `None` if the encoding has no code for one of its characters.
pub fn encode(text: &str, encoding: &'static Encoding, has_bom: bool) -> Option<Vec<u8>> {
    let bom = if has_bom { "\u{FEFF}" } else { "" };
    if encoding == UTF_16LE {
        return Some(bom.encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(bom.encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    if unmappable {
        return None;
    }
    Some(if encoding == UTF_8 {
        [bom.as_bytes(), &bytes].concat()
    } else {
        bytes.into_owned()
    })
}

/// Control bytes that no text encoding here uses.
fn is_binary(bytes: &[u8]) -> bool {
    const HEAD: usize = 64 * 1024;
    memchr::memchr(0, &bytes[..bytes.len().min(HEAD)]).is_some()
}

/// The encoding of bytes that are not valid UTF-8. Mostly-UTF-8 with some broken bytes stays UTF-8, so that one bad byte does not turn a whole
/// report into nonsense; otherwise Chinese encodings go before others, as that is what these drafts are written in.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let guess = detector.guess(None, false);
    match guess {
        _ if guess == BIG5 => BIG5,
        _ if guess == GBK || decodes(bytes, GB18030) => GB18030,
        _ => guess,
    }
}

fn decodes(bytes: &[u8], encoding: &'static Encoding) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let mut broken = 0;
    let mut multibyte = 0;
    for chunk in bytes.utf8_chunks() {
        multibyte += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    multibyte > broken
}

fn decode_with(bytes: &[u8], encoding: &'static Encoding, has_bom: bool) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut malformed = Vec::new();
    let mut rest = bytes;
    loop {
        text.reserve(decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len() * 3).max(16));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => continue,
            encoding_rs::DecoderResult::Malformed(..) => {
                let start = text.len();
                text.push('\u{FFFD}');
                malformed.push(start..text.len());
            }
        }
    }
    text.shrink_to_fit();
    Decoded {
        text,
        encoding,
        has_bom,
        malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。";

    #[test]
    fn encodings_are_told_apart() {
        let big5 = "各位代表：現在，我代表市人民政府，向大會報告工作，請予審議，並請各位委員提出意見。";
        for (text, encoding) in [(SAMPLE, GB18030), (SAMPLE, UTF_8), (big5, BIG5)] {
            let (bytes, _, _) = encoding.encode(text);
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
    }

    #[test]
    fn byte_order_marks_are_taken_off_and_put_back() {
        for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
            let bytes = encode(SAMPLE, encoding, true).unwrap();
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.has_bom), (SAMPLE, true));
            assert_eq!(encode(&decoded.text, decoded.encoding, decoded.has_bom).unwrap(), bytes);
        }
    }

    #[test]
    fn broken_bytes_are_kept_as_places() {
        let mut bytes = "一、开头".as_bytes().to_vec();
        bytes.insert(3, 0xFF);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.encoding, UTF_8);
        assert_eq!(decoded.malformed.len(), 1);
        assert_eq!(&decoded.text[decoded.malformed[0].clone()], "\u{FFFD}");
    }

    #[test]
    fn nul_bytes_are_not_text() {
        assert!(decode(b"PK\x03\x04\0\0", None).is_err());
    }
}

//! Any bytes become text or are refused, and what they became is known.

use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use jiaogao::source::decode::{Decoded, decode, encode};

pub fn holds(data: &[u8]) {
    for told in [None, Some(UTF_8), Some(GB18030), Some(BIG5), Some(UTF_16LE), Some(UTF_16BE)] {
        if let Ok(decoded) = decode(data, told) {
            hold_for_text(&decoded, data);
        }
    }
}

fn hold_for_text(decoded: &Decoded, data: &[u8]) {
    let mut at = 0;
    for range in &decoded.malformed {
        assert!(range.start >= at, "{:?} are not in order", decoded.malformed);
        assert_eq!(decoded.text.get(range.clone()), Some("\u{FFFD}"));
        at = range.end;
    }
    if !decoded.malformed.is_empty() {
        return;
    }
    // Other encodings have several codes for some characters.
    if [UTF_8, UTF_16LE, UTF_16BE].contains(&decoded.encoding) {
        let encoded = encode(&decoded.text, decoded.encoding, decoded.has_bom);
        assert_eq!(encoded.as_deref(), Some(data), "{}", decoded.encoding.name());
        return;
    }
    if let Some(encoded) = encode(&decoded.text, decoded.encoding, decoded.has_bom) {
        let again = decode(&encoded, Some(decoded.encoding)).expect("what was encoded is text");
        assert_eq!(again.text, decoded.text, "{}", decoded.encoding.name());
    }
}

//! What an editor does with the edits it is given, written without the project's own code.

use serde_json::Value;

/// The text after the edits, which are all relative to the text before. Positions count UTF-16 units.
pub fn apply(text: &str, edits: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .expect("a list of edits")
        .iter()
        .map(|edit| {
            let text = edit["newText"].as_str().expect("a text").to_owned();
            (offset(&units, &edit["range"]["start"]), offset(&units, &edit["range"]["end"]), text)
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    assert!(edits.windows(2).all(|pair| pair[0].1 <= pair[1].0), "edits overlap: {edits:?}");
    let mut out = Vec::new();
    let mut at = 0;
    for (start, end, text) in edits {
        out.extend(&units[at..start]);
        out.extend(text.encode_utf16());
        at = end;
    }
    out.extend(&units[at..]);
    String::from_utf16(&out).expect("no edit cuts a character")
}

/// The text that a range covers.
pub fn slice(text: &str, range: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[offset(&units, &range["start"])..offset(&units, &range["end"])]).expect("no range cuts a character")
}

fn offset(units: &[u16], position: &Value) -> usize {
    let line = position["line"].as_u64().expect("a line");
    let character = position["character"].as_u64().expect("a character") as usize;
    let mut at = 0;
    for _ in 0..line {
        while !matches!(units[at], 10 | 13) {
            at += 1;
        }
        at += if units[at] == 13 && units.get(at + 1) == Some(&10) { 2 } else { 1 };
    }
    at + character
}

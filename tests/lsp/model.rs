//! An independent model of how the protocol keeps a text.

use serde_json::{Value, json};

use super::protocol::range;

/// Text as the protocol describes it: lines that end with LF, CR or CRLF, columns in units of an encoding, positions clamped.
pub struct Model {
    pub chars: Vec<char>,
    is_utf16: bool,
}

impl Model {
    pub fn new(text: &str, is_utf16: bool) -> Self {
        Model {
            chars: text.chars().collect(),
            is_utf16,
        }
    }

    fn width(&self, char: char) -> usize {
        if self.is_utf16 { char.len_utf16() } else { char.len_utf8() }
    }

    pub fn offset(&self, (line, column): (u32, u32)) -> usize {
        let mut at = 0;
        for _ in 0..line {
            while at < self.chars.len() && !matches!(self.chars[at], '\n' | '\r') {
                at += 1;
            }
            if at == self.chars.len() {
                return at;
            }
            at += if self.chars[at] == '\r' && self.chars.get(at + 1) == Some(&'\n') {
                2
            } else {
                1
            };
        }
        let mut left = column as usize;
        while at < self.chars.len() && !matches!(self.chars[at], '\n' | '\r') && self.width(self.chars[at]) <= left {
            left -= self.width(self.chars[at]);
            at += 1;
        }
        at
    }

    pub fn apply(&mut self, change: &Change) {
        let text = change.text.chars();
        match change.range {
            None => self.chars = text.collect(),
            Some((start, end)) => {
                let (start, end) = (self.offset(start), self.offset(end));
                self.chars.splice(start.min(end)..start.max(end), text);
            }
        }
    }

    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }
}

/// One change of a text: positions as lines and columns, and none where the whole text is another.
#[derive(Debug, Clone)]
pub struct Change {
    pub range: Option<((u32, u32), (u32, u32))>,
    pub text: String,
}

impl Change {
    pub fn json(&self) -> Value {
        match self.range {
            None => json!({ "text": self.text }),
            Some((start, end)) => json!({ "range": range(start, end), "text": self.text }),
        }
    }
}

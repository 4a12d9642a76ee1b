//! The tokens of a page, with the bytes at which they stand.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable, Reader, Span, StringReader, Tokenizer};

/// Hands over each token of a text and its range.
pub(super) fn tokens(text: &str, mut take: impl FnMut(CallbackEvent<'_>, Range<usize>)) {
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        let end = span.end.min(text.len());
        take(event, span.start.min(end)..end);
        None
    });
    emitter.naively_switch_states(true);
    // All that comes out are pauses, after which it goes on.
    Tokenizer::new_with_emitter(Pausing::new(text), emitter).for_each(drop);
}

/// A reader that lets the tokenizer come back to its start from time to time. Each attribute in double quotes is read by a call inside that of
/// the attribute before it, so that a tag with ten thousand of them would take more stack than there is. An error makes the tokenizer
/// return, and when it is called again it goes on where it was, as long as it was at the beginning of a value.
struct Pausing<'a> {
    text: StringReader<'a>,
    values: usize,
}

/// So many attributes are read by calls inside each other.
const MOST_NESTED: usize = 16;

#[derive(Debug)]
struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("pause")
    }
}

impl Error for Pause {}

impl<'a> Pausing<'a> {
    fn new(text: &'a str) -> Self {
        Pausing {
            text: text.to_reader(),
            values: 0,
        }
    }
}

impl Reader for Pausing<'_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        let Ok(byte) = self.text.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        let Ok(is_there) = self.text.try_read_string(wanted, case_sensitive);
        Ok(is_there)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Pause> {
        // Only a value in double quotes ends with one and may hold references.
        let is_value = needle.contains(&b'"') && needle.contains(&b'&') && !needle.contains(&b'\'');
        if is_value {
            self.values += 1;
            if self.values > MOST_NESTED {
                self.values = 0;
                return Err(Pause);
            }
        }
        let Ok(read) = self.text.read_until(needle, buffer);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests run on a small stack.
    #[test]
    fn a_tag_may_have_any_number_of_attributes() {
        let value = |number: usize| {
            if number.is_multiple_of(999) {
                "甲&乙".to_owned()
            } else {
                number.to_string()
            }
        };
        let attributes: String = (0..20_000)
            .map(|number| format!(" a{number}=\"{}\"", value(number).replace('&', "&amp;")))
            .collect();
        let page = format!("<p{attributes}>乙</p>");
        let mut values = Vec::new();
        let mut texts = Vec::new();
        tokens(&page, |event, range| match event {
            CallbackEvent::AttributeValue { value } => values.push(String::from_utf8(value.to_vec()).unwrap()),
            CallbackEvent::String { .. } => texts.push(page[range].to_owned()),
            _ => {}
        });
        let expected: Vec<String> = (0..20_000).map(value).collect();
        assert!(values == expected, "{:?}", &values[..values.len().min(20)]);
        assert_eq!(texts, ["乙"]);
    }
}

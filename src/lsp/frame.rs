//! Messages as they travel: a header with the length of the body, an empty line, the body.
//!
//! A client that sends nonsense is answered and then read on from the next header, because one broken message must not cost a person the
//! diagnostics of the rest of the day.

use std::io;

use bytes::{Buf, BytesMut};
use memchr::memmem;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

const LENGTH: &[u8] = b"content-length:";

/// No draft is this long; a header that says so is broken, and waiting for its body would be waiting for ever.
const LONGEST_BODY: usize = 1 << 30;

/// A header longer than this is not a header.
const LONGEST_HEADER: usize = 8 * 1024;

/// What was read from the client.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The bytes of one message, not yet looked at.
    Body(BytesMut),
    /// Bytes that are no header were skipped.
    Garbage,
}

/// Cuts a stream of bytes into frames.
pub struct FrameReader<R> {
    input: R,
    buffer: BytesMut,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    pub fn new(input: R) -> Self {
        FrameReader {
            input,
            buffer: BytesMut::new(),
        }
    }

    /// The next frame, or `None` when the client has closed its end, be it in the middle of a message.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub async fn next(&mut self) -> io::Result<Option<Frame>> {
        loop {
            match cut(&mut self.buffer) {
                Cut::Frame(frame) => return Ok(Some(frame)),
                Cut::Missing(bytes) => self.buffer.reserve(bytes.min(64 * 1024)),
            }
            if self.input.read_buf(&mut self.buffer).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// Puts back what a body swallowed of the message after it. A length that is too long does that; what follows the next header that can be
    /// seen in a body which is not JSON is therefore read again.
    pub fn resume_inside(&mut self, mut body: BytesMut) {
        let Some(header) = length_fields(&body).next() else {
            return;
        };
        let mut rest = body.split_off(header);
        rest.unsplit(self.buffer.split());
        self.buffer = rest;
    }
}

/// Writes one message.
///
/// # Errors
/// When the client no longer reads.
pub async fn write<W: AsyncWrite + Unpin>(output: &mut W, body: &[u8]) -> io::Result<()> {
    output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    output.write_all(body).await
}

enum Cut {
    Frame(Frame),
    /// About so many bytes are still to come.
    Missing(usize),
}

fn cut(buffer: &mut BytesMut) -> Cut {
    let Some((header, body)) = header_end(buffer) else {
        if buffer.len() > LONGEST_HEADER {
            // The tail stays, as it may hold the beginning of a header.
            buffer.advance(buffer.len() - LENGTH.len());
            return Cut::Frame(Frame::Garbage);
        }
        return Cut::Missing(LONGEST_HEADER);
    };
    let Some((start, length)) = body_length(&buffer[..header]) else {
        buffer.advance(body);
        return Cut::Frame(Frame::Garbage);
    };
    if start > 0 {
        buffer.advance(start);
        return Cut::Frame(Frame::Garbage);
    }
    if buffer.len() < body + length {
        return Cut::Missing(body + length - buffer.len());
    }
    buffer.advance(body);
    Cut::Frame(Frame::Body(buffer.split_to(length)))
}

/// Where the header ends, and where the body begins.
fn header_end(buffer: &[u8]) -> Option<(usize, usize)> {
    let head = &buffer[..buffer.len().min(2 * LONGEST_HEADER)];
    let strict = memmem::find(head, b"\r\n\r\n").map(|at| (at, at + 4));
    let lax = memmem::find(head, b"\n\n").map(|at| (at, at + 2));
    match (strict, lax) {
        (Some(strict), Some(lax)) => Some(if lax.0 < strict.0 { lax } else { strict }),
        (strict, lax) => strict.or(lax),
    }
}

/// Where the header's first line starts, and the length it tells. The last line that tells a length counts: what stands before it is the
/// remainder of a message whose own length was wrong.
fn body_length(header: &[u8]) -> Option<(usize, usize)> {
    let at = length_fields(header).last()?;
    let line = header[at + LENGTH.len()..].split(|byte| *byte == b'\n').next()?;
    let length = std::str::from_utf8(line).ok()?.trim().parse().ok()?;
    // Another field, such as Content-Type, may stand before the length.
    let start = if at == 0 || header[at - 1] == b'\n' {
        field_start(header, at)
    } else {
        at
    };
    (length <= LONGEST_BODY).then_some((start, length))
}

/// The start of the first of the well-formed fields that stand right before the field at `at`.
fn field_start(header: &[u8], at: usize) -> usize {
    let mut start = at;
    while start > 0 {
        let line = header[..start - 1].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let is_field = header[line..start].first().is_some_and(u8::is_ascii_alphabetic) && header[line..start].contains(&b':');
        if !is_field {
            break;
        }
        start = line;
    }
    start
}

/// Where the name of the field stands.
fn length_fields(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b'c', b'C', bytes).filter(|at| {
        let name = bytes.get(*at..at + LENGTH.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(LENGTH))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(mut input: &[u8]) -> Vec<Frame> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let mut reader = FrameReader::new(&mut input);
            let mut frames = Vec::new();
            while let Some(frame) = reader.next().await.expect("a slice can be read") {
                frames.push(frame);
            }
            frames
        })
    }

    fn body(text: &str) -> Frame {
        Frame::Body(BytesMut::from(text))
    }

    #[test]
    fn messages_are_cut_apart() {
        assert_eq!(frames(b"Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\n1"), [body("{}"), body("1")]);
    }

    #[test]
    fn other_fields_and_letter_case_do_not_matter() {
        let input = b"content-type: application/json\r\nCONTENT-LENGTH: 2\r\nX: y\r\n\r\n{}";
        assert_eq!(frames(input), [body("{}")]);
    }

    #[test]
    fn garbage_is_skipped_up_to_the_next_header() {
        assert_eq!(frames(b"rubbish\r\n\r\nContent-Length: 2\r\n\r\n{}"), [Frame::Garbage, body("{}")]);
        assert_eq!(frames(b"rubbishContent-Length: 2\r\n\r\n{}"), [Frame::Garbage, body("{}")]);
        assert_eq!(
            frames(b"Content-Length: two\r\n\r\nContent-Length: 2\r\n\r\n{}"),
            [Frame::Garbage, body("{}")]
        );
        assert_eq!(frames(b"Content-Length: 99999999999\r\n\r\n{}"), [Frame::Garbage]);
    }

    #[test]
    fn a_body_that_never_comes_is_no_frame() {
        assert_eq!(frames(b"Content-Length: 20\r\n\r\n{}"), []);
    }

    #[test]
    fn what_a_body_swallowed_is_read_again() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let mut input: &[u8] = b"Content-Length: 25\r\n\r\n{}Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\n1";
            let mut reader = FrameReader::new(&mut input);
            let Some(Frame::Body(body)) = reader.next().await.expect("readable") else {
                panic!("a body");
            };
            reader.resume_inside(body);
            let rest = [reader.next().await, reader.next().await].map(|frame| frame.expect("readable"));
            assert_eq!(rest, [Some(Frame::Body(BytesMut::from("{}"))), Some(Frame::Body(BytesMut::from("1")))]);
        });
    }
}

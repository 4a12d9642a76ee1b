//! Fields: a code that the word processor carries out, and its result, which stands on the page.

use crate::source::office::xml;
use quick_xml::events::BytesStart;

/// The fields that are open at a place. They may nest, and a field may reach over many paragraphs.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many of them have not come to their result yet.
    in_code: usize,
    /// How many of them are tables of contents that have come to their result.
    in_contents: usize,
    are_ignored: bool,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    is_code: bool,
    is_contents: bool,
}

impl Fields {
    /// Fields that hide nothing.
    pub(super) fn ignored() -> Self {
        Fields {
            are_ignored: true,
            ..Fields::default()
        }
    }

    pub(super) fn have_ended(&self) -> bool {
        self.open.is_empty()
    }

    /// Takes a `fldChar`, which begins a field, parts its code from its result, or ends it.
    pub(super) fn take_mark(&mut self, element: &BytesStart) {
        if self.are_ignored {
            return;
        }
        match xml::attribute(element, "fldCharType").as_deref() {
            Some("begin") => {
                self.open.push(Field {
                    is_code: true,
                    is_contents: false,
                });
                self.in_code += 1;
            }
            Some("separate") => self.begin_result(),
            Some("end") => self.end(),
            _ => {}
        }
    }

    /// Takes a piece of the innermost field's code.
    pub(super) fn take_code(&mut self, code: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.is_code) {
            field.is_contents |= is_contents(code);
        }
    }

    fn begin_result(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|field| field.is_code) {
            field.is_code = false;
            self.in_code -= 1;
            self.in_contents += usize::from(field.is_contents);
        }
    }

    fn end(&mut self) {
        let Some(field) = self.open.pop() else { return };
        if field.is_code {
            self.in_code -= 1;
        } else if field.is_contents {
            self.in_contents -= 1;
        }
    }

    /// Whether what stands here is a code, which nobody sees.
    pub(super) fn hides_text(&self) -> bool {
        self.in_code > 0
    }

    /// Whether what stands here is a line of a table of contents.
    pub(super) fn in_contents(&self) -> bool {
        self.in_contents > 0
    }
}

/// Whether a field's code asks for a table of contents.
pub(super) fn is_contents(code: &str) -> bool {
    code.split_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("TOC"))
}

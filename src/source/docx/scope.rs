//! What the elements around a place mean for what stands there.

/// What an open element means for what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Paragraph,
    ParagraphProperties,
    /// Properties of the mark at a paragraph's end.
    MarkProperties,
    Run {
        hidden: bool,
    },
    RunProperties,
    Text,
    FieldCode,
    /// A field whose code is an attribute.
    SimpleField {
        is_contents: bool,
    },
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Control {
        is_contents: bool,
    },
    ControlProperties,
    Note,
    /// The same content in several forms.
    Alternatives {
        is_read: bool,
    },
    /// The text of a text box.
    TextBox,
    Other,
}

/// The text node that is open.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct TextNode {
    /// Where it begins in its paragraph's text.
    pub start: usize,
    /// White space at its ends counts.
    pub preserves: bool,
}

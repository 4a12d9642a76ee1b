//! Start tags, and what the elements mean for what is read.

/// Elements whose text is not the draft's.
pub(super) const UNREAD: &[&str] = &[
    "script", "style", "template", "noscript", "title", "nav", "select", "button", "textarea", "datalist", "svg", "math", "iframe", "object",
    "video", "audio", "canvas", "rt", "rp",
];

/// Elements that may be hidden; all of them have an end tag, so what is hidden ends, or end where a block begins.
pub(super) const HIDEABLE: &[&str] = &[
    "div", "section", "article", "aside", "header", "footer", "span", "ul", "ol", "table", "form", "figure", "p", "a", "b", "i", "em", "strong",
    "label", "small",
];

/// Whether an element that needs no end tag is over at another tag: a paragraph at that of a block, and what stands over the characters of a ruby
/// at the end of it, too.
pub(super) fn is_over_at(open: &str, tag: &str) -> bool {
    match open {
        "p" => BLOCKS.contains(&tag),
        "rt" | "rp" => tag == "ruby" || BLOCKS.contains(&tag),
        _ => false,
    }
}

/// Elements before and after which a block ends.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// A start tag as far as it was read.
#[derive(Default)]
pub(super) struct Tag {
    pub name: String,
    pub start: usize,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value)
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.attribute(name)?.trim().parse().ok()
    }

    pub(super) fn is_hidden(&self) -> bool {
        let style = || {
            self.attribute("style")
                .is_some_and(|style| without_blanks(style).contains("display:none"))
        };
        self.attribute("hidden").is_some() || self.attribute("aria-hidden") == Some("true") || style()
    }
}

/// The level of a heading element, from 1.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Lower case, and nothing between the words.
pub(super) fn without_blanks(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).flat_map(char::to_lowercase).collect()
}

//! Word documents for tests, made of a few parts.

use crate::source::office::sample::Sample;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Sample {
    /// A document with this in its body.
    pub(crate) fn new(body: &str) -> Self {
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{W}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\">\
             <w:body>{body}</w:body></w:document>"
        );
        let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                     <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                     <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                     <Override PartName=\"/word/document.xml\" \
                     ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
        let root = relations(&[("officeDocument", "word/document.xml")]);
        Sample::empty()
            .with("[Content_Types].xml", types)
            .with("_rels/.rels", &root)
            .with("word/document.xml", &document)
    }

    /// Adds parts of the main part's own kinds, such as `numbering`, with what stands in their root.
    pub(crate) fn with_related(mut self, parts: &[(&str, &str)]) -> Self {
        let targets: Vec<(&str, String)> = parts.iter().map(|(kind, _)| (*kind, format!("{kind}.xml"))).collect();
        let targets: Vec<(&str, &str)> = targets.iter().map(|(kind, target)| (*kind, target.as_str())).collect();
        for (kind, content) in parts {
            self = self.with(&format!("word/{kind}.xml"), format!("<w:{kind} xmlns:w=\"{W}\">{content}</w:{kind}>"));
        }
        self.with("word/_rels/document.xml.rels", relations(&targets))
    }
}

fn relations(targets: &[(&str, &str)]) -> String {
    let one = |(index, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>", index + 1)
    };
    let all: String = targets.iter().enumerate().map(one).collect();
    format!("<Relationships xmlns=\"{RELATIONS}\">{all}</Relationships>")
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

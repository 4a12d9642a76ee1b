//! A Word or OpenDocument document, however broken, is read or refused; what was read stands in order, and a comment on each paragraph leaves the text as it was.

use jiaogao::draft::Draft;
use jiaogao::linter::{Settings, lint};
use jiaogao::source::docx::annotate::{Author, Comment, annotate};
use jiaogao::source::office::{self, Changes, Document};

use super::package::{Parts, open_document_of, pack, plain, unpack};

const AUTHOR: Author = Author {
    name: "jiaogao",
    initials: "校",
    date: "2031-07-01T08:00:00Z",
};

/// The parts that a row of bytes tells, in this order, apart from each other by a byte that no XML has.
const PARTS: [(&str, &str); 5] = [
    ("document", "word/document.xml"),
    ("styles", "word/styles.xml"),
    ("numbering", "word/numbering.xml"),
    ("footnotes", "word/footnotes.xml"),
    ("comments", "word/comments.xml"),
];
const APART: u8 = 0xFF;

/// The first byte tells whether the others are a file, the XML of its parts, or a row of elements.
pub fn docx(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    match choice % 4 {
        0 => hold_for_file(rest),
        1 => hold_for_file(&of_parts(rest.split(|byte| *byte == APART).map(<[u8]>::to_vec))),
        2 => hold_for_file(&plain(&picked(ELEMENTS, rest).concat())),
        _ => hold_for_file(&plain(&nested(&picked(ELEMENTS, rest)))),
    }
}

/// The same of OpenDocument text.
pub fn odt(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    match choice % 4 {
        0 => hold_for_file(rest),
        1 => hold_for_file(&open_document_of(&String::from_utf8_lossy(rest))),
        2 => hold_for_file(&open_document_of(&picked(OPEN_ELEMENTS, rest).concat())),
        _ => hold_for_file(&open_document_of(&nested(&picked(OPEN_ELEMENTS, rest)))),
    }
}

fn picked(elements: &[&'static str], bytes: &[u8]) -> Vec<&'static str> {
    bytes.iter().map(|byte| elements[usize::from(*byte) % elements.len()]).collect()
}

fn of_parts(contents: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut parts: Parts = unpack(&plain(""));
    parts.retain(|(name, _)| name != PARTS[0].1);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |(kind, _): &(&str, &str)| format!("<Relationship Id=\"{kind}\" Type=\"{office}/{kind}\" Target=\"{kind}.xml\"/>");
    let relations: String = PARTS[1..].iter().map(relation).collect();
    let relations = format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>");
    parts.push(("word/_rels/document.xml.rels".to_owned(), relations.into_bytes()));
    parts.extend(PARTS.iter().zip(contents).map(|((_, name), content)| ((*name).to_owned(), content)));
    pack(&parts)
}

/// Reads a document, lints it and puts a comment on every paragraph.
pub fn hold_for_file(bytes: &[u8]) {
    for changes in [Changes::Accepted, Changes::Rejected] {
        let Ok(document) = office::read(bytes, changes) else { return };
        assert_whole(&document);
        let comments: Vec<Comment> = document
            .layout
            .paragraphs
            .iter()
            .map(|paragraph| Comment {
                range: paragraph.text.clone(),
                paragraphs: vec!["看这里".to_owned()],
            })
            .collect();
        let text = document.text.clone();
        // Only a Word document can be written back; whatever else it is, that is told.
        if let Ok(annotated) = annotate(bytes, &text, &document.layout, &comments, &[], AUTHOR) {
            let again = office::read(&annotated.bytes, changes).unwrap();
            assert_eq!(again.text, text);
        }
        lint(&Draft::of_document(document), &Settings::default());
    }
}

/// Blocks, paragraphs and spans stand in order and on the borders of characters.
fn assert_whole(document: &Document) {
    let text = &document.text;
    let mut at = 0;
    for paragraph in &document.layout.paragraphs {
        assert!(paragraph.text.start >= at && text.get(paragraph.text.clone()).is_some());
        at = paragraph.text.end;
    }
    for pair in document.layout.spans.windows(2) {
        assert!(pair[0].text.end <= pair[1].text.start);
    }
    for span in &document.layout.spans {
        assert!(text.get(span.text.clone()).is_some());
        assert!(!span.verbatim || span.text.len() == span.xml.len());
    }
    for block in &document.blocks {
        assert!(text.get(block.range.clone()).is_some());
        assert!(block.automatic_label <= block.prose.text().len());
    }
}

/// The pieces as XML that is nested rightly: an end tag ends what is open up to its element, or nothing, and what is open at the end is ended.
fn nested(pieces: &[&str]) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces {
        if let Some(name) = piece.strip_prefix("</") {
            let name = name.trim_end_matches('>');
            let inside = open.iter().rev().position(|other| *other == name).map_or(0, |depth| depth + 1);
            end(&mut out, open.split_off(open.len() - inside));
            continue;
        }
        let is_start_alone = piece.starts_with('<') && piece.ends_with('>') && piece.matches('<').count() == 1;
        if is_start_alone && !piece.ends_with("/>") && !piece.starts_with("<!") {
            let name = piece.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default();
            open.push(name);
        }
        out.push_str(piece);
    }
    end(&mut out, open);
    out
}

fn end(out: &mut String, elements: Vec<&str>) {
    for name in elements.into_iter().rev() {
        out.push_str(&format!("</{name}>"));
    }
}

/// Tags of OpenDocument that mostly do not fit each other.
const OPEN_ELEMENTS: &[&str] = &[
    "<text:p>",
    "</text:p>",
    "<text:p/>",
    "<text:p>二、乙。。</text:p>",
    "<text:h text:outline-level=\"99\">",
    "</text:h>",
    "<text:span>",
    "</text:span>",
    "<text:list text:continue-numbering=\"true\" text:style-name=\"L1\">",
    "</text:list>",
    "<text:list-item text:start-value=\"4294967295\">",
    "</text:list-item>",
    "<table:table>",
    "</table:table>",
    "<table:table-row>",
    "</table:table-row>",
    "<table:table-cell table:number-columns-repeated=\"99999999\">",
    "</table:table-cell>",
    "<table:covered-table-cell/>",
    "<text:note text:note-class=\"endnote\">",
    "</text:note>",
    "<draw:frame text:anchor-type=\"as-char\">",
    "</draw:frame>",
    "<draw:image/>",
    "<draw:text-box>",
    "</draw:text-box>",
    "<text:tracked-changes>",
    "</text:tracked-changes>",
    "<text:changed-region text:id=\"a\">",
    "</text:changed-region>",
    "<text:deletion>",
    "</text:deletion>",
    "<text:insertion/>",
    "<text:change text:change-id=\"a\"/>",
    "<text:change-start text:change-id=\"a\"/>",
    "<text:change-end text:change-id=\"a\"/>",
    "<text:table-of-content>",
    "</text:table-of-content>",
    "<text:s text:c=\"-7\"/>",
    "<text:s text:c=\"99999999\"/>",
    "<text:tab/>",
    "<text:line-break/>",
    "一、甲 \n ",
    "&amp;",
    "&#x3000;",
];

/// Tags that mostly do not fit each other.
const ELEMENTS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:p/>",
    "<w:r>",
    "</w:r>",
    "<w:r/>",
    "<w:t>",
    "</w:t>",
    "<w:t> 一、甲 </w:t>",
    "<w:p><w:r><w:t>二、乙。。</w:t></w:r></w:p>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:tcPr><w:gridSpan w:val=\"9999999\"/></w:tcPr>",
    "<w:trPr><w:gridBefore w:val=\"-5\"/></w:trPr>",
    "<w:ins w:id=\"1\">",
    "</w:ins>",
    "<w:del w:id=\"2\">",
    "</w:del>",
    "<w:sdt>",
    "</w:sdt>",
    "<w:sdtPr><w:docPartGallery w:val=\"Table of Contents\"/></w:sdtPr>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:rPr>",
    "</w:rPr>",
    "<w:vanish/>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:instrText>TOC</w:instrText>",
    "<w:br/>",
    "<w:tab/>",
    "&amp;",
    "&unknown;",
    "&#0;",
    "&#xD800;",
    "\u{3000}\u{3000}",
    "<![CDATA[丙]]>",
    "<!-- -->",
    "<w:footnoteReference w:id=\"1\"/>",
    "<w:numPr><w:numId w:val=\"1\"/></w:numPr>",
    "<w:sym w:char=\"ZZ\"/>",
];

//! Documents that are damaged or made to harm: whatever the bytes, there is an answer, soon, and no panic.

use std::time::{Duration, Instant};

use jiaogao::draft::Draft;
use jiaogao::linter::{Settings, lint};
use jiaogao::source::docx::annotate::{Author, Comment, annotate};
use jiaogao::source::office::{self, Changes, Document, Error};
use proptest::prelude::*;

use crate::package::{Parts, document, documents, open_document, open_document_of, pack, paragraph, part, plain, unpack};

const AUTHOR: Author = Author {
    name: "jiaogao",
    initials: "校",
    date: "2031-07-01T08:00:00Z",
};

/// Reads a document, lints it and puts a comment on every paragraph.
fn take_through(bytes: &[u8]) {
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

fn any_document() -> impl Strategy<Value = Vec<u8>> {
    let mut all: Vec<Vec<u8>> = documents().into_iter().map(|(_, bytes)| bytes).collect();
    all.push(open_document());
    prop::sample::select(all)
}

/// The XML of a part with a piece taken out, doubled, or put where another was.
fn shuffled(parts: &mut Parts, which: usize, from: usize, length: usize, to: usize, keeps: bool) {
    let xml: Vec<usize> = (0..parts.len()).filter(|index| parts[*index].0.ends_with(".xml")).collect();
    let content = &mut parts[xml[which % xml.len()]].1;
    let from = from % content.len();
    let piece: Vec<u8> = content[from..(from + length).min(content.len())].to_vec();
    if !keeps {
        content.drain(from..from + piece.len());
    }
    let to = to % (content.len() + 1);
    content.splice(to..to, piece);
}

/// `PROPTEST_CASES=5000 cargo test --release --test word hostile` looks longer.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 96;
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn cut_short(document in any_document(), cut in any::<prop::sample::Index>()) {
        take_through(&document[..cut.index(document.len())]);
    }

    #[test]
    fn with_bytes_flipped(mut document in any_document(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for (at, byte) in flips {
            let at = at.index(document.len());
            document[at] ^= byte;
        }
        take_through(&document);
    }

    #[test]
    fn with_xml_shuffled(document in any_document(), which in 0..9usize, from in any::<usize>(), length in 1..400usize, to in any::<usize>(), keeps in any::<bool>()) {
        let mut parts = unpack(&document);
        shuffled(&mut parts, which, from, length, to, keeps);
        take_through(&pack(&parts));
    }

    #[test]
    fn with_parts_swapped(document in any_document(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let mut parts = unpack(&document);
        let (one, other) = (one.index(parts.len()), other.index(parts.len()));
        let content = parts[one].1.clone();
        parts[one].1 = std::mem::replace(&mut parts[other].1, content);
        take_through(&pack(&parts));
    }

    #[test]
    fn with_elements_anywhere(picks in prop::collection::vec(prop::sample::select(ELEMENTS), 0..40)) {
        take_through(&plain(&picks.concat()));
        take_through(&plain(&nested(&picks)));
    }

    #[test]
    fn with_elements_of_open_document_anywhere(picks in prop::collection::vec(prop::sample::select(OPEN_ELEMENTS), 0..40)) {
        take_through(&open_document_of(&picks.concat()));
        take_through(&open_document_of(&nested(&picks)));
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

/// The error, and that it came soon.
fn refused(bytes: &[u8]) -> Error {
    let begun = Instant::now();
    let error = office::read(bytes, Changes::Accepted).unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(20), "{error:?} took {:?}", begun.elapsed());
    error
}

fn with_part(name: &str, content: Vec<u8>) -> Vec<u8> {
    let mut parts = unpack(&document("word.docx"));
    parts.retain(|(other, _)| other != name);
    parts.push((name.to_owned(), content));
    pack(&parts)
}

#[test]
fn bombs_are_refused() {
    let name = "word/document.xml".to_owned();
    let large = |part: &str| Error::TooLarge { part: part.to_owned() };
    let spaces = with_part(&name, vec![b' '; 300 << 20]);
    assert!(spaces.len() < 1 << 20);
    assert_eq!(refused(&spaces), large(&name));
    assert_eq!(refused(&with_part("word/styles.xml", vec![b' '; 300 << 20])), large("word/styles.xml"));
    assert_eq!(refused(&plain(&"<w:tbl><w:tr><w:tc>".repeat(10_000))), large(&name));
    assert_eq!(refused(&plain(&"<w:p/>".repeat(1_100_000))), large(&name));
}

#[test]
fn entities_are_not_declared() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document xmlns:w=\"x\"><w:body/></w:document>";
    let file = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><w:document xmlns:w=\"x\"><w:body/></w:document>";
    for xml in [laughs, file] {
        let error = refused(&with_part("word/document.xml", xml.into()));
        assert!(error.message().zh.contains("word/document.xml"), "{error:?}");
    }
}

#[test]
fn great_attributes_and_labels_do_no_harm() {
    let long = "长".repeat(1 << 20);
    let attribute = plain(&format!("<w:p w:rsidR=\"{long}\"><w:r><w:t>甲</w:t></w:r></w:p>"));
    assert_eq!(office::read(&attribute, Changes::Accepted).unwrap().text, "甲\n");
    let many: String = (0..200_000).map(|number| format!(" w:a{number}=\"\"")).collect();
    let attributes = plain(&format!("<w:p{many}><w:r><w:t>甲</w:t></w:r></w:p>"));
    assert_eq!(office::read(&attributes, Changes::Accepted).unwrap().text, "甲\n");
    let label = part(&document("word.docx"), "word/numbering.xml").replace("%1.", &"%1%2%3".repeat(100_000));
    let text = office::read(&with_part("word/numbering.xml", label.into_bytes()), Changes::Accepted)
        .unwrap()
        .text;
    assert!(text.len() < 10_000, "{}", text.len());
}

#[test]
fn fields_without_an_end_take_linear_time() {
    let begins = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>甲</w:t></w:r>".repeat(60_000);
    let begun = Instant::now();
    office::read(&plain(&format!("<w:p>{begins}</w:p>")), Changes::Accepted).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn missing_parts_are_named_or_not_missed() {
    let all = unpack(&document("word.docx"));
    for (gone, _) in &all {
        let parts: Parts = all.iter().filter(|(name, _)| name != gone).cloned().collect();
        match office::read(&pack(&parts), Changes::Accepted) {
            Ok(document) => assert!(document.text.contains("党建工作"), "{gone}"),
            Err(error) => assert_eq!(error, Error::NotADocument, "{gone}"),
        }
    }
    assert_eq!(refused(&plain(&paragraph("甲"))[..200]), Error::NotAPackage);
}

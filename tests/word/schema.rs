//! Whether what is written stands where ECMA-376 lets it stand: Part 1, annex A, for the main part and the comments, Part 2 for the package.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::{Parts, document, documents, pack, part, unpack};

/// What an element may hold of its own vocabulary.
struct Content {
    of: &'static [&'static str],
    /// Each at most once, in this order, before everything else.
    first: &'static [&'static str],
    /// In any order.
    then: &'static [&'static [&'static str]],
}

const fn content(of: &'static [&'static str], first: &'static [&'static str], then: &'static [&'static [&'static str]]) -> Content {
    Content { of, first, then }
}

/// The elements that stand around what is written, and those that are written. Others are not looked into.
const GRAMMAR: &[Content] = &[
    content(&["document"], &["background", "body"], &[]),
    content(&["body"], &[], &[BLOCKS, RANGES, &["sectPr"]]),
    content(&["comments"], &[], &[&["comment"]]),
    content(&["comment", "footnote", "endnote", "txbxContent"], &[], &[BLOCKS, RANGES]),
    content(&["tbl"], &["tblPr", "tblGrid"], &[RANGES, &["tr", "sdt", "customXml"]]),
    content(&["tr"], &["tblPrEx", "trPr"], &[RANGES, &["tc", "sdt", "customXml"]]),
    content(&["tc"], &["tcPr"], &[BLOCKS, RANGES]),
    content(&["p"], &["pPr"], &[RUNS, RANGES, CHANGES]),
    content(&["hyperlink", "fldSimple", "dir", "bdo"], &["fldData"], &[RUNS, RANGES, CHANGES]),
    content(&["smartTag"], &["smartTagPr"], &[RUNS, RANGES, CHANGES]),
    content(&["rt", "rubyBase"], &[], &[&["r"], RANGES, CHANGES]),
    content(&["sdt"], &["sdtPr", "sdtEndPr", "sdtContent"], &[]),
    content(&["sdtContent"], &[], &[BLOCKS, RUNS, RANGES, CHANGES, &["tr", "tc"]]),
    content(&["pPr"], PARAGRAPH_PROPERTIES, &[]),
    content(&["rPr"], &["ins", "del", "moveFrom", "moveTo"], &[RUN_PROPERTIES]),
    content(&["r"], &["rPr"], &[RUN]),
    content(CHANGES, &[], &[&["r", "sdt", "customXml", "smartTag"], RANGES, CHANGES]),
    content(RANGES, &[], &[]),
    content(
        &[
            "t",
            "delText",
            "instrText",
            "delInstrText",
            "commentReference",
            "annotationRef",
            "tab",
            "br",
        ],
        &[],
        &[],
    ),
];

/// EG_BlockLevelElts without ranges and changes.
const BLOCKS: &[&str] = &["p", "tbl", "sdt", "customXml", "altChunk"];

/// EG_PContent without ranges and changes.
const RUNS: &[&str] = &["r", "hyperlink", "fldSimple", "sdt", "customXml", "smartTag", "dir", "bdo", "subDoc"];

/// EG_RangeMarkupElements, and the other marks of EG_RunLevelElts.
const RANGES: &[&str] = &[
    "proofErr",
    "permStart",
    "permEnd",
    "bookmarkStart",
    "bookmarkEnd",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "commentRangeStart",
    "commentRangeEnd",
];

const CHANGES: &[&str] = &["ins", "del", "moveFrom", "moveTo"];

/// EG_RunInnerContent.
const RUN: &[&str] = &[
    "br",
    "t",
    "contentPart",
    "delText",
    "instrText",
    "delInstrText",
    "noBreakHyphen",
    "softHyphen",
    "annotationRef",
    "footnoteRef",
    "endnoteRef",
    "separator",
    "continuationSeparator",
    "sym",
    "pgNum",
    "cr",
    "tab",
    "object",
    "pict",
    "fldChar",
    "ruby",
    "footnoteReference",
    "endnoteReference",
    "commentReference",
    "drawing",
    "ptab",
    "lastRenderedPageBreak",
];

/// CT_PPr, in order.
const PARAGRAPH_PROPERTIES: &[&str] = &[
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];

/// EG_RPrBase, as far as drafts have it, in any order; the change of the properties stands behind them.
const RUN_PROPERTIES: &[&str] = &[
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "color",
    "spacing",
    "kern",
    "sz",
    "szCs",
    "highlight",
    "u",
    "vertAlign",
    "lang",
    "vanish",
    "noProof",
    "webHidden",
    "rPrChange",
];

/// Panics where the schema is broken.
pub fn check(document: &[u8]) {
    let faults = faults(document);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn faults(document: &[u8]) -> Vec<String> {
    let mut checker = Checker::default();
    walk(&part(document, "word/document.xml"), |path, element, before| {
        checker.element(path, element, before);
        checker.mark(path, element);
    });
    let parts = unpack(document);
    if parts.iter().any(|(name, _)| name == "word/comments.xml") {
        walk(&part(document, "word/comments.xml"), |path, element, before| {
            checker.element(path, element, before);
            checker.comment(element);
        });
    }
    if checker.comments != checker.references {
        let (comments, references) = (&checker.comments, &checker.references);
        checker.faults.push(format!("comments {comments:?}, referred to {references:?}"));
    }
    if !checker.open.is_empty() {
        checker.faults.push(format!("ranges without an end: {:?}", checker.open));
    }
    checker.content_types(&parts);
    for (name, _) in parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
        checker.relationships(&parts, name);
    }
    checker.faults
}

#[derive(Default)]
struct Checker {
    faults: Vec<String>,
    comments: BTreeSet<String>,
    /// The comments whose range is open, has ended, and is referred to.
    open: BTreeSet<String>,
    ended: BTreeSet<String>,
    references: BTreeSet<String>,
    /// Tracked changes by their numbers.
    changes: BTreeSet<String>,
}

impl Checker {
    fn require(&mut self, holds: bool, fault: String) {
        if !holds {
            self.faults.push(fault);
        }
    }

    /// Whether an element may stand in its parent, behind the elements that stand before it there.
    fn element(&mut self, path: &[String], element: &BytesStart, before: &[String]) {
        let (Some(name), Some(parent)) = (own(element), path.last()) else {
            return;
        };
        let Some(content) = GRAMMAR.iter().find(|content| content.of.contains(&parent.as_str())) else {
            return;
        };
        // The mark of a paragraph and a row of a table have changes of their own, which are empty.
        if path.iter().rev().nth(1).is_some_and(|outer| outer == "rPr") {
            return self.faults.push(format!("{name} in the {parent} of properties"));
        }
        let place = |other: &str| content.first.iter().position(|first| *first == other);
        let fault = match place(name) {
            Some(place_of_name) => before.iter().any(|other| place(other).is_none_or(|other| other >= place_of_name)),
            None => !content.then.iter().any(|group| group.contains(&name)),
        };
        self.require(!fault, format!("{name} in {parent} behind {before:?}"));
    }

    /// The ends of comments, references to them, and tracked changes.
    fn mark(&mut self, path: &[String], element: &BytesStart) {
        let Some(name) = own(element) else { return };
        let id = attribute(element, "id");
        let is_change = CHANGES.contains(&name) && path.last().is_some_and(|parent| parent != "rPr" && parent != "trPr");
        if is_change || name.starts_with("comment") {
            self.require(id.parse::<i64>().is_ok(), format!("{name} numbered {id:?}"));
        }
        match name {
            "commentRangeStart" => {
                let is_new = self.open.insert(id.clone());
                self.require(is_new, format!("{id} begins twice"));
            }
            "commentRangeEnd" => {
                let was_open = self.open.remove(&id);
                self.require(was_open, format!("{id} ends without beginning"));
                self.ended.insert(id);
            }
            "commentReference" => {
                self.require(self.ended.contains(&id), format!("{id} is referred to before its end"));
                let is_new = self.references.insert(id.clone());
                self.require(is_new, format!("{id} is referred to twice"));
            }
            name if is_change => {
                self.signed(name, element);
                let is_new = self.changes.insert(id.clone());
                self.require(is_new, format!("the number {id} of {name} stands twice"));
            }
            "delText" => self.require(holds(path, "del"), "deleted text outside a deletion".to_owned()),
            "t" => self.require(!holds(path, "del"), "text in a deletion".to_owned()),
            _ => {}
        }
    }

    fn comment(&mut self, element: &BytesStart) {
        if own(element) == Some("comment") {
            let id = attribute(element, "id");
            self.require(id.parse::<i64>().is_ok(), format!("a comment numbered {id:?}"));
            self.signed("comment", element);
            let is_new = self.comments.insert(id.clone());
            self.require(is_new, format!("the comment {id} stands twice"));
        }
    }

    /// An author is required; a date is one of XML Schema.
    fn signed(&mut self, name: &str, element: &BytesStart) {
        let (author, date) = (attribute(element, "author"), attribute(element, "date"));
        self.require(!author.is_empty(), format!("{name} without an author"));
        let pattern = "0000-00-00T00:00:00";
        let fits = |(char, pattern): (char, char)| if pattern == '0' { char.is_ascii_digit() } else { char == pattern };
        let is_date = date.len() >= pattern.len() && date.chars().zip(pattern.chars()).all(fits);
        self.require(date.is_empty() || is_date, format!("{name} of the date {date:?}"));
    }

    /// Each part has one content type, and each part that is named is there.
    fn content_types(&mut self, parts: &Parts) {
        let types = String::from_utf8(bytes_of(parts, "[Content_Types].xml").to_owned()).unwrap();
        let mut overrides: BTreeMap<String, String> = BTreeMap::new();
        let mut defaults: BTreeSet<String> = BTreeSet::new();
        walk(&types, |path, element, _| {
            let (name, kind) = (element.local_name().into_inner().to_owned(), attribute(element, "ContentType"));
            match (path.len(), name.as_str()) {
                (0, "Types") => {}
                (1, "Default") if !kind.is_empty() => {
                    defaults.insert(attribute(element, "Extension"));
                }
                (1, "Override") if !kind.is_empty() => {
                    let part = attribute(element, "PartName");
                    let before = overrides.insert(part.clone(), kind);
                    self.require(before.is_none(), format!("{part} has two content types"));
                }
                _ => self.faults.push(format!("{name} of the type {kind:?} among the content types")),
            }
        });
        for part in overrides.keys() {
            self.require(
                parts.iter().any(|(name, _)| format!("/{name}") == *part),
                format!("{part} has a type and is not there"),
            );
        }
        for (name, _) in parts.iter().filter(|(name, _)| name != "[Content_Types].xml") {
            let suffix = name.rsplit('.').next().unwrap_or_default();
            let is_known = overrides.contains_key(&format!("/{name}")) || defaults.contains(suffix);
            self.require(is_known, format!("{name} has no content type"));
        }
        let comments = overrides.get("/word/comments.xml");
        let is_right = comments.is_none_or(|kind| kind.ends_with("wordprocessingml.comments+xml"));
        self.require(is_right, format!("the comments are of the type {comments:?}"));
    }

    /// Relationships have names of their own and lead to parts that are there.
    fn relationships(&mut self, parts: &Parts, name: &str) {
        let folder = name.split("_rels/").next().unwrap_or_default().to_owned();
        let xml = String::from_utf8(bytes_of(parts, name).to_owned()).unwrap();
        let mut ids = BTreeSet::new();
        let mut comments = 0;
        walk(&xml, |path, element, _| {
            let (id, kind, target) = (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"));
            if path.is_empty() {
                return;
            }
            self.require(
                path.len() == 1 && !id.is_empty() && !kind.is_empty(),
                format!("{id:?} of {kind:?} in {name}"),
            );
            self.require(ids.insert(id.clone()), format!("{id} stands twice in {name}"));
            comments += usize::from(kind.ends_with("/comments"));
            let part = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            let is_there = attribute(element, "TargetMode") == "External" || target.contains("..") || parts.iter().any(|(other, _)| *other == part);
            self.require(is_there, format!("{id} in {name} leads to {target}"));
        });
        self.require(comments <= 1, format!("{comments} relationships to comments in {name}"));
    }
}

fn bytes_of<'a>(parts: &'a Parts, name: &str) -> &'a [u8] {
    parts.iter().find(|(other, _)| other == name).map_or(&[], |(_, bytes)| bytes)
}

/// The name of an element of WordprocessingML.
fn own<'a>(element: &'a BytesStart) -> Option<&'a str> {
    element.name().into_inner().strip_prefix("w:")
}

fn holds(path: &[String], name: &str) -> bool {
    path.iter().any(|other| other == name)
}

/// Goes through a part: the names of the elements around, the element, and the names of those that stand before it in the same one.
fn walk(xml: &str, mut visit: impl FnMut(&[String], &BytesStart, &[String])) {
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    let mut before: Vec<Vec<String>> = vec![Vec::new()];
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let siblings = before.last_mut().unwrap();
                visit(&path, element, siblings);
                let name = element.local_name().into_inner().to_owned();
                siblings.push(name.clone());
                if matches!(event, Event::Start(_)) {
                    path.push(name);
                    before.push(Vec::new());
                }
            }
            Event::End(_) => {
                path.pop();
                before.pop();
            }
            Event::Eof => {
                assert!(path.is_empty());
                return;
            }
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> String {
    let found = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == name);
    found.map_or(String::new(), |attribute| attribute.value.into_owned())
}

#[test]
fn the_drafts_of_other_programs_keep_the_order() {
    for (name, bytes) in documents() {
        assert_eq!(faults(&bytes), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_breaks_the_order_is_told() {
    let tells = |name: &str, from: &str, to: &str, fault: &str| {
        let mut parts = unpack(&document("word.docx"));
        let (_, content) = parts.iter_mut().find(|(other, _)| other == name).unwrap();
        let xml = String::from_utf8(std::mem::take(content)).unwrap();
        assert!(xml.contains(from), "{from}");
        *content = xml.replacen(from, to, 1).into_bytes();
        let faults = faults(&pack(&parts));
        assert!(faults.iter().any(|told| told.contains(fault)), "{from} for {to}: {faults:?}");
    };
    let main = "word/document.xml";
    tells(main, "</w:p>", "<w:pPr/></w:p>", "pPr in p");
    tells(main, "<w:commentRangeEnd", "<w:t/><w:commentRangeEnd", "t in p");
    tells(main, "<w:commentReference", "<w:rPr/><w:p/><w:commentReference", "p in r");
    tells(main, "<w:commentRangeEnd w:id=\"0\"/>", "", "without an end");
    tells(main, "<w:delText>敬</w:delText>", "<w:t>敬</w:t>", "text in a deletion");
    tells(main, "<w:body>", "<w:body><w:r/>", "r in body");
    tells(
        "word/comments.xml",
        "<w:comment ",
        "<w:comment w:id=\"0\" w:author=\"\"/><w:comment ",
        "without an author",
    );
    tells("word/comments.xml", "</w:comment>", "<w:comment/></w:comment>", "comment in comment");
    tells("[Content_Types].xml", "/word/comments.xml", "/word/commentary.xml", "is not there");
    tells(
        "word/_rels/document.xml.rels",
        "comments.xml",
        "commentary.xml",
        "leads to commentary.xml",
    );
}

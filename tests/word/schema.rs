//! Whether what is written stands where ECMA-376 Part 1 lets it stand.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::part;

/// Elements that may hold range marks and runs (EG_PContent, EG_RangeMarkupElements).
const HOLDERS: &[&str] = &[
    "p",
    "hyperlink",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "sdtContent",
    "smartTag",
    "customXml",
    "fldSimple",
    "dir",
    "bdo",
];

/// Panics where the order of the schema is broken.
pub fn check(document: &[u8]) {
    let main = part(document, "word/document.xml");
    let mut checker = Checker::default();
    walk(&main, &mut |path, element, order| checker.take(path, element, order));
    let comments = part(document, "word/comments.xml");
    let mut known = BTreeSet::new();
    walk(&comments, &mut |path, element, order| {
        let name = element.local_name().into_inner().to_owned();
        match (path, name.as_str()) {
            ([], name) => assert_eq!(name, "comments"),
            ([_], name) => {
                assert_eq!(name, "comment");
                assert!(known.insert(attribute(element, "id")), "a comment's number stands twice");
                assert!(!attribute(element, "author").is_empty() && attribute(element, "date").ends_with('Z'));
            }
            ([.., parent], "pPr" | "rPr") => assert_eq!(order, 0, "properties come first in {parent}"),
            _ => {}
        }
    });
    assert_eq!(known, checker.references, "each comment is referred to once");
    assert!(checker.open.is_empty(), "ranges without an end: {:?}", checker.open);
    let types = part(document, "[Content_Types].xml");
    assert_eq!(types.matches("PartName=\"/word/comments.xml\"").count(), 1);
    let relations = part(document, "word/_rels/document.xml.rels");
    assert_eq!(relations.matches("relationships/comments\"").count(), 1);
    let ids: Vec<&str> = relations.split(" Id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "a relationship's name stands twice");
}

#[derive(Default)]
struct Checker {
    open: BTreeSet<String>,
    ended: BTreeSet<String>,
    references: BTreeSet<String>,
    /// Tracked changes and comments by their numbers.
    changes: BTreeMap<String, String>,
}

impl Checker {
    fn take(&mut self, path: &[String], element: &BytesStart, order: usize) {
        let name = element.local_name().into_inner();
        let parent = path.last().map_or("", String::as_str);
        let id = attribute(element, "id");
        match name {
            "commentRangeStart" => {
                assert!(HOLDERS.contains(&parent), "{name} in {parent}");
                assert!(self.open.insert(id), "begins twice");
            }
            "commentRangeEnd" => {
                assert!(HOLDERS.contains(&parent), "{name} in {parent}");
                assert!(self.open.remove(&id), "{id} ends without beginning");
                self.ended.insert(id);
            }
            "commentReference" => {
                assert_eq!(parent, "r");
                assert!(self.ended.contains(&id), "{id} is referred to before its end");
                assert!(self.references.insert(id), "referred to twice");
            }
            "ins" | "del" if parent != "rPr" => {
                assert!(HOLDERS.contains(&parent) && parent != name, "{name} in {parent}");
                let before = self.changes.insert(id.clone(), name.to_owned());
                assert_eq!(before, None, "the number {id} stands twice");
            }
            "delText" => assert!(path.iter().any(|name| name == "del"), "deleted text outside a deletion"),
            "t" => assert!(!path.iter().any(|name| name == "del"), "text in a deletion"),
            "r" => assert!(HOLDERS.contains(&parent) || parent == "rubyBase", "a run in {parent}"),
            "rPr" | "pPr" if parent != "pPr" => assert_eq!(order, 0, "properties come first in {parent}"),
            _ => {}
        }
    }
}

/// Goes through a part: the names of the elements around, the element, and how many stand before it in the same one.
fn walk(xml: &str, visit: &mut dyn FnMut(&[String], &BytesStart, usize)) {
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    let mut counts = vec![0];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                visit(&path, &element, counts[path.len()]);
                counts[path.len()] += 1;
                path.push(element.local_name().into_inner().to_owned());
                counts.push(0);
            }
            Event::Empty(element) => {
                visit(&path, &element, counts[path.len()]);
                counts[path.len()] += 1;
            }
            Event::End(_) => {
                path.pop();
                counts.pop();
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

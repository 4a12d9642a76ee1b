//! The part that holds a document's comments.

use std::fmt::Write as _;

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::archive::Parts;
use super::vocabulary::Vocabulary;
use super::{Author, Comment};
use crate::source::docx::relations;
use crate::source::docx::styles::CommentStyles;
use crate::source::office::Error;
use crate::source::office::package::{Package, PartText};
use crate::source::office::xml::{self, Events};
use crate::xml::{escape, is_allowed};

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const TYPES: &str = "[Content_Types].xml";

/// The comments of a document, the old ones and those to be added.
pub(super) struct Comments<'a> {
    author: Author<'a>,
    names: CommentStyles,
    /// The name of the document's main part.
    main: String,
    /// The part as it is; `None` if the document has no comments yet.
    part: Option<PartText>,
    vocabulary: Vocabulary,
    /// The author's old comments by what they say, and how often each stands there.
    known: FxHashMap<Vec<String>, usize>,
    next: i64,
    added: usize,
    markup: String,
}

impl<'a> Comments<'a> {
    pub(super) fn open(package: &mut Package, main: &str, vocabulary: &Vocabulary, names: CommentStyles, author: Author<'a>) -> Result<Self, Error> {
        let part = relations::related(package, main, "comments")?;
        let mut comments = Comments {
            author,
            names,
            main: main.to_owned(),
            vocabulary: match &part {
                Some(part) => Vocabulary::of(part)?,
                None => vocabulary.clone(),
            },
            part,
            known: FxHashMap::default(),
            next: 0,
            added: 0,
            markup: String::new(),
        };
        comments.read_known()?;
        Ok(comments)
    }

    /// Reads what the author said before, and which identifiers are taken.
    fn read_known(&mut self) -> Result<(), Error> {
        let Some(part) = &self.part else { return Ok(()) };
        let mut events = Events::of(part);
        let mut open: Option<Vec<String>> = None;
        let mut in_text = false;
        while let Some(event) = events.next()? {
            match event {
                Event::Start(element) | Event::Empty(element) if element.local_name().into_inner() == "comment" => {
                    let id: Option<i64> = xml::attribute(&element, "id").and_then(|id| id.parse().ok());
                    self.next = self.next.max(id.map_or(0, |id| id.saturating_add(1)));
                    let is_ours = xml::attribute(&element, "author").as_deref() == Some(self.author.name);
                    open = is_ours.then(Vec::new);
                }
                Event::Start(element) => match (element.local_name().into_inner(), &mut open) {
                    ("p", Some(paragraphs)) => paragraphs.push(String::new()),
                    ("t", _) => in_text = true,
                    _ => {}
                },
                Event::End(element) => match element.local_name().into_inner() {
                    "comment" => {
                        if let Some(paragraphs) = open.take() {
                            *self.known.entry(paragraphs).or_default() += 1;
                        }
                    }
                    "t" => in_text = false,
                    _ => {}
                },
                Event::Text(text) => push(&mut open, in_text, &text.into_inner()),
                Event::GeneralRef(reference) => push(&mut open, in_text, &xml::entity(&reference).map(String::from).unwrap_or_default()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the author has said this before. Each old comment answers for one new one.
    pub(super) fn holds(&mut self, comment: &Comment) -> bool {
        let said: Vec<String> = comment.paragraphs.iter().map(|paragraph| one_line(paragraph)).collect();
        match self.known.get_mut(&said) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// New identifiers begin here or behind those of the old comments.
    pub(super) fn number_from(&mut self, id: i64) {
        self.next = self.next.max(id);
    }

    /// Adds a comment and gives its identifier.
    pub(super) fn add(&mut self, comment: &Comment) -> i64 {
        let id = self.next_id();
        self.next += 1;
        self.added += 1;
        let Vocabulary {
            prefix: p, declaration: d, ..
        } = &self.vocabulary;
        let Author { name, initials, date } = self.author;
        let _ = write!(
            self.markup,
            "<{p}:comment{d} {p}:id=\"{id}\" {p}:author=\"{}\" {p}:date=\"{}\" {p}:initials=\"{}\">",
            escape(name),
            escape(date),
            escape(initials)
        );
        let style = self.names.text.as_ref().map_or(String::new(), |style| {
            format!("<{p}:pPr><{p}:pStyle {p}:val=\"{}\"/></{p}:pPr>", escape(style))
        });
        let reference = reference(&self.names, p);
        for (index, paragraph) in comment.paragraphs.iter().enumerate() {
            let _ = write!(self.markup, "<{p}:p>{style}");
            if index == 0 {
                let _ = write!(self.markup, "<{p}:r>{reference}<{p}:annotationRef/></{p}:r>");
            }
            let text = escape(&one_line(paragraph));
            let _ = write!(self.markup, "<{p}:r><{p}:t xml:space=\"preserve\">{text}</{p}:t></{p}:r></{p}:p>");
        }
        let _ = write!(self.markup, "</{p}:comment>");
        id
    }

    pub(super) fn next_id(&self) -> i64 {
        self.next
    }

    pub(super) fn added(&self) -> usize {
        self.added
    }

    /// The properties of a run in the main part that refers to a comment.
    pub(super) fn reference(&self, prefix: &str) -> String {
        reference(&self.names, prefix)
    }

    /// Puts the comments among the parts, and makes them known to the package if they are the first.
    pub(super) fn finish(self, package: &mut Package, parts: &mut Parts) -> Result<(), Error> {
        if self.added == 0 {
            return Ok(());
        }
        if let Some(part) = &self.part {
            parts.put(part.with(extended(part, &self.markup)?));
            return Ok(());
        }
        let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = (0..).map(|number: u32| match number {
            0 => "comments.xml".to_owned(),
            number => format!("comments{number}.xml"),
        });
        let mut free = names.filter(|name| !package.holds(&relations::join(folder, name)));
        let target = free.next().unwrap_or_default();
        let name = relations::join(folder, &target);
        let Vocabulary { prefix: p, namespace, .. } = &self.vocabulary;
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{p}:comments xmlns:{p}=\"{namespace}\">{}</{p}:comments>",
            self.markup
        );
        parts.put(PartText::new(&name, xml));
        parts.put(self.relations(package, &target)?);
        let types = package.part(TYPES)?;
        let entry = format!("<Override PartName=\"/{}\" ContentType=\"{CONTENT_TYPE}\"/>", escape(&name));
        parts.put(types.with(extended(&types, &entry)?));
        Ok(())
    }

    /// The main part's relationships with one to the comments.
    fn relations(&self, package: &mut Package, target: &str) -> Result<PartText, Error> {
        let name = relations::relations_of(&self.main);
        let relations = match package.holds(&name) {
            true => package.part(&name)?,
            false => PartText::new(
                &name,
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                 <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
                    .to_owned(),
            ),
        };
        let kind = match self.vocabulary.is_strict() {
            true => "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
            false => "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        };
        let mut ids = (1..).map(|number: u32| format!("rIdJiaogao{number}"));
        let id = ids.find(|id| !relations.xml.contains(&format!("\"{id}\""))).unwrap_or_default();
        let entry = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"/>", escape(target));
        Ok(relations.with(extended(&relations, &entry)?))
    }
}

/// Whose comments a document holds.
pub(super) fn authors(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let mut package = Package::open(bytes)?;
    let main = relations::main_part(&mut package)?;
    let Some(part) = relations::related(&mut package, &main, "comments")? else {
        return Ok(Vec::new());
    };
    let mut authors = Vec::new();
    let mut events = Events::of(&part);
    while let Some(event) = events.next()? {
        if let Event::Start(element) = event
            && element.local_name().into_inner() == "comment"
        {
            authors.extend(xml::attribute(&element, "author"));
        }
    }
    Ok(authors)
}

fn push(open: &mut Option<Vec<String>>, in_text: bool, text: &str) {
    if let (true, Some(last)) = (in_text, open.as_mut().and_then(|paragraphs| paragraphs.last_mut())) {
        last.push_str(text);
    }
}

/// A text as a single text node can hold it, so that it reads the same when it is read again.
fn one_line(text: &str) -> String {
    let held = |char| match char {
        '\t' | '\n' | '\r' => ' ',
        char if is_allowed(char) => char,
        _ => '\u{FFFD}',
    };
    text.chars().map(held).collect()
}

fn reference(names: &CommentStyles, p: &str) -> String {
    names.reference.as_ref().map_or(String::new(), |style| {
        format!("<{p}:rPr><{p}:rStyle {p}:val=\"{}\"/></{p}:rPr>", escape(style))
    })
}

/// A part with more in its root, behind what is there. The root of a relationships part or of content types has no prefix to be heeded, for its
/// namespace is the default one or is declared in the entries.
fn extended(part: &PartText, content: &str) -> Result<String, Error> {
    let mut events = Events::of(part);
    let mut root = None;
    loop {
        let start = events.position();
        let Some(event) = events.next()? else { break };
        match event {
            Event::Empty(element) if root.is_none() => {
                let name = element.name().into_inner();
                let open = part.xml[start..events.position()].trim_end_matches('>').trim_end_matches('/');
                let rest = &part.xml[events.position()..];
                return Ok(format!("{}{open}>{content}</{name}>{rest}", &part.xml[..start]));
            }
            Event::Start(_) if root.is_none() => root = Some(start),
            Event::End(_) => root = Some(start),
            _ => {}
        }
    }
    // The tag that ended last is the root's.
    let end = root.ok_or_else(|| events.broken("no XML"))?;
    Ok(format!("{}{content}{}", &part.xml[..end], &part.xml[end..]))
}

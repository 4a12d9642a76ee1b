//! Which part is what: the relationships by which the parts of a package name each other (ECMA-376 Part 2, 8).

use quick_xml::events::Event;

use crate::source::office::Error;
use crate::source::office::package::{Package, PartText};
use crate::source::office::xml::{self, Events};

/// The name of the part that holds the document, as the package's relationships tell it.
pub(super) fn main_part(package: &mut Package) -> Result<String, Error> {
    const ROOT: &str = "_rels/.rels";
    if !package.holds(ROOT) {
        return Err(Error::NotADocument);
    }
    let relations = package.part(ROOT)?;
    let target = relation(&relations, "officeDocument")?.ok_or(Error::NotADocument)?;
    let name = resolve("", &target);
    if !package.holds(&name) {
        return Err(Error::NotADocument);
    }
    Ok(name)
}

/// The part that `from` names in a relationship of a kind, such as `styles`; `None` if it names none or the part is not there.
pub(super) fn related(package: &mut Package, from: &str, kind: &str) -> Result<Option<PartText>, Error> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = relations_of(from);
    if !package.holds(&relations) {
        return Ok(None);
    }
    let relations = package.part(&relations)?;
    let Some(target) = relation(&relations, kind)? else {
        return Ok(None);
    };
    let name = resolve(folder, &target);
    if package.holds(&name) { package.part(&name).map(Some) } else { Ok(None) }
}

/// The target of the first relationship whose type ends in `/kind`.
fn relation(part: &PartText, kind: &str) -> Result<Option<String>, Error> {
    let mut events = Events::of(part);
    while let Some(event) = events.next()? {
        let (Event::Start(element) | Event::Empty(element)) = event else {
            continue;
        };
        let matches = xml::attribute(&element, "Type").is_some_and(|name| name.rsplit('/').next() == Some(kind));
        if matches && xml::attribute(&element, "TargetMode").as_deref() != Some("External") {
            return Ok(xml::attribute(&element, "Target"));
        }
    }
    Ok(None)
}

/// The name of the part that holds the relationships of another.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    join(folder, &format!("_rels/{file}.rels"))
}

/// A relationship's target, which is relative to the folder of its source unless it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => join(folder, target),
    }
}

pub(super) fn join(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("word/x", "../b.xml"), "word/b.xml");
        assert_eq!(resolve("", "../../b.xml"), "b.xml");
    }
}

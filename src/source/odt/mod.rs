//! OpenDocument text (.odt, .ott), as LibreOffice and others write it, into text and blocks by the same units as Word documents.
//!
//! Element and attribute names follow OpenDocument 1.3, Part 3. Elements are known by their usual prefixes, which all producers write.

mod changes;
mod flow;
mod lists;
mod styles;
#[cfg(test)]
mod tests;
mod white;

use super::office::compose::{Composer, StyleSheet};
use super::office::package::Package;
use super::office::{Changes, Document, Error};
use flow::Flow;
use styles::Styles;

const CONTENT: &str = "content.xml";

/// Whether a package says that it holds an OpenDocument file of some kind.
pub(super) fn is_in(package: &mut Package) -> bool {
    kind(package).is_some_and(|kind| kind.starts_with("application/vnd.oasis.opendocument."))
}

/// Reads the document of a package.
///
/// # Errors
/// An [`Error`] that names what is wrong with the file.
pub(super) fn read(package: &mut Package, changes: Changes) -> Result<Document, Error> {
    if !kind(package).is_some_and(|kind| kind.starts_with("application/vnd.oasis.opendocument.text")) {
        return Err(Error::NotADocument);
    }
    if is_encrypted(package) {
        return Err(Error::Encrypted);
    }
    let content = package.part(CONTENT)?;
    let mut styles = Styles::default();
    if package.holds("styles.xml") {
        styles.read(&package.part("styles.xml")?)?;
    }
    styles.read(&content)?;
    let read = Flow::new(&content, &styles, changes).read()?;
    let mut composer = Composer::new(Resolved);
    composer.footnotes = read.footnotes;
    composer.endnotes = read.endnotes;
    composer.compose(read.body).ok_or(Error::TooLarge { part: content.name })
}

fn kind(package: &mut Package) -> Option<String> {
    const KIND: &str = "mimetype";
    if !package.holds(KIND) {
        return None;
    }
    Some(package.part(KIND).ok()?.xml)
}

/// The manifest tells it of each part that is encrypted; in newer files that is a package within the package, and the content is not there.
fn is_encrypted(package: &mut Package) -> bool {
    package
        .part("META-INF/manifest.xml")
        .is_ok_and(|manifest| manifest.xml.contains("encryption-data"))
}

/// What the styles and lists say of a paragraph. Lists are written around paragraphs, so all of it is known when a paragraph begins.
#[derive(Debug, Default)]
struct Properties {
    label: String,
    heading: Option<u8>,
    is_contents: bool,
}

struct Resolved;

impl StyleSheet for Resolved {
    type Properties = Properties;

    fn next_label(&mut self, properties: &Properties) -> String {
        properties.label.clone()
    }

    fn heading_level(&self, properties: &Properties) -> Option<u8> {
        properties.heading
    }

    fn is_contents(&self, properties: &Properties) -> bool {
        properties.is_contents
    }
}

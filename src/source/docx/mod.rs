//! Word documents (.docx, .docm, .dotx, .dotm) into text and blocks, and back into copies with comments in them.

pub mod annotate;
mod field;
mod flow;
mod numbering;
mod own;
mod relations;
#[cfg(test)]
mod sample;
mod scope;
mod sheet;
mod styles;
#[cfg(test)]
mod tests;

use super::office::compose::Composer;
use super::office::package::Package;
pub use super::office::{Changes, Document, Error};
use flow::Flow;
use sheet::Sheet;

/// Reads a Word document.
///
/// # Errors
/// An [`Error`] that names what is wrong with the file: it is an old or encrypted document, no Word document at all, broken, or absurdly large.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Error> {
    read_package(&mut Package::open(bytes)?, changes)
}

pub(super) fn read_package(package: &mut Package, changes: Changes) -> Result<Document, Error> {
    let main = relations::main_part(package)?;
    let document = package.part(&main)?;
    if !own::is_document(&document)? {
        return Err(Error::NotADocument);
    }
    let styles = relations::related(package, &main, "styles")?
        .map(|part| styles::Styles::read(&part))
        .transpose()?
        .unwrap_or_default();
    let numbering = relations::related(package, &main, "numbering")?
        .map(|part| numbering::Numbering::read(&part))
        .transpose()?
        .unwrap_or_default();
    let mut flow = Flow::new(changes);
    let body = flow.read(&document)?.body;
    let mut composer = Composer::new(Sheet { styles, numbering });
    if let Some(notes) = relations::related(package, &main, "footnotes")? {
        composer.footnotes = flow.read(&notes)?.notes;
    }
    if let Some(notes) = relations::related(package, &main, "endnotes")? {
        composer.endnotes = flow.read(&notes)?.notes;
    }
    let mut document = composer.compose(body).ok_or(Error::TooLarge { part: main })?;
    document.layout.takes_comments = true;
    Ok(document)
}

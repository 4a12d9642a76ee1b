//! Documents for the tests, and what is in them.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts of a package in order, with their names.
pub type Parts = Vec<(String, Vec<u8>)>;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word/drafts")
}

/// The documents of the folder: whole ones as other programs wrote them, and folders of hand-written parts.
pub fn documents() -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.push((format!("{name}.docx"), pack(&parts_in(&path))));
        } else if name.ends_with(".docx") {
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

pub fn document(name: &str) -> Vec<u8> {
    let documents = documents();
    let found = documents.into_iter().find(|(other, _)| other == name);
    found.unwrap_or_else(|| panic!("{name} is not there")).1
}

/// The same draft as LibreOffice keeps it in its own format.
pub fn open_document() -> Vec<u8> {
    std::fs::read(folder().join("libreoffice.odt")).unwrap()
}

/// Hand-written parts. Content types come first, as in the files of every word processor.
fn parts_in(folder: &Path) -> Parts {
    let mut parts = Parts::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            parts.push((name, std::fs::read(&path).unwrap()));
        }
    }
    parts.sort_by_key(|(name, _)| (name != "[Content_Types].xml", name.clone()));
    parts
}

pub fn pack(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn unpack(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let part = unpack(bytes).into_iter().find(|(other, _)| other == name);
    String::from_utf8(part.unwrap_or_else(|| panic!("{name} is not there")).1).unwrap()
}

/// A document with this in its body and nothing else.
pub fn plain(body: &str) -> Vec<u8> {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let document = format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
    pack(&vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), relations.into_bytes()),
        ("word/document.xml".to_owned(), document.into_bytes()),
    ])
}

/// An OpenDocument file with this in its text and nothing else.
pub fn open_document_of(body: &str) -> Vec<u8> {
    let content = format!("<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>");
    pack(&vec![
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
    ])
}

/// A paragraph of one run.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(text))
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

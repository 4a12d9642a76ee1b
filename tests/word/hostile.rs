//! Documents that are damaged or made to harm: whatever the bytes, there is an answer, soon, and no panic.

use std::time::{Duration, Instant};

use jiaogao::source::office::{self, Changes, Error};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::package::{Parts, document, documents, open_document, pack, paragraph, part, plain, unpack};
use crate::property::hold_for_file;

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

/// The same inputs each time; `PROPTEST_CASES=5000 cargo test --release --test word hostile` looks longer and at others.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 96;
        config.rng_seed = RngSeed::Fixed(1);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn cut_short(document in any_document(), cut in any::<prop::sample::Index>()) {
        hold_for_file(&document[..cut.index(document.len())]);
    }

    #[test]
    fn with_bytes_flipped(mut document in any_document(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for (at, byte) in flips {
            let at = at.index(document.len());
            document[at] ^= byte;
        }
        hold_for_file(&document);
    }

    #[test]
    fn with_xml_shuffled(document in any_document(), which in 0..9usize, from in any::<usize>(), length in 1..400usize, to in any::<usize>(), keeps in any::<bool>()) {
        let mut parts = unpack(&document);
        shuffled(&mut parts, which, from, length, to, keeps);
        hold_for_file(&pack(&parts));
    }

    #[test]
    fn with_parts_swapped(document in any_document(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let mut parts = unpack(&document);
        let (one, other) = (one.index(parts.len()), other.index(parts.len()));
        let content = parts[one].1.clone();
        parts[one].1 = std::mem::replace(&mut parts[other].1, content);
        hold_for_file(&pack(&parts));
    }
}

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
    assert_eq!(refused(&plain(&"<w:p/>".repeat(270_000))), large(&name));
    let free = "<w:tr><w:trPr><w:gridBefore w:val=\"60\"/></w:trPr><w:tc><w:p/></w:tc></w:tr>";
    assert_eq!(refused(&plain(&format!("<w:tbl>{}</w:tbl>", free.repeat(9_000)))), large(&name));
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

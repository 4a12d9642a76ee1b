//! The copy with comments and tracked changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiaogao::source::docx::{self, Changes};
use tempfile::TempDir;

use crate::package::{Parts, document, documents, pack, paragraph, part, plain, unpack};
use crate::schema;

/// A folder with one document in it, to run the command in.
pub struct Desk {
    folder: TempDir,
    before: Vec<u8>,
}

impl Desk {
    pub fn with(document: &[u8]) -> Self {
        let desk = Desk {
            folder: tempfile::tempdir().unwrap(),
            before: document.to_owned(),
        };
        fs::write(desk.path("报告.docx"), document).unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn lint(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiaogao"));
        command
            .current_dir(self.folder.path())
            .args(["lint", "报告.docx"])
            .args(arguments)
            .output()
            .unwrap()
    }

    /// The copy that the command writes with these arguments besides. The draft itself stays as it is.
    pub fn annotated(&self, arguments: &[&str]) -> Vec<u8> {
        let output = self.lint(&[&["--annotate", "批注.docx"], arguments].concat());
        assert!(output.status.code() < Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(self.read("报告.docx"), self.before);
        self.read("批注.docx")
    }
}

fn text(document: &[u8], changes: Changes) -> String {
    docx::read(document, changes).unwrap().text
}

/// The parts without those that a comment is written into.
fn others(document: &[u8]) -> Parts {
    let touched = [
        "[Content_Types].xml",
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
    ];
    let parts = unpack(document).into_iter();
    parts.filter(|(name, _)| !touched.contains(&name.as_str())).collect()
}

#[test]
fn the_copy_reads_like_the_draft_and_keeps_every_other_part() {
    for (name, before) in documents() {
        let copy = Desk::with(&before).annotated(&[]);
        schema::check(&copy);
        assert!(others(&copy) == others(&before), "{name}");
        assert_eq!(text(&copy, Changes::Accepted), text(&before, Changes::Accepted), "{name}");
        let comments = part(&copy, "word/comments.xml");
        assert!(comments.matches("w:author=\"jiaogao\"").count() >= 5, "{name}");
    }
}

#[test]
fn tracked_changes_lead_to_the_mended_text_and_back() {
    for (name, before) in documents() {
        let copy = Desk::with(&before).annotated(&["--track-fixes"]);
        schema::check(&copy);
        assert_eq!(text(&copy, Changes::Rejected), text(&before, Changes::Rejected), "{name}");
        let mended = text(&before, Changes::Accepted).replace("。。", "。");
        assert_eq!(text(&copy, Changes::Accepted), mended, "{name}");
    }
}

#[test]
fn comments_that_are_there_stay_as_they_are() {
    let before = document("word.docx");
    let copy = Desk::with(&before).annotated(&[]);
    let (old, new) = (part(&before, "word/comments.xml"), part(&copy, "word/comments.xml"));
    let kept = old.trim_end().strip_suffix("</w:comments>").unwrap();
    assert!(new.starts_with(kept), "{new}");
    let body = part(&copy, "word/document.xml");
    assert!(body.contains("<w:commentRangeStart w:id=\"0\"/>") && body.contains("<w:commentReference w:id=\"0\"/>"));
}

/// Newer programs keep in parts of their own who answered whom, and who the people are.
#[test]
fn parts_beside_the_comments_stay_as_they_are() {
    let mut parts = unpack(&document("word.docx"));
    let newer = "http://schemas.microsoft.com/office/2011/relationships";
    let beside = [("commentsExtended", "w15:commentsEx"), ("people", "w15:people")];
    for (name, root) in beside {
        let content = format!("<{root} xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"><!-- as it is --></{root}>");
        parts.push((format!("word/{name}.xml"), content.into_bytes()));
        let kind = format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml");
        let entry = format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{kind}\"/></Types>");
        replace(&mut parts, "[Content_Types].xml", "</Types>", &entry);
        // Before the comments' own, so that it must not be taken for theirs.
        let entry = format!("<Relationship Id=\"rId9{name}\" Type=\"{newer}/{name}\" Target=\"{name}.xml\"/><Relationship ");
        replace(&mut parts, "word/_rels/document.xml.rels", "<Relationship ", &entry);
    }
    let before = pack(&parts);
    let copy = Desk::with(&before).annotated(&["--track-fixes"]);
    schema::check(&copy);
    assert!(others(&copy) == others(&before));
    for name in ["[Content_Types].xml", "word/_rels/document.xml.rels"] {
        assert_eq!(part(&copy, name), part(&before, name));
    }
    let comments = part(&copy, "word/comments.xml");
    assert!(comments.contains("请核实人数") && comments.contains("w:author=\"jiaogao\""));
}

fn replace(parts: &mut Parts, name: &str, from: &str, to: &str) {
    let (_, content) = parts.iter_mut().find(|(other, _)| other == name).unwrap();
    let xml = String::from_utf8(std::mem::take(content)).unwrap();
    assert!(xml.contains(from), "{from}");
    *content = xml.replacen(from, to, 1).into_bytes();
}

#[test]
fn runs_keep_their_look_where_they_are_cut() {
    let bold = "<w:r w:rsidR=\"00AB\"><w:rPr><w:b/></w:rPr><w:tab/><w:t>已完成。。</w:t></w:r>";
    let copy = Desk::with(&plain(&format!("<w:p>{bold}</w:p>"))).annotated(&["--track-fixes"]);
    let body = part(&copy, "word/document.xml");
    let open = "<w:r w:rsidR=\"00AB\"><w:rPr><w:b/></w:rPr>";
    assert!(
        body.contains(&format!(
            "{open}<w:tab/><w:t xml:space=\"preserve\">已完成</w:t></w:r><w:commentRangeStart"
        )),
        "{body}"
    );
    assert!(
        body.contains(&format!("{open}<w:delText xml:space=\"preserve\">。</w:delText></w:r></w:del>")),
        "{body}"
    );
}

#[test]
fn notes_and_text_boxes_are_commented_on_where_they_hang() {
    let before = document("word.docx");
    let parts: Parts = unpack(&before)
        .into_iter()
        .map(|(name, content)| match name.as_str() {
            "word/footnotes.xml" => (name, String::from_utf8(content).unwrap().replace("年报。", "年报。。").into_bytes()),
            "word/document.xml" => (
                name,
                String::from_utf8(content)
                    .unwrap()
                    .replace("镇党政办公室", "镇党政办公室。。")
                    .into_bytes(),
            ),
            _ => (name, content),
        })
        .collect();
    let before = crate::package::pack(&parts);
    let copy = Desk::with(&before).annotated(&["--track-fixes"]);
    schema::check(&copy);
    assert!(others(&copy) == others(&before));
    let body = part(&copy, "word/document.xml");
    let reference = body.find("<w:footnoteReference").unwrap();
    let around = &body[reference - 200..reference + 200];
    assert!(
        around.contains("<w:commentRangeStart") && around.contains("<w:commentRangeEnd"),
        "{around}"
    );
    let shape = body.find("<mc:AlternateContent>").unwrap();
    assert!(body[shape - 100..shape].contains("<w:commentRangeStart"), "{}", &body[shape - 100..shape]);
    assert_eq!(
        text(&copy, Changes::Accepted),
        text(&before, Changes::Accepted).replace("12名。。", "12名。")
    );
}

#[test]
fn the_draft_itself_is_replaced_only_when_asked_and_a_backup_is_kept() {
    let desk = Desk::with(&document("wps.docx"));
    let output = desk.lint(&["--annotate", "报告.docx"]);
    assert_eq!((output.status.code(), desk.read("报告.docx")), (Some(2), desk.before.clone()));
    let output = desk.lint(&["--annotate", "报告.docx", "--in-place"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let first = desk.read("报告.docx");
    assert_ne!(first, desk.before);
    assert_eq!(desk.read("报告.备份.docx"), desk.before);
    // What was said once is not said again.
    desk.lint(&["--annotate", "报告.docx", "--in-place"]);
    assert_eq!(desk.read("报告.docx"), first);
    assert_eq!(desk.names(), ["报告.docx", "报告.备份.docx"]);
}

#[test]
fn only_earlier_copies_are_overwritten() {
    let desk = Desk::with(&document("wps.docx"));
    fs::write(desk.path("批注.docx"), document("word.docx")).unwrap();
    let output = desk.lint(&["--annotate", "批注.docx"]);
    assert_eq!((output.status.code(), desk.read("批注.docx")), (Some(2), document("word.docx")));
    fs::remove_file(desk.path("批注.docx")).unwrap();
    let first = desk.annotated(&[]);
    let again = desk.annotated(&["--select", "sequence"]);
    assert!(again.len() < first.len());
}

#[test]
fn what_cannot_be_annotated_is_refused_with_a_reason() {
    let desk = Desk::with(&plain(&paragraph("已完成。。")));
    fs::write(desk.path("a.txt"), "已完成。。").unwrap();
    let refused = |paths: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiaogao"));
        command.current_dir(desk.folder.path()).arg("lint").args(paths);
        let output = command.args(["--annotate", "b.docx"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{paths:?}");
        assert!(!output.stderr.is_empty() && !Path::new(&desk.path("b.docx")).exists());
    };
    refused(&["a.txt"]);
    refused(&["."]);
    refused(&["报告.docx", "a.txt"]);
}

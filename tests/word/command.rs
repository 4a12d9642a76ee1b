//! Word documents on the command line.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::formats::FORMATS;
use crate::package::{document, open_document, pack, paragraph, plain, unpack};

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiaogao"));
    command
        .current_dir(folder.path())
        .env("LC_ALL", "C.UTF-8")
        .args(arguments)
        .output()
        .unwrap()
}

fn findings(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    serde_json::from_slice(&run(folder, &[&["lint", "--output-format", "json"], arguments].concat()).stdout).unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn slip() -> Vec<u8> {
    plain(&paragraph("各镇要抓好落实。。"))
}

#[test]
fn folders_yield_documents_but_not_the_locks_beside_them() {
    let folder = folder(&[
        ("a.docx", &slip()),
        ("b.DOCM", &slip()),
        ("c.dotx", &slip()),
        ("~$a.docx", b"lock"),
        ("d.zip", &slip()),
    ]);
    let paths: Vec<String> = findings(&folder, &[])
        .iter()
        .map(|finding| finding["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(paths, ["a.docx", "b.DOCM", "c.dotx"]);
    // A document is known by its content where it is named.
    assert_eq!(findings(&folder, &["d.zip"]).len(), 1);
}

#[test]
fn what_is_no_document_is_told_with_what_to_do() {
    let stream = |name: &str| [b"\xD0\xCF\x11\xE0".to_vec(), name.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let (sheet, locked) = (stream("Workbook"), stream("EncryptedPackage"));
    let book = unpack(&slip()).into_iter().map(|(name, content)| {
        let content = String::from_utf8(content).unwrap();
        (name, content.replace("w:document", "workbook").into_bytes())
    });
    let book = pack(&book.collect());
    let files: [(&str, &[u8], &str); 11] = [
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "另存为.docx"),
        ("old.wps", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "另存为.docx"),
        ("rich.doc", b"{\\rtf1\\ansi}", "另存为.docx"),
        ("sheet.et", &sheet, "可能是表格"),
        ("book.xlsx", &book, "可能是表格"),
        ("locked.docx", &locked, "去掉密码"),
        ("print.pdf", b"%PDF-1.7 and so on", "另存为.docx"),
        ("cut.odt", &open_document()[..300], "不是完整的Word文档"),
        ("cut.docx", &slip()[..300], "不是完整的Word文档"),
        ("text.docx", "各镇要抓好落实。。".as_bytes(), "不是完整的Word文档"),
        ("other.docx", &pack(&vec![("mimetype".to_owned(), b"x".to_vec())]), "不是Word文档"),
    ];
    for (name, content, message) in files {
        let folder = folder(&[(name, content)]);
        let output = run(&folder, &["lint", name]);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(
            complaint.starts_with(&format!("jiaogao: {name}: ")) && complaint.contains(message),
            "{complaint}"
        );
    }
}

#[test]
fn documents_are_not_mended_but_linted() {
    let folder = folder(&[("a.docx", &slip())]);
    for change in ["--fix", "--diff"] {
        let output = run(&folder, &["lint", change, "a.docx"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains("--annotate"));
        assert_eq!(fs::read(folder.path().join("a.docx")).unwrap(), slip());
    }
    let output = run(&folder, &["lint", "a.docx"]);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("--fix改好"));
}

#[test]
fn open_document_files_are_linted_but_not_written_to() {
    let folder = folder(&[("a.odt", &open_document())]);
    assert_eq!(findings(&folder, &[]).len(), 5);
    for arguments in [["--fix", "-q"], ["--annotate", "b.docx"]] {
        let output = run(&folder, &[&["lint", "a.odt"][..], &arguments].concat());
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(
            complaint.contains("是OpenDocument文档（.odt）") && complaint.contains("另存为.docx"),
            "{complaint}"
        );
        assert_eq!(output.status.code(), Some(2));
    }
    assert!(!folder.path().join("b.docx").exists());
    assert_eq!(fs::read(folder.path().join("a.odt")).unwrap(), open_document());
}

#[test]
fn places_are_told_as_a_person_finds_them() {
    let folder = folder(&[("word.docx", &document("word.docx"))]);
    let found = findings(&folder, &["word.docx"]);
    let gap = found.iter().find(|finding| finding["rule"] == "sequence/gap").unwrap();
    assert_eq!(gap["place"]["headings"], serde_json::json!(["二、民生工作"]));
    assert_eq!((&gap["start"]["offset"], &gap["end"]["offset"]), (&0.into(), &3.into()));
    assert!(
        gap["message"]
            .as_str()
            .unwrap()
            .contains(&format!("第{}段", gap["related"][0]["start"]["paragraph"]))
    );
    let shown = String::from_utf8(run(&folder, &["lint", "--output-format", "concise", "word.docx"]).stdout).unwrap();
    assert!(
        shown.contains("“二、民生工作”下: 警告[sequence/gap]") && shown.contains("【（四）】养老"),
        "{shown}"
    );
}

#[test]
fn the_page_tells_the_cell_that_a_finding_stands_in() {
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("进度"),
        paragraph("各镇均已完成。。")
    );
    let folder = folder(&[("a.docx", &plain(&(table + &paragraph("表后。"))))]);
    for (language, place) in [("zh", "第2段，表1第1行第2列 · "), ("en", "paragraph 2, table 1 row 1 column 2 · ")] {
        let page = String::from_utf8(run(&folder, &["lint", "--lang", language, "--output-format", "html", "a.docx"]).stdout).unwrap();
        assert!(page.contains(place), "{page}");
    }
}

#[test]
fn figures_are_explained_by_paragraph() {
    let body = paragraph("") + &paragraph("春旱期间，全镇浇灌小麦8.6万亩。") + &paragraph("下半年工作") + &paragraph("上半年全镇浇灌小麦6.8万亩。");
    let folder = folder(&[("a.docx", &plain(&body))]);
    for (place, figure) in [("a.docx:2", "8.6万亩  第2段第12字"), ("a.docx:4:11", "6.8万亩  第4段第10字")] {
        let shown = String::from_utf8(run(&folder, &["explain", "--figure", place]).stdout).unwrap();
        assert!(shown.starts_with(figure), "{place}: {shown}");
    }
    assert_eq!(run(&folder, &["explain", "--figure", "a.docx:1"]).status.code(), Some(2));
}

#[test]
fn the_original_is_read_when_asked() {
    let body = "<w:p><w:r><w:t>抓好</w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>落实。。</w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>工作。</w:delText></w:r></w:del></w:p>";
    let folder = folder(&[("a.docx", &plain(body))]);
    assert_eq!(findings(&folder, &["a.docx"]).len(), 1);
    assert_eq!(findings(&folder, &["--original", "a.docx"]).len(), 0);
}

#[test]
fn every_format_takes_documents() {
    let folder = folder(&[("word.docx", &document("word.docx"))]);
    for format in FORMATS {
        let output = run(&folder, &["lint", "--output-format", format, "word.docx"]);
        assert_eq!(output.status.code(), Some(1), "{format}");
    }
    let outline = run(&folder, &["outline", "word.docx"]);
    assert!(String::from_utf8(outline.stdout).unwrap().contains("\n  （二）医疗\n"));
}

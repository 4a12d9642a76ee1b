//! What LibreOffice and python-docx make of the copies. Without it these tests pass over, except where `CI` is set: there it has to be installed.

use std::process::Command;

use serde_json::Value;

use crate::annotate::Desk;
use crate::package::documents;

/// The interpreter that the office's own modules are made for.
const PYTHON: &str = "/usr/bin/python3";

fn is_there() -> bool {
    let answers = |program: &str, arguments: &[&str]| Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    let found = answers("soffice", &["--version"]) && answers(PYTHON, &["-c", "import docx, uno"]) && answers("pdftotext", &["-v"]);
    assert!(
        found || std::env::var_os("CI").is_none(),
        "LibreOffice, its Python and pdftotext are needed, see .ci/run"
    );
    found
}

#[test]
fn libreoffice_shows_every_comment_on_its_words() {
    if !is_there() {
        eprintln!("LibreOffice is not installed: nothing was tested");
        return;
    }
    let desks: Vec<Desk> = documents().iter().map(|(_, bytes)| Desk::with(bytes)).collect();
    let mut paths = Vec::new();
    for desk in &desks {
        desk.annotated(&["--track-fixes"]);
        paths.push(desk.path("批注.docx"));
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/word/office.py");
    let output = Command::new(PYTHON).arg(script).args(&paths).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).unwrap();
    let mut opened = 0;
    for (line, (name, _)) in answers.lines().zip(documents()) {
        let answer: Value = serde_json::from_str(line).unwrap();
        assert_eq!(answer["opened"], true, "{name}");
        check(&name, &answer);
        opened += 1;
    }
    assert_eq!(opened, desks.len());
}

fn check(name: &str, answer: &Value) {
    let all: Vec<&Value> = answer["comments"].as_array().unwrap().iter().collect();
    let ours: Vec<(&str, &str)> = all
        .iter()
        .filter(|comment| comment["author"] == "jiaogao")
        .map(|comment| {
            let content = comment["content"].as_str().unwrap();
            (content.rsplit('/').next().unwrap_or_default().trim(), comment["anchor"].as_str().unwrap())
        })
        .collect();
    let copy = "各村党组织共走访困难群众312户，发放慰问金15.6万元，解决实际问题86个";
    let expected = [
        ("lost-char", "?"),
        ("repeat", "三是"),
        ("passage", copy),
        ("punctuation", "。。"),
        ("gap", "（四）"),
    ];
    assert_eq!(ours, expected, "{name}");
    let others: Vec<&str> = all
        .iter()
        .filter_map(|comment| comment["author"].as_str())
        .filter(|author| *author != "jiaogao")
        .collect();
    assert_eq!(others, if name == "word.docx" { vec!["张三"] } else { vec![] }, "{name}");
    let changes: Vec<&str> = answer["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["author"] == "jiaogao")
        .map(|change| change["kind"].as_str().unwrap())
        .collect();
    assert_eq!(changes, ["Delete"], "{name}");
    // Printed, the document still says what it said; the print breaks lines wherever they are full.
    let page: String = answer["print"].as_str().unwrap().chars().filter(|char| !char.is_whitespace()).collect();
    for words in [
        "青石镇2031年上半年工作总结",
        "一、党建工作",
        "围绕庆“七?一”开展了四项活动",
        "三、下一步打算",
        "2.抓好安全生产。",
        "440",
    ] {
        assert!(page.contains(words), "{name}: {words} is not in print");
    }
    let paragraphs: String = answer["paragraphs"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(
        paragraphs.contains("一是举办红歌会") && paragraphs.contains("抓好安全生产。"),
        "{name}: {paragraphs}"
    );
}

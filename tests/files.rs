//! What happens to files: encodings, faults of the file system, and runs that meet each other.
#![cfg(unix)]

#[path = "support/folder.rs"]
mod folder;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

use folder::{Folder, code, findings, stderr, stdout};
use serde_json::Value;

const DRAFT: &str = "各镇要抓好落实。。\n第二段。\n";
const MENDED: &str = "各镇要抓好落实。\n第二段。\n";

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn each_encoding_is_read_and_kept() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let bom = |text: &str| format!("\u{FEFF}{text}");
    for (name, before, after) in [
        ("utf8.txt", DRAFT.into(), MENDED.into()),
        ("bom.txt", bom(DRAFT).into_bytes(), bom(MENDED).into_bytes()),
        (
            "crlf.txt",
            DRAFT.replace('\n', "\r\n").into_bytes(),
            MENDED.replace('\n', "\r\n").into_bytes(),
        ),
        ("gbk.txt", gbk(DRAFT), gbk(MENDED)),
        ("utf16le.txt", utf16(&bom(DRAFT), u16::to_le_bytes), utf16(&bom(MENDED), u16::to_le_bytes)),
        ("utf16be.txt", utf16(&bom(DRAFT), u16::to_be_bytes), utf16(&bom(MENDED), u16::to_be_bytes)),
    ] {
        let folder = Folder::new().with(name, &before);
        let found = findings(&folder.run(&["lint", "--output-format", "json", name]));
        assert_eq!(found.len(), 1, "{name}");
        // The place is the same whatever the bytes of the file: it is counted in the text.
        assert_eq!(found[0]["start"], serde_json::json!({"line": 1, "column": 8, "byte": 21}), "{name}");
        assert_eq!(code(&folder.run(&["lint", "--fix", name])), 0, "{name}");
        assert_eq!(folder.read(name), after, "{name}");
    }
}

#[test]
fn an_encoding_can_be_told() {
    let folder = Folder::new().with("a.txt", encoding_rs::BIG5.encode("各鎮要抓好落實。。").0);
    let output = folder.run(&["lint", "--encoding", "big5", "--output-format", "json", "a.txt"]);
    assert_eq!(findings(&output)[0]["start"]["byte"], 21);
    assert_eq!(code(&folder.run(&["lint", "--encoding", "big55", "a.txt"])), 2);
}

#[test]
fn a_file_with_broken_bytes_is_linted_but_not_rewritten() {
    let bytes = [DRAFT.as_bytes(), b"\xFF\n"].concat();
    let folder = Folder::new().with("a.txt", &bytes);
    assert_eq!(code(&folder.run(&["lint", "a.txt"])), 1);
    let output = folder.run(&["lint", "--fix", "a.txt"]);
    assert_eq!((code(&output), folder.read("a.txt")), (2, bytes));
    assert!(stderr(&output).contains("a.txt"), "{}", stderr(&output));
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_linted() {
    let folder = Folder::new().with("binary.txt", b"PK\x03\x04\0\0").with("good.txt", DRAFT);
    symlink("nowhere.txt", folder.path("link.txt")).unwrap();
    let expected = ["binary.txt", "link.txt"];
    for paths in [&["."][..], &["link.txt", "binary.txt", "good.txt"]] {
        let output = folder.run(&[&["lint", "--output-format", "json"], paths].concat());
        assert_eq!(code(&output), 2);
        assert_eq!(findings(&output).len(), 1);
        for name in expected {
            assert!(stderr(&output).contains(&format!("jiaogao: {name}: ")), "{}", stderr(&output));
        }
    }
}

#[test]
fn a_folder_without_permission_is_named() {
    let folder = Folder::new().with("good.txt", DRAFT).with("closed/a.txt", DRAFT);
    fs::set_permissions(folder.path("closed"), PermissionsExt::from_mode(0o000)).unwrap();
    fs::set_permissions(folder.0.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = folder.command(&["lint", "--output-format", "json"]);
    if fs::read_dir(folder.path("closed")).is_ok() {
        // The superuser may read everything, so somebody else must try.
        std::os::unix::process::CommandExt::uid(&mut command, 65534);
    }
    let output = command.output();
    fs::set_permissions(folder.path("closed"), PermissionsExt::from_mode(0o755)).unwrap();
    let Ok(output) = output else {
        // The program itself lies where nobody else may go.
        return;
    };
    assert_eq!((code(&output), findings(&output).len()), (2, 1), "{}", stderr(&output));
    assert!(stderr(&output).contains("jiaogao: closed: 没有读取的权限"), "{}", stderr(&output));
}

#[test]
fn circles_of_links_end() {
    let folder = Folder::new().with("sub/a.txt", DRAFT);
    symlink("..", folder.path("sub/up")).unwrap();
    let output = folder.run(&["lint", "--output-format", "json"]);
    assert_eq!((code(&output), findings(&output).len()), (1, 1), "{}", stderr(&output));
}

#[test]
fn a_draft_is_linted_once_however_often_it_is_named() {
    let folder = Folder::new().with("sub/a.txt", DRAFT);
    let output = folder.run(&["lint", "--output-format", "json", ".", "sub", "sub/a.txt", "./sub/../sub/a.txt"]);
    assert_eq!(findings(&output).len(), 1);
}

#[test]
fn folders_yield_drafts_that_nobody_ignores() {
    let folder = Folder::new()
        .with("a.txt", DRAFT)
        .with("b.MD", DRAFT)
        .with("c.rs", DRAFT)
        .with("old/d.txt", DRAFT)
        .with(".hidden/e.txt", DRAFT)
        .with(".gitignore", "old/\n");
    let paths = |arguments: &[&str]| {
        let output = folder.run(&[&["lint", "--output-format", "json"], arguments].concat());
        let paths = findings(&output)
            .iter()
            .map(|finding| finding["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>();
        paths.join(" ")
    };
    assert_eq!(paths(&[]), "a.txt b.MD");
    assert_eq!(paths(&["--exclude", "*.txt"]), "b.MD");
    assert_eq!(paths(&["c.rs", "old/d.txt"]), "c.rs old/d.txt");
}

#[test]
fn names_need_not_be_utf8() {
    let folder = Folder::new();
    fs::write(folder.path(OsStr::from_bytes(b"\xB1\xA8\xB8\xE6.txt")), DRAFT).unwrap();
    for format in ["json", "full", "sarif", "junit"] {
        assert_eq!(code(&folder.run(&["lint", "--output-format", format])), 1, "{format}");
    }
    assert_eq!(code(&folder.run(&["lint", "--fix"])), 0);
}

#[test]
fn nothing_is_written_when_nothing_changes() {
    let folder = Folder::new().with("a.txt", MENDED);
    let before = fs::metadata(folder.path("a.txt")).unwrap();
    folder.run(&["lint", "--fix", "--unsafe-fixes"]);
    let after = fs::metadata(folder.path("a.txt")).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    assert_eq!(std::os::unix::fs::MetadataExt::ino(&before), std::os::unix::fs::MetadataExt::ino(&after));
}

#[test]
fn a_mended_file_keeps_its_permissions_and_links() {
    let folder = Folder::new().with("real/a.txt", DRAFT);
    fs::set_permissions(folder.path("real/a.txt"), PermissionsExt::from_mode(0o640)).unwrap();
    symlink("real/a.txt", folder.path("link.txt")).unwrap();
    assert_eq!(code(&folder.run(&["lint", "--fix", "link.txt"])), 0);
    assert!(fs::symlink_metadata(folder.path("link.txt")).unwrap().is_symlink());
    assert_eq!(folder.read("real/a.txt"), MENDED.as_bytes());
    assert_eq!(fs::metadata(folder.path("real/a.txt")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path("real")).unwrap().count(), 1);
}

#[test]
fn a_read_only_file_is_left_alone() {
    let folder = Folder::new().with("a.txt", DRAFT);
    fs::set_permissions(folder.path("a.txt"), PermissionsExt::from_mode(0o444)).unwrap();
    let output = folder.run(&["lint", "--fix"]);
    assert_eq!((code(&output), folder.read("a.txt")), (2, DRAFT.into()));
    assert!(stderr(&output).contains("jiaogao: a.txt: 写不了"), "{}", stderr(&output));
}

#[test]
fn two_runs_may_mend_one_file() {
    let long = DRAFT.repeat(200);
    for _ in 0..5 {
        let folder = Folder::new().with("a.txt", &long);
        let start = || folder.command(&["lint", "--fix", "--quiet"]).stdout(Stdio::null()).spawn().unwrap();
        let (mut first, mut second) = (start(), start());
        assert!(first.wait().unwrap().code() < Some(2) && second.wait().unwrap().code() < Some(2));
        assert_eq!(folder.read("a.txt"), MENDED.repeat(200).as_bytes());
        assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1);
    }
}

#[test]
fn standard_input_is_a_draft() {
    let folder = Folder::new().with("jiaogao.toml", "[per-file-ignores]\n'minutes.md' = ['stray']\n");
    let run = |arguments: &[&str]| {
        let mut child = folder
            .command(&[&["lint"], arguments, &["-"]].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(DRAFT.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = run(&["--output-format", "json", "--stdin-filename", "report.md"]);
    assert_eq!(findings(&output)[0]["path"], "report.md");
    assert_eq!(code(&run(&["--stdin-filename", "minutes.md"])), 0);
    let output = run(&["--fix"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, MENDED));
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let mut folder = Folder::new();
    for number in 0..300 {
        folder = folder.with(&format!("{number:03}.txt"), DRAFT.repeat(50));
    }
    let mut child = folder.command(&["lint"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_ne!(code(&output), 2);
}

#[test]
fn the_output_does_not_depend_on_the_number_of_threads() {
    let mut folder = Folder::new();
    for number in 0..60 {
        folder = folder.with(&format!("{:02}/{number:03}.txt", number % 7), DRAFT.repeat(1 + number * 13 % 40));
    }
    let run = |jobs| stdout(&folder.run(&["lint", "--jobs", jobs]));
    let alone = run("1");
    assert_eq!(alone, run("2"));
    assert_eq!(alone, run("7"));
}

#[test]
fn a_baseline_survives_edits_elsewhere() {
    let folder = Folder::new().with("old/a.txt", DRAFT);
    folder.run(&["lint", "--baseline", "known.json", "--write-baseline"]);
    let edited = format!("新加的第一段。\n\n{DRAFT}新加的一段，有新的错误。。\n");
    let folder = folder.with("old/a.txt", edited);
    let output = folder.run(&["lint", "--baseline", "known.json", "--output-format", "json"]);
    let found = findings(&output);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["start"]["line"], 5);
    // Paths are kept relative to the baseline, so it holds from any folder.
    let mut command = folder.command(&["lint", "--baseline", "../known.json", "--output-format", "json", "a.txt"]);
    assert_eq!(findings(&command.current_dir(folder.path("old")).output().unwrap()).len(), 1);
}

#[test]
fn colours_are_for_terminals_and_for_those_who_force_them() {
    let folder = Folder::new().with("a.txt", DRAFT);
    let colored = |name: &str| stdout(&folder.command(&["lint"]).env(name, "1").output().unwrap()).contains('\u{1B}');
    assert!(!colored("TERM_PROGRAM"));
    assert!(colored("CLICOLOR_FORCE"));
    assert!(!colored("NO_COLOR"));
}

#[test]
fn sarif_is_whole() {
    let folder = Folder::new().with("报告 1.txt", DRAFT).with("clean.txt", "好。\n");
    let output = folder.run(&["lint", "--output-format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E6%8A%A5%E5%91%8A%201.txt");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 10})
    );
}

#[test]
fn init_writes_settings_that_hold() {
    let folder = Folder::new().with("a.txt", MENDED);
    assert_eq!(code(&folder.run(&["init"])), 0);
    let written = folder.read("jiaogao.toml");
    assert_eq!(code(&folder.run(&["lint"])), 0);
    assert_eq!(code(&folder.run(&["init"])), 2);
    assert_eq!(folder.read("jiaogao.toml"), written);
}

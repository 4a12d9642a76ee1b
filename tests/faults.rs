//! What goes wrong around a run: full disks, files that come and go, readers that leave, and Ctrl-C.
#![cfg(unix)]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/formats.rs"]
mod formats;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use folder::{Folder, code, findings, stderr, stdout};
use formats::FORMATS;

const DRAFT: &str = "各镇要抓好落实。。\n第二段。\n";
const MENDED: &str = "各镇要抓好落实。\n第二段。\n";

impl Folder {
    /// Runs with a limit to the size of files that are written, in blocks of the shell. To write beyond it fails, as on a full disk.
    fn run_on_full_disk(&self, blocks: u32, arguments: &str) -> Output {
        let script = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" {arguments}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_jiaogao")]).current_dir(self.0.path());
        command.output().unwrap()
    }

    /// The names of the files in it, hidden ones as well.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until a child has ended, but not for ever.
fn end(mut child: Child) -> Output {
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
            panic!("the program does not end");
        }
        thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn a_full_disk_leaves_drafts_as_they_were() {
    let long = DRAFT.repeat(500);
    let folder = Folder::new().with("a.txt", DRAFT).with("b.txt", &long);
    // The second disk has room for the short draft and for a part of the long one.
    let output = folder.run_on_full_disk(0, "lint --fix");
    assert_eq!(
        (code(&output), folder.read("a.txt"), folder.read("b.txt")),
        (2, DRAFT.into(), long.clone().into())
    );
    for name in ["a.txt", "b.txt"] {
        assert!(
            stderr(&output).contains(&format!("jiaogao: {name}: 写不了，没有改动")),
            "{}",
            stderr(&output)
        );
    }
    let output = folder.run_on_full_disk(1, "lint --fix");
    assert_eq!(
        (code(&output), folder.read("a.txt"), folder.read("b.txt")),
        (2, MENDED.into(), long.into())
    );
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

#[test]
fn a_full_disk_leaves_baselines_and_copies_as_they_were() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/word/drafts/libreoffice.docx");
    let folder = Folder::new().with("a.txt", DRAFT).with("a.docx", fs::read(document).unwrap());
    folder.run(&["lint", "a.txt", "--baseline", "known.json", "--write-baseline"]);
    let known = folder.read("known.json");
    let folder = folder.with("a.txt", DRAFT.repeat(3));
    for arguments in [
        "lint a.txt --baseline known.json --write-baseline",
        "lint a.docx --annotate copy.docx",
        "lint a.docx --annotate a.docx --in-place",
    ] {
        let output = folder.run_on_full_disk(0, arguments);
        assert_eq!(code(&output), 2, "{arguments}");
        assert!(stderr(&output).contains("写不了"), "{arguments}: {}", stderr(&output));
    }
    assert_eq!((folder.read("known.json"), folder.read("a.docx")), (known, fs::read(document).unwrap()));
    assert!(!folder.path("copy.docx").exists());
    assert!(folder.names().iter().all(|name| !name.starts_with(".jiaogao-")), "{:?}", folder.names());
}

#[test]
fn output_that_cannot_be_written_is_trouble() {
    if !fs::exists("/dev/full").unwrap() {
        return;
    }
    let archive = format!("{}\n", serde_json::json!({"id": 1, "text": DRAFT}));
    let folder = Folder::new()
        .with("a.txt", DRAFT)
        .with("b.txt", "一、全县共有教师36人。\n")
        .with("archive.jsonl", archive);
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let fails = |arguments: &[&str]| {
        let output = folder.command(arguments).stdout(full()).output().unwrap();
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).starts_with("jiaogao: "), "{arguments:?}: {}", stderr(&output));
    };
    for format in FORMATS {
        fails(&["lint", "a.txt", "--output-format", format]);
    }
    fails(&["lint", "--input-format", "jsonl", "archive.jsonl"]);
    fails(&["lint", "--diff", "a.txt"]);
    fails(&["outline", "b.txt"]);
    fails(&["figures", "b.txt"]);
    fails(&["rules"]);
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let folder = Folder::new().with("a.txt", DRAFT.repeat(20_000));
    for arguments in FORMATS.map(|format| ["--output-format", format]).iter().chain([&["--diff", "--quiet"]]) {
        let mut child = start(folder.command(&["lint", "a.txt", "--select", "stray"]).args(arguments));
        drop(child.stdout.take());
        let output = end(child);
        assert_eq!(stderr(&output), "", "{arguments:?}");
        assert_ne!(code(&output), 2, "{arguments:?}");
    }
}

#[test]
fn a_draft_that_vanishes_is_named_and_the_others_linted() {
    let folder = Folder::new().with("a.txt", DRAFT).with("b.txt", DRAFT);
    let mut child = start(&mut folder.command(&["lint", "--jobs", "1", "--output-format", "json", "-", "a.txt", "b.txt"]));
    // All three are there when the run begins, and it waits for standard input first.
    thread::sleep(Duration::from_millis(300));
    fs::remove_file(folder.path("a.txt")).unwrap();
    child.stdin.take().unwrap().write_all(DRAFT.as_bytes()).unwrap();
    let output = end(child);
    assert_eq!((code(&output), findings(&output).len()), (2, 2));
    assert_eq!(stderr(&output), "jiaogao: a.txt: 没有这个文件或文件夹\n");
}

#[test]
fn a_draft_may_change_while_it_is_read() {
    let folder = Folder::new().with("a.txt", DRAFT);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // It is emptied and written in two steps, in different encodings, so that a run may find any part of it.
            for round in 0.. {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let text = DRAFT.repeat(round % 50);
                let bytes = match round % 2 {
                    0 => text.into_bytes(),
                    _ => encoding_rs::GBK.encode(&text).0.into_owned(),
                };
                let (one, other) = bytes.split_at(bytes.len() * 2 / 3 + usize::from(!bytes.is_empty()));
                let mut file = File::create(folder.path("a.txt")).unwrap();
                file.write_all(one).unwrap();
                file.write_all(other).unwrap();
            }
        });
        for _ in 0..40 {
            let output = folder.run(&["lint", "--output-format", "json", "a.txt"]);
            assert!(code(&output) < 2 && stderr(&output).is_empty(), "{}", stderr(&output));
            findings(&output);
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn pipes_and_devices_are_no_drafts_of_a_folder() {
    let folder = Folder::new().with("a.txt", DRAFT);
    assert!(Command::new("mkfifo").arg(folder.path("pipe.txt")).status().unwrap().success());
    symlink("pipe.txt", folder.path("to-pipe.txt")).unwrap();
    symlink("/dev/zero", folder.path("to-zero.txt")).unwrap();
    for arguments in [&["lint", "--output-format", "json"][..], &["lint", "--fix", "--output-format", "json"]] {
        let output = end(start(&mut folder.command(arguments)));
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
    assert_eq!(folder.read("a.txt"), MENDED.as_bytes());
}

#[test]
fn a_pipe_that_is_named_is_read_and_cannot_be_mended() {
    let folder = Folder::new();
    let pipe = folder.path("pipe.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (arguments, expected) in [(&["lint"][..], 1), (&["lint", "--fix"], 2)] {
        let child = start(&mut folder.command(&[arguments, &["pipe.txt"]].concat()));
        // It is opened when the program does, and comes in two parts.
        let mut writer = File::options().write(true).open(&pipe).unwrap();
        writer.write_all(&DRAFT.as_bytes()[..10]).unwrap();
        thread::sleep(Duration::from_millis(50));
        writer.write_all(&DRAFT.as_bytes()[10..]).unwrap();
        drop(writer);
        let output = end(child);
        assert_eq!(code(&output), expected, "{}{}", stdout(&output), stderr(&output));
    }
}

#[test]
fn links_in_circles_are_told() {
    let folder = Folder::new().with("a.txt", DRAFT);
    symlink("two.txt", folder.path("one.txt")).unwrap();
    symlink("one.txt", folder.path("two.txt")).unwrap();
    for paths in [&["."][..], &["one.txt", "two.txt", "a.txt"]] {
        let output = folder.run(&[&["lint", "--output-format", "json"], paths].concat());
        assert_eq!((code(&output), findings(&output).len()), (2, 1));
        for name in ["one.txt", "two.txt"] {
            assert!(stderr(&output).contains(&format!("jiaogao: {name}: ")), "{}", stderr(&output));
        }
    }
}

#[test]
fn every_format_prints_names_that_are_not_utf8() {
    let folder = Folder::new();
    fs::write(folder.path(OsStr::from_bytes(b"\xB1\xA8\xB8\xE6.txt")), DRAFT).unwrap();
    for format in FORMATS {
        let output = folder.run(&["lint", "--output-format", format]);
        assert_eq!((code(&output), stderr(&output).as_str()), (1, ""), "{format}");
        assert!(std::str::from_utf8(&output.stdout).unwrap().contains(".txt"), "{format}");
    }
    assert_eq!(code(&folder.run(&["lint", "--cache", "cache"])), 1);
    assert_eq!(code(&folder.run(&["lint", "--cache", "cache"])), 1);
    assert_eq!(code(&folder.run(&["lint", "--baseline", "known.json", "--write-baseline"])), 0);
    assert_eq!(code(&folder.run(&["lint", "--baseline", "known.json"])), 0);
}

/// Drafts that take a while to mend, with permissions that are not the usual ones.
fn drafts_to_mend(count: usize) -> (Folder, String, String) {
    let mut folder = Folder::new();
    let (before, after) = (DRAFT.repeat(100), MENDED.repeat(100));
    for number in 0..count {
        let name = format!("{number:03}.txt");
        folder = folder.with(&name, &before);
        fs::set_permissions(folder.path(&name), PermissionsExt::from_mode(0o640)).unwrap();
    }
    (folder, before, after)
}

/// Starts to mend, and sends a signal when the first draft is mended.
fn mend_and_send(folder: &Folder, after: &str, signal: &str) -> Output {
    let mut command = folder.command(&["lint", "--fix", "--jobs", "1"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    while folder.read("000.txt") != after.as_bytes() {
        assert!(child.try_wait().unwrap().is_none(), "the run ended too early");
        thread::sleep(Duration::from_millis(1));
    }
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    end(child)
}

/// How many drafts are mended; all others are as they were.
fn count_mended(folder: &Folder, before: &str, after: &str) -> usize {
    let drafts = folder.names().into_iter().filter(|name| !name.starts_with('.'));
    let is_mended = drafts.filter(|name| {
        let text = folder.read(name);
        assert!(text == before.as_bytes() || text == after.as_bytes(), "{name} is half-written");
        assert_eq!(fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777, 0o640, "{name}");
        text == after.as_bytes()
    });
    is_mended.count()
}

#[test]
fn ctrl_c_finishes_the_draft_at_hand_and_begins_no_other() {
    for signal in ["-INT", "-TERM"] {
        let (folder, before, after) = drafts_to_mend(150);
        let output = mend_and_send(&folder, &after, signal);
        assert_eq!(code(&output), 130, "{signal}: {}", stderr(&output));
        assert!((1..150).contains(&count_mended(&folder, &before, &after)), "{signal}");
        assert_eq!(folder.names().len(), 150, "{signal}: {:?}", folder.names());
    }
}

#[test]
fn a_killed_run_leaves_no_draft_half_written() {
    let (folder, before, after) = drafts_to_mend(150);
    mend_and_send(&folder, &after, "-KILL");
    assert!((1..150).contains(&count_mended(&folder, &before, &after)));
    // What the killed run may have left is not taken for a draft.
    folder.run(&["lint", "--fix"]);
    assert_eq!(count_mended(&folder, &before, &after), 150);
}

#[test]
fn ctrl_c_ends_a_run_that_only_reads() {
    let folder = Folder::new();
    let mut child = start(&mut folder.command(&["lint", "--fix", "-"]));
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(DRAFT.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(200));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut out = child.stdout.take().unwrap();
    let output = end(child);
    assert_eq!(output.status.code(), None);
    let mut text = String::new();
    out.read_to_string(&mut text).unwrap();
    assert_eq!(text, "");
    drop(stdin);
}

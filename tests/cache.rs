//! `lint --cache`: what is kept, what is not, and that nothing worse than a second look comes of a folder in disorder.
#![cfg(unix)]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/formats.rs"]
mod formats;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::thread;
use std::time::Duration;

use folder::{Folder, code, findings, stderr, stdout};
use formats::FORMATS;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const DRAFT: &str = "各镇要抓好落实。。\n第二段。\n";

/// Length of the checksum that an entry begins with.
const SUM: usize = 32;

impl Folder {
    fn lint(&self, arguments: &[&str]) -> Output {
        self.run(&[&["lint", "--cache", "cache", "--quiet", "--output-format", "json"], arguments].concat())
    }

    /// What findings are kept in, and the name of the shelf and the entry as one.
    fn entries(&self) -> Vec<(PathBuf, String)> {
        let shelves = fs::read_dir(self.path("cache")).into_iter().flatten().map(|shelf| shelf.unwrap().path());
        let entries = shelves.filter(|path| path.is_dir()).flat_map(|shelf| fs::read_dir(shelf).unwrap());
        let named = entries.map(|entry| {
            let path = entry.unwrap().path();
            let parts = [path.parent().unwrap(), &path].map(|part| part.file_name().unwrap().to_str().unwrap().to_owned());
            (path, parts.concat())
        });
        // What is kept of the program itself is no list.
        named
            .filter(|(path, _)| fs::read(path).unwrap().get(SUM..).is_some_and(|rest| rest.starts_with(b"[")))
            .collect()
    }

    /// Rewrites all entries as nobody else would, so that an answer that comes from them is known.
    fn mark_entries(&self) {
        for (path, name) in self.entries() {
            let key: Vec<u8> = (0..name.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&name[at..at + 2], 16).unwrap())
                .collect();
            let payload = String::from_utf8(fs::read(&path).unwrap().split_off(SUM)).unwrap();
            let payload = payload.replace("\"zh\":\"", "\"zh\":\"※");
            let sum = Sha256::new().chain_update(key).chain_update(&payload).finalize();
            fs::write(path, [&sum, payload.as_bytes()].concat()).unwrap();
        }
    }
}

fn is_marked(output: &Output) -> bool {
    stdout(output).contains('※')
}

/// Many drafts that say different things.
fn many(count: usize) -> Folder {
    (0..count).fold(Folder::new(), |folder, number| {
        let name = format!("{}/{number}.txt", number % 5);
        folder.with(&name, format!("全县第{number}次会议。。\n").repeat(1 + number % 30))
    })
}

#[test]
fn a_draft_is_linted_again_only_when_something_has_changed() {
    let folder = Folder::new().with("a.txt", DRAFT).with("jiaogao.toml", "");
    let first = folder.lint(&["a.txt"]);
    assert_eq!((code(&first), findings(&first).len()), (1, 1));
    assert_eq!(folder.lint(&["a.txt"]), first);
    folder.mark_entries();
    let again = folder.lint(&["a.txt"]);
    assert!(is_marked(&again) && code(&again) == 1);

    // The name is nothing to the findings, but the format that it tells is.
    fs::copy(folder.path("a.txt"), folder.path("b.txt")).unwrap();
    fs::copy(folder.path("a.txt"), folder.path("a.md")).unwrap();
    assert!(is_marked(&folder.lint(&["b.txt"])));
    assert!(!is_marked(&folder.lint(&["a.md"])));
    assert!(!is_marked(&folder.lint(&["a.txt", "--encoding", "utf-8"])));
    assert!(!is_marked(&folder.lint(&["a.txt", "--ignore", "figure"])));
    let folder = folder.with("jiaogao.toml", "[rules]\nstray = 'info'\n");
    let quieter = folder.lint(&["a.txt"]);
    assert_eq!((code(&quieter), findings(&quieter)[0]["severity"].as_str()), (0, Some("info")));
    let folder = folder.with("jiaogao.toml", "");
    assert!(is_marked(&folder.lint(&["a.txt"])));

    let folder = folder.with("a.txt", format!("新的一段。\n{DRAFT}"));
    let changed = folder.lint(&["a.txt"]);
    assert_eq!((is_marked(&changed), &findings(&changed)[0]["start"]["line"]), (false, &json!(2)));
}

#[test]
fn another_build_of_the_program_does_not_answer_from_it() {
    let folder = Folder::new().with("a.txt", DRAFT);
    folder.lint(&["a.txt"]);
    folder.mark_entries();
    let rebuilt = folder.path("rebuilt");
    fs::copy(env!("CARGO_BIN_EXE_jiaogao"), &rebuilt).unwrap();
    let run = || {
        let mut command = std::process::Command::new(&rebuilt);
        command
            .current_dir(folder.0.path())
            .args(["lint", "--cache", "cache", "--output-format", "json", "a.txt"]);
        command.output().unwrap()
    };
    // A copy is the same program.
    assert!(is_marked(&run()));
    fs::OpenOptions::new().append(true).open(&rebuilt).unwrap().write_all(b"\0").unwrap();
    assert!(!is_marked(&run()));
}

#[test]
fn every_format_prints_the_same_from_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let drafts = ["drafts/grain-harvest-report.md", "drafts/police-bureau-summary.txt", "word/drafts"].map(|name| root.join(name));
    let mut paths: Vec<&str> = drafts.iter().map(|path| path.to_str().unwrap()).collect();
    paths.push("broken.txt");
    let folder = Folder::new().with("broken.txt", [DRAFT.as_bytes(), b"\xFF\n"].concat());
    let run = |arguments: &[&str]| folder.run(&[&["lint"], arguments, &paths].concat());
    let with_cache = |arguments: &[&str]| run(&[&["--cache", "cache"], arguments].concat());
    assert_eq!(with_cache(&[]), run(&[]));
    let kept = folder.entries().len();
    for format in FORMATS {
        let arguments = ["--output-format", format];
        let output = with_cache(&arguments);
        assert!(!output.stdout.is_empty());
        assert_eq!(output, run(&arguments), "{format}");
    }
    assert_eq!(with_cache(&["--statistics"]), run(&["--statistics"]));
    assert!(kept > 3);
    assert_eq!(folder.entries().len(), kept);
}

#[test]
fn a_baseline_holds_for_what_comes_from_it() {
    let folder = many(20);
    folder.lint(&[]);
    folder.lint(&["--baseline", "known.json", "--write-baseline"]);
    let output = folder.lint(&["--baseline", "known.json"]);
    assert_eq!((code(&output), findings(&output).len()), (0, 0));
    assert!(!findings(&folder.lint(&[])).is_empty());
}

#[test]
fn the_sheet_of_official_figures_is_part_of_the_key() {
    let sheet = |value| format!("指标,时期,地区,数值,单位,别名\n粮食总产量,2031年,,{value},万吨,\n");
    let folder = Folder::new()
        .with("a.txt", "2031年，全县粮食总产量42.6万吨。\n")
        .with("jiaogao.toml", "figures = '口径.csv'\n")
        .with("口径.csv", sheet("42.9"));
    let first = folder.lint(&["a.txt"]);
    assert_eq!(findings(&first)[0]["rule"], "figure/sheet", "{}", stdout(&first));
    assert_eq!(folder.lint(&["a.txt"]), first);
    folder.mark_entries();
    assert!(is_marked(&folder.lint(&["a.txt"])));
    let folder = folder.with("口径.csv", sheet("42.6"));
    assert_eq!(findings(&folder.lint(&["a.txt"])), [] as [Value; 0]);
}

#[test]
fn what_goes_beyond_the_findings_of_one_draft_is_not_kept() {
    let folder = Folder::new().with("a.txt", DRAFT).with("b.txt", DRAFT);
    for arguments in [&["--diff"][..], &["--together"], &["--against", "b.txt"], &["--fix"]] {
        folder.lint(&[arguments, &["a.txt"]].concat());
        assert!(folder.entries().is_empty(), "{arguments:?}");
    }
    let folder = folder.with("a.txt", DRAFT).with("jiaogao.toml", "together = ['a.txt', 'b.txt']\n");
    folder.lint(&["a.txt"]);
    assert!(folder.entries().is_empty());
    let mut child = folder
        .command(&["lint", "--cache", "cache", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(DRAFT.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(folder.entries().is_empty());
}

#[test]
fn broken_entries_are_written_again() {
    let folder = Folder::new().with("a.txt", DRAFT);
    let whole = folder.lint(&["a.txt"]);
    let [(path, _)] = &folder.entries()[..] else { panic!() };
    let entry = fs::read(path).unwrap();
    let longer = [&entry[..], b"\0"].concat();
    for damaged in [&[], &entry[..SUM], &entry[..entry.len() - 1], &longer] {
        fs::write(path, damaged).unwrap();
        assert_eq!(folder.lint(&["a.txt"]), whole);
        assert_eq!(fs::read(path).unwrap(), entry);
    }
}

#[test]
fn runs_may_share_it_at_the_same_time() {
    let folder = many(120);
    let expected = folder.run(&["lint", "--quiet", "--output-format", "json"]).stdout;
    let run = || folder.lint(&[]);
    thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        for run in runs {
            let output = run.join().unwrap();
            assert_eq!(stderr(&output), "");
            assert!(output.stdout == expected);
        }
    });
    assert_eq!(folder.entries().len(), 120);
    assert_eq!(unfinished(&folder.path("cache")), 0);
}

/// How many files were not written to their end.
fn unfinished(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let count = |entry: fs::DirEntry| match entry.file_type().unwrap().is_dir() {
        true => unfinished(&entry.path()),
        false => usize::from(entry.file_name().to_str().unwrap().starts_with(".jiaogao-")),
    };
    entries.map(count).sum()
}

#[test]
fn a_run_may_be_killed_at_any_moment() {
    let folder = many(150);
    let expected = folder.run(&["lint", "--quiet", "--output-format", "json"]).stdout;
    let mut kept = Vec::new();
    for entries_before_the_end in [0, 1, 10, 40, 80] {
        let mut child = folder
            .command(&["lint", "--cache", "cache", "--quiet", "--output-format", "json", "--jobs", "1"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while folder.entries().len() < entries_before_the_end && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kept.push(folder.entries().len());
    }
    // Some were killed in the middle, or this would test nothing.
    assert!(kept.iter().any(|kept| (1..150).contains(kept)), "{kept:?}");
    let output = folder.lint(&[]);
    assert_eq!(stderr(&output), "");
    assert!(output.stdout == expected);
    assert_eq!(folder.entries().len(), 150);
}

#[test]
fn a_folder_that_cannot_be_used_costs_no_findings() {
    let folder = many(30).with("file", "").with("other/report.md", "好。\n");
    let expected = folder.run(&["lint", "--quiet"]);
    // The second is a folder that holds something else, the third one whose shelves cannot be made, as when it may only be read.
    folder.lint(&["file"]);
    fs::remove_dir_all(folder.path("cache")).unwrap();
    fs::create_dir(folder.path("cache")).unwrap();
    folder.lint(&["file"]);
    for shelf in 0..=255 {
        let shelf = folder.path(format!("cache/{shelf:02x}"));
        let _ = fs::remove_dir_all(&shelf);
        fs::write(shelf, "").unwrap();
    }
    for cache in ["file", "other", "cache"] {
        let output = folder.run(&["lint", "--quiet", "--cache", cache]);
        assert_eq!((code(&output), &output.stdout), (code(&expected), &expected.stdout), "{cache}");
        let told = stderr(&output);
        assert!(told.lines().count() == 1 && told.starts_with(&format!("jiaogao: {cache}: ")), "{told}");
    }
    assert_eq!(fs::read_dir(folder.path("other")).unwrap().count(), 1);
}

#[test]
fn a_full_disk_costs_no_findings() {
    let folder = many(30);
    let expected = folder.run(&["lint", "--quiet"]);
    folder.run(&["lint", "--quiet", "--cache", "cache", "0/0.txt"]);
    // No file may grow beyond nothing, and that is an error instead of a signal.
    let script = "ulimit -f 0; trap '' XFSZ; exec \"$0\" lint --quiet --cache cache";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_jiaogao")]).current_dir(folder.0.path());
    let output = command.output().unwrap();
    assert_eq!((code(&output), &output.stdout), (code(&expected), &expected.stdout));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert_eq!((folder.entries().len(), unfinished(&folder.path("cache"))), (1, 0));
}

#[test]
fn drafts_do_not_lie_in_it() {
    let folder = Folder::new().with("a.txt", DRAFT);
    folder.lint(&[]);
    let folder = folder.with("cache/00/b.txt", DRAFT);
    assert_eq!(findings(&folder.lint(&[])).len(), 1);
}

#[test]
fn archives_are_answered_from_it() {
    let folder = Folder::new();
    let lines: String = (0..50)
        .map(|id| format!("{}\n", json!({"id": id, "text": DRAFT.repeat(id % 7)})))
        .collect();
    let run = |cache: &[&str]| {
        let arguments = [&["lint", "--input-format", "jsonl"], cache, &["archive.jsonl"]].concat();
        folder.run(&arguments)
    };
    fs::write(folder.path("archive.jsonl"), lines).unwrap();
    let without = run(&[]);
    let cache = ["--cache", "cache"];
    assert_eq!(run(&cache), without);
    assert_eq!(run(&cache), without);
    // What is said twice is kept once.
    assert_eq!(folder.entries().len(), 7);
    folder.mark_entries();
    assert!(is_marked(&run(&cache)));
}

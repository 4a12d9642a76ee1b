//! How many instructions a run takes, counted by valgrind: no step takes more than linear time, and a gross slowdown does not go unseen. Times would
//! tell more of the machine than of the program. Where there is no valgrind, nothing is counted.

#[path = "hostile/mod.rs"]
mod hostile;

use std::path::Path;
use std::process::Command;

/// Instructions of a lint of one draft, by the program as the tests have it.
fn instructions(text: &str) -> Option<u64> {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = folder.path().join("draft.txt");
    std::fs::write(&draft, text).expect("a draft");
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_jiaogao"))
        .args(["lint", "--isolated", "--quiet", "--jobs", "1", "--output-format", "concise"])
        .arg(&draft)
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let count = told.lines().rfind(|line| line.contains("I ") && line.contains("refs:"))?;
    count.rsplit(':').next()?.trim().replace(',', "").parse().ok()
}

#[test]
fn hostile_drafts_take_linear_time() {
    const SHORT: usize = 4_000;
    const TIMES: usize = 4;
    let Some(start) = instructions("") else {
        eprintln!("there is no valgrind");
        return;
    };
    for (name, draft) in hostile::ALL {
        let short = instructions(&draft(SHORT)).expect("a count") - start;
        let long = instructions(&draft(SHORT * TIMES)).expect("a count") - start;
        let growth = long as f64 / short as f64;
        eprintln!(
            "{name}: {} instructions a byte, {growth:.1} times as many for a draft {TIMES} times as long",
            short as usize / SHORT
        );
        // Buckets of a bounded size fill up between such short lengths, which makes some growth steeper than it is later; of a step that is
        // quadratic it would be sixteenfold.
        assert!(growth < TIMES as f64 * 2.2, "{name}: {short} to {long}");
    }
}

/// Twice what it is in a build for tests: a slowdown that is smaller is seen in the benches.
const MOST_PER_BYTE: u64 = 40_000;

#[test]
fn a_report_takes_no_more_instructions_than_it_should() {
    let drafts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts");
    let text = ["statistical-bulletin.md", "procuratorate-report.md"]
        .map(|name| std::fs::read_to_string(drafts.join(name)).expect("a draft"))
        .concat();
    let Some(start) = instructions("") else {
        eprintln!("there is no valgrind");
        return;
    };
    let per_byte = (instructions(&text).expect("a count") - start) / text.len() as u64;
    eprintln!("{per_byte} instructions a byte");
    assert!(per_byte < MOST_PER_BYTE, "{per_byte} instructions a byte");
}

//! What the documents say must be so. `UPDATE=1 cargo test --test docs` writes down what is so now.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiaogao::config;
use jiaogao::output::reference;

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Compares a document with what it should be, or writes that down.
fn expect(name: &str, wanted: &str) {
    let path: PathBuf = root().join(name);
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(path, wanted).unwrap();
    }
    let is = fs::read_to_string(path).unwrap_or_default();
    let differs = is.lines().zip(wanted.lines()).position(|(is, wanted)| is != wanted);
    assert!(
        is == wanted,
        "{name} is stale from line {} on; run `UPDATE=1 cargo test --test docs`",
        differs.map_or(is.lines().count(), |line| line + 1)
    );
}

/// What a command that a README shows prints.
fn output(command: &str) -> String {
    let mut words = command.split(' ');
    assert_eq!(words.next(), Some("jiaogao"), "{command}");
    let output = Command::new(env!("CARGO_BIN_EXE_jiaogao"))
        .args(words)
        .current_dir(root())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The README with the draft and the outputs that it shows as they are now.
fn renewed(readme: &str) -> String {
    let mut out = String::new();
    let mut lines = readme.lines();
    let mut draft_shown = false;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let content = match line {
            "```markdown" if !draft_shown => {
                draft_shown = true;
                read("docs/draft.md")
            }
            "```console" => {
                let prompt = lines.next().unwrap();
                format!("{prompt}\n{}", output(prompt.strip_prefix("$ ").unwrap()))
            }
            _ => continue,
        };
        out.push_str(&content);
        out.push_str("```\n");
        lines.by_ref().find(|line| *line == "```");
    }
    out
}

#[test]
fn the_reference_of_rules_is_current() {
    expect("docs/rules.md", &reference::markdown());
}

#[test]
fn readmes_show_what_the_command_prints() {
    for name in READMES {
        expect(name, &renewed(&read(name)));
    }
}

#[test]
fn the_draft_in_the_readmes_has_one_slip_of_each_promise() {
    let output = output("jiaogao lint --isolated --output-format jsonl docs/draft.md");
    for family in ["sequence/", "duplicate/", "stray/"] {
        assert!(output.contains(&format!("\"rule\":\"{family}")), "nothing of {family}: {output}");
    }
}

#[test]
fn settings_in_the_readmes_are_accepted() {
    for name in READMES {
        let readme = read(name);
        let settings = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        config::parse(settings, Path::new("jiaogao.toml")).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
}

/// The commands that the READMES tell to run name a draft that is there.
#[test]
fn drafts_that_the_readmes_name_exist() {
    for name in READMES {
        let readme = read(name);
        let draft = readme.split_whitespace().find(|word| word.starts_with("tests/drafts/")).unwrap();
        assert!(root().join(draft).is_file(), "{name}: {draft}");
    }
}

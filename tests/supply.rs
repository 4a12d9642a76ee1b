//! What the program is made of, and what it cannot do. The rules for it stand in `deny.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// A crate that goes into the program.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    name: String,
    version: String,
    /// Empty for crates.io.
    source: String,
    license: String,
}

/// What the program is built from on this machine, without what it is tested with.
fn dependencies() -> BTreeSet<Dependency> {
    let tree = run(
        env!("CARGO"),
        &[
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}|{l}",
        ],
    );
    let dependencies = tree.lines().filter_map(|line| {
        let (package, license) = line.trim_end_matches(" (*)").split_once('|')?;
        let mut words = package.split(' ');
        let (name, version) = (words.next()?, words.next()?.trim_start_matches('v'));
        let source: Vec<_> = words.filter(|word| *word != "(proc-macro)").collect();
        Some(Dependency {
            name: name.to_owned(),
            version: version.to_owned(),
            source: source.join(" "),
            license: license.to_owned(),
        })
    });
    dependencies.filter(|dependency| dependency.name != env!("CARGO_PKG_NAME")).collect()
}

fn rules() -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// Whether an SPDX expression, or a list with slashes as crates used to have it, can be met with the licences allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let result = any_of(&mut words, allowed);
    assert_eq!(words.next(), None, "{expression}");
    result
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words, allowed: &BTreeSet<&str>) -> bool {
    let mut result = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        result |= all_of(words, allowed);
    }
    result
}

fn all_of(words: &mut Words, allowed: &BTreeSet<&str>) -> bool {
    let mut result = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        result &= one(words, allowed);
    }
    result
}

fn one(words: &mut Words, allowed: &BTreeSet<&str>) -> bool {
    let word = words.next().unwrap();
    if word == "(" {
        let result = any_of(words, allowed);
        assert_eq!(words.next(), Some(")"));
        return result;
    }
    match words.next_if_eq(&"WITH") {
        Some(_) => allowed.contains(format!("{word} WITH {}", words.next().unwrap()).as_str()),
        None => allowed.contains(word),
    }
}

#[test]
fn licences_are_read_as_they_are_meant() {
    let allowed = BTreeSet::from(["MIT", "Zlib"]);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("Apache-2.0/MIT", true),
        ("GPL-3.0 OR MIT AND Apache-2.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("MIT WITH LLVM-exception", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn everything_is_from_the_registry_under_a_licence_that_is_allowed() {
    let rules = rules();
    let allowed = rules["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let dependencies = dependencies();
    assert!(dependencies.len() > 50);
    for dependency in &dependencies {
        assert_eq!(dependency.source, "", "{dependency:?}");
        assert!(is_allowed(&dependency.license, &allowed), "{dependency:?}");
    }
}

#[test]
fn nothing_stands_twice_without_a_reason() {
    let rules = rules();
    let crates = |key: &str| -> Vec<String> {
        let listed = rules["bans"][key].as_array().unwrap().iter();
        listed.map(|entry| entry["crate"].as_str().unwrap().to_owned()).collect()
    };
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for dependency in dependencies() {
        versions.entry(dependency.name).or_default().insert(dependency.version);
    }
    for banned in crates("deny") {
        assert!(!versions.contains_key(&banned), "{banned}");
    }
    for skipped in crates("skip") {
        let (name, version) = skipped.split_once('@').unwrap();
        let present = versions.get_mut(name).unwrap_or_else(|| panic!("{skipped} need not be skipped any more"));
        let before = present.len();
        present.retain(|present| !present.starts_with(&format!("{version}.")));
        assert!(before > 1 && present.len() < before, "{skipped} need not be skipped any more");
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "{versions:?}");
}

#[test]
fn nothing_needs_a_newer_rust_than_is_stated() {
    let version = |text: &str| -> Vec<u32> { text.split('.').map(|part| part.parse().unwrap()).collect() };
    let stated = version(env!("CARGO_PKG_RUST_VERSION"));
    let host = run("rustc", &["-vV"]);
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = run(
        env!("CARGO"),
        &["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host],
    );
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    for package in metadata["packages"].as_array().unwrap() {
        if let Some(needed) = package["rust_version"].as_str() {
            assert!(version(needed)[..2] <= stated[..2], "{} needs Rust {needed}", package["name"]);
        }
    }
}

/// The functions of the system that make connections are not even linked, so no input and no setting can have one made.
#[cfg(target_os = "linux")]
#[test]
fn the_program_cannot_reach_the_network() {
    let needed = run("nm", &["--dynamic", "--undefined-only", env!("CARGO_BIN_EXE_jiaogao")]);
    let functions: BTreeSet<_> = needed
        .lines()
        .filter_map(|line| line.split_whitespace().last()?.split('@').next())
        .collect();
    // Without these it could do nothing at all, and the list would mean nothing.
    assert!(functions.contains("read") && functions.contains("write"), "{functions:?}");
    for function in [
        "socket",
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "send",
        "sendto",
        "sendmsg",
        "recvfrom",
        "recvmsg",
        "getaddrinfo",
        "gethostbyname",
    ] {
        assert!(!functions.contains(function), "{function} is linked");
    }
}

//! The properties of `properties/`, on the inputs that are kept in `fuzz/seeds` and on random ones.

#[path = "properties/mod.rs"]
mod properties;

use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Whether a worker of the server has panicked, which goes on without it.
static PANICKED: AtomicBool = AtomicBool::new(false);
static WATCH: Once = Once::new();

fn watch_workers() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_worker = std::thread::current().name().is_some_and(|name| name.starts_with("tokio"));
        PANICKED.fetch_or(is_worker, Ordering::Relaxed);
        before(panic);
    }));
}

/// The same inputs each time, of about a second each; `PROPTEST_CASES=5000 cargo test --release --test properties` looks longer and at others.
fn config() -> Config {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 60;
        config.rng_seed = RngSeed::Fixed(1);
    }
    config
}

fn holds(name: &str) {
    WATCH.call_once(watch_workers);
    let (_, property) = properties::ALL.into_iter().find(|(other, _)| *other == name).expect("a property");
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    for entry in std::fs::read_dir(&seeds).unwrap_or_else(|error| panic!("{}: {error}", seeds.display())) {
        let path = entry.expect("an entry").path();
        eprintln!("{}", path.display());
        property(&std::fs::read(&path).expect("a file"));
    }
    let random = prop::collection::vec(any::<u8>(), 0..200);
    let result = TestRunner::new(config()).run(&random, |data| {
        property(&data);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!PANICKED.load(Ordering::Relaxed), "a worker panicked");
}

#[test]
fn decode() {
    holds("decode");
}

#[test]
fn blocks() {
    holds("blocks");
}

#[test]
fn numerals() {
    holds("numerals");
}

#[test]
fn figures() {
    holds("figures");
}

#[test]
fn lint() {
    holds("lint");
}

#[test]
fn edits() {
    holds("edits");
}

#[test]
fn fixes() {
    holds("fixes");
}

#[test]
fn frames() {
    holds("frames");
}

#[test]
fn docx() {
    holds("docx");
}

#[test]
fn odt() {
    holds("odt");
}

#[test]
fn html() {
    holds("html");
}

#[test]
fn every_property_is_tried() {
    let tested = include_str!("properties.rs");
    let is_tried = |name: &str| tested.contains(&format!("fn {name}() {{"));
    assert!(properties::ALL.iter().all(|(name, _)| is_tried(name)));
}

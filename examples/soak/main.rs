//! A person who never rests: types, pastes, deletes, undoes, looks things up, opens and closes drafts at random, as fast as the server takes it. From
//! time to time everything is compared with a fresh lint of the same texts, and the server's memory is noted.
//!
//! `cargo build --release && cargo run --release --example soak -- [MINUTES [PROGRAM [SEED]]]`
//!
//! It ends with an error where diagnostics are missing, stale or others than those of a fresh lint, and where memory goes on growing.

#[expect(dead_code, reason = "the other program of this client measures times")]
#[path = "../latency/client.rs"]
mod client;
mod desk;

use std::time::{Duration, Instant};

use desk::Desk;

/// Steps between two comparisons.
const ROUND: usize = 150;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let minutes: f64 = arguments.next().map_or(30.0, |minutes| minutes.parse().expect("minutes"));
    let program = arguments.next().unwrap_or_else(|| "target/release/jiaogao".to_owned());
    let seed: u64 = arguments.next().map_or(1, |seed| seed.parse().expect("a number"));
    let mut desk = Desk::new(&program, &material(), fastrand::Rng::with_seed(seed));
    let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let mut memory = Vec::new();
    let (mut steps, mut compared) = (0, 0);
    while Instant::now() < end {
        (0..ROUND).for_each(|_| desk.step());
        steps += ROUND;
        compared += desk.compare();
        memory.push(desk.memory());
        if memory.len().is_multiple_of(20) {
            println!(
                "{steps} steps, {compared} drafts compared, {} diagnostics seen, {} characters open, {} MB",
                desk.diagnostics_seen(),
                desk.characters(),
                memory[memory.len() - 1] / 1_000_000
            );
        }
    }
    let (before, after) = (largest(&memory, 1, 2), largest(&memory, 3, 4));
    println!("{steps} steps, {compared} drafts compared; memory at most {before} bytes in the second quarter, {after} in the last");
    // Drafts differ in size from time to time, and with them what the server holds.
    assert!(after < before + before / 5, "memory grows");
    desk.stop();
}

/// The most memory between two quarters of the time.
fn largest(memory: &[usize], from: usize, to: usize) -> usize {
    let quarter = |count: usize| memory.len() * count / 4;
    memory[quarter(from)..quarter(to)].iter().copied().max().unwrap_or(0)
}

/// Drafts of all kinds to begin with.
fn material() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drafts");
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "txt"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a draft")).collect()
}

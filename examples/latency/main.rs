//! How fast the server answers, as a client sees it, against what is asked of it: keystrokes, opening, a burst of changes, requests while changes
//! pour in, and memory.
//!
//! `cargo build --release && cargo run --release --example latency -- [PROGRAM [TEXT]]`
//!
//! The drafts are generated, or made of the text of a file, over and over where it is too short.

#[expect(dead_code, reason = "the other program of this client does more with drafts")]
mod client;

use std::time::Duration;

use client::{Answer, Client};
use serde_json::json;

const URI: &str = "untitled:latency";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().unwrap_or_else(|| "target/release/jiaogao".to_owned());
    let material = arguments
        .next()
        .map(|path| std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")));
    let draft = |bytes: usize| material.as_ref().map_or_else(|| generated(bytes), |text| taken_from(text, bytes));
    let table = Table::begin();
    for (bytes, name, limit) in [(10_000, "10 kB", 1.0), (100_000, "100 kB", 1.5), (1_000_000, "1 MB", 4.0)] {
        long_session(&program, &draft(bytes), name, limit, &table);
    }
    burst(&program, &draft(100_000), &table);
    requests_under_changes(&program, &draft(1_000_000), &table);
    many_drafts(&program, &draft(10_000), &table);
}

/// What was measured, and what is asked for, printed row by row.
struct Table;

impl Table {
    fn begin() -> Self {
        println!("| | measured | at most |\n|---|---|---|");
        Table
    }

    fn milliseconds(&self, what: String, time: Duration, limit: Option<f64>) {
        let time = time.as_secs_f64() * 1e3;
        self.add(what, format!("{time:.2} ms"), limit.map(|limit| (format!("{limit} ms"), time <= limit)));
    }

    fn number(&self, what: String, number: f64, unit: &str, limit: f64) {
        self.add(what, format!("{number:.1}{unit}"), Some((format!("{limit}{unit}"), number <= limit)));
    }

    fn add(&self, what: String, measured: String, limit: Option<(String, bool)>) {
        let asked = limit.map(|(limit, holds)| format!("{limit}, {}", if holds { "holds" } else { "does not hold" }));
        println!("| {what} | {measured} | {} |", asked.unwrap_or_default());
    }
}

/// Opens a draft and types in it here and there, one character at a time, each of which makes a finding come or go.
fn long_session(program: &str, text: &str, name: &str, limit: f64, table: &Table) {
    let keystrokes = if text.len() >= 1_000_000 { 100 } else { 300 };
    let mut client = Client::start(program);
    let memory_before = client.memory();
    let opening = client.open(URI, text);
    let is_long = text.len() >= 1_000_000;
    table.milliseconds(format!("opening {name}, to first diagnostics"), opening.first, is_long.then_some(60.0));
    table.milliseconds(format!("opening {name}, to last diagnostics"), opening.last, None);
    let lines = text.lines().count();
    let processor_time = client.processor_time();
    let answers: Vec<Answer> = (0..keystrokes)
        .map(|index| {
            // A person's keystrokes are apart.
            std::thread::sleep(Duration::from_millis(30));
            client.keystroke(URI, index / 2 * 7919 % lines, index + 2)
        })
        .collect();
    let first = sorted(answers.iter().map(|answer| answer.first));
    let last = sorted(answers.iter().map(|answer| answer.last));
    table.milliseconds(format!("keystroke at {name}, to first diagnostics"), percentile(&first, 50), Some(limit));
    table.milliseconds("– 99 of 100".to_owned(), percentile(&first, 99), is_long.then_some(16.0));
    table.milliseconds(format!("keystroke at {name}, to last diagnostics"), percentile(&last, 50), None);
    table.milliseconds("– 99 of 100".to_owned(), percentile(&last, 99), None);
    let each = (client.processor_time() - processor_time) / keystrokes as u32;
    table.milliseconds("– processor time of the server".to_owned(), each, None);
    if is_long {
        let memory = client.memory();
        let times = |memory: usize| memory as f64 / text.len() as f64;
        table.number(format!("memory with a draft of {name}, whole server"), times(memory), " × draft", 12.0);
        table.number(
            "– beyond that of an idle server".to_owned(),
            times(memory - memory_before),
            " × draft",
            12.0,
        );
    }
    client.stop();
}

/// A thousand changes at once.
fn burst(program: &str, text: &str, table: &Table) {
    const CHANGES: usize = 1000;
    let mut client = Client::start(program);
    client.open(URI, text);
    client.notify("$/setTrace", json!({ "value": "messages" }));
    let line = text.lines().count() / 2;
    (0..CHANGES).for_each(|index| client.change(URI, line, index + 2));
    client.settle();
    let passes = client.take(|message| message["method"] == "$/logTrace");
    table.number(format!("burst of {CHANGES} changes at 100 kB"), passes as f64, " lint passes", 20.0);
    client.stop();
}

/// Asks for the outline and for a hover while a change comes every five milliseconds.
fn requests_under_changes(program: &str, text: &str, table: &Table) {
    const LIMIT: f64 = 5.0;
    let mut client = Client::start(program);
    client.open(URI, text);
    let line = text.lines().count() / 2;
    let document = json!({ "uri": URI });
    let hover = json!({ "textDocument": document, "position": { "line": line, "character": 30 } });
    let requests = [
        ("outline", "textDocument/documentSymbol", json!({ "textDocument": document })),
        ("hover", "textDocument/hover", hover),
    ];
    let mut version = 1;
    for (name, method, params) in requests {
        let ask = |_| {
            for _ in 0..3 {
                version += 1;
                client.change(URI, line, version);
                std::thread::sleep(Duration::from_millis(5));
            }
            client.request(method, &params)
        };
        let times = sorted((0..60).map(ask));
        table.milliseconds(format!("{name} at 1 MB under changes"), percentile(&times, 50), Some(LIMIT));
        table.milliseconds("– 95 of 100".to_owned(), percentile(&times, 95), None);
    }
    client.settle();
    client.stop();
}

/// Many drafts that are open at once.
fn many_drafts(program: &str, text: &str, table: &Table) {
    const DRAFTS: usize = 500;
    let mut client = Client::start(program);
    (0..DRAFTS).for_each(|index| client.show(&format!("untitled:{index}"), text));
    client.settle();
    table.number(format!("{DRAFTS} open drafts of 10 kB"), client.memory() as f64 / 1e6, " MB", 200.0);
    client.stop();
}

fn sorted(times: impl Iterator<Item = Duration>) -> Vec<Duration> {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times
}

fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() * share / 100).min(sorted.len() - 1)]
}

/// Whole lines of a text, as many as make so many bytes.
fn taken_from(text: &str, bytes: usize) -> String {
    let mut taken = String::new();
    for line in text.lines().cycle() {
        if taken.len() >= bytes {
            break;
        }
        taken.push_str(line);
        taken.push('\n');
    }
    taken
}

/// A report of about so many bytes, in which every item is about something of its own.
fn generated(bytes: usize) -> String {
    let mut text = String::from("清河县工作总结\n");
    let mut section = 0;
    while text.len() < bytes {
        section += 1;
        text.push_str(&format!("{section}、{}工作\n", words(section * 8)));
        for item in 1..=8 {
            let number = section * 8 + item;
            text.push_str(&format!(
                "（{}）推进{}。全年新建{}{}处，{}投入{}.{item}万元，{}得到群众认可。\n",
                jiaogao::numeral::format_han(item as u64),
                words(number * 5),
                words(number * 5 + 1),
                number * 37 % 991,
                words(number * 5 + 2),
                number * 53 % 9973,
                words(number * 5 + 3),
            ));
        }
    }
    text
}

/// Four Han characters that no other number has.
fn words(number: usize) -> String {
    const FIRST: usize = 0x4E00;
    const COUNT: usize = 20_000;
    let places = [1, 3, 7, 11];
    places
        .iter()
        .filter_map(|step| char::from_u32((FIRST + number * 7919 * step % COUNT) as u32))
        .collect()
}

//! Random edits: whatever a client sends, the server's text is the one that an independent model of the protocol has, and what it finds is what it
//! would find in that text opened afresh.

#[path = "lsp/client.rs"]
#[expect(dead_code, reason = "the other tests use more of the client")]
mod client;
#[path = "lsp/model.rs"]
mod model;
#[path = "lsp/protocol.rs"]
mod protocol;

use client::Client;
use model::{Change, Model};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

const URI: &str = "untitled:edited";
const FRESH: &str = "untitled:fresh";

/// Tries the same cases each time; `PROPTEST_RNG_SEED=7 cargo test --test sync` tries others.
fn runner(cases: u32) -> TestRunner {
    let mut config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(1);
    }
    TestRunner::new(config)
}

/// Pieces of reports, and characters that are easily miscounted.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "",
        "\u{20BB7}",
        "\u{1F600}",
        "\r",
        "\n",
        "\r\n",
        "\u{2028}",
        "\0",
        "\u{FEFF}",
        "\u{0B}",
        "e\u{301}",
        "一、",
        "二、",
        "（一）",
        "一是",
        "二是",
        "三是",
        "办展览。",
        "完成",
        "136.7万亩",
        "176万亩",
        "，",
        "“",
        "”",
        "?",
        " ",
        "\u{3000}",
        "# ",
        "- ",
        "| 甲 | 乙 |\n|---|---|\n",
        "全县粮食总产十二万吨，增长一成。",
        "<!-- jiaogao-ignore -->",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..6).prop_map(|pieces| pieces.concat())
}

fn change() -> impl Strategy<Value = Change> {
    let position = || (0u32..6, prop_oneof![8 => 0u32..24, 1 => Just(u32::MAX)]);
    let range = prop_oneof![
        1 => Just(None),
        9 => (position(), position()).prop_map(Some),
        6 => position().prop_map(|at| Some((at, at))),
    ];
    (range, text()).prop_map(|(range, text)| Change { range, text })
}

async fn diagnostics(client: &mut Client, uri: &str) -> Value {
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } })).await;
    // The address stands in related places.
    serde_json::from_str(&report["items"].to_string().replace(uri, "")).expect("JSON")
}

/// Every request about a place must be answered, wherever the place is.
async fn ask_everything(client: &mut Client, (line, character): (u32, u32)) {
    let document = json!({ "uri": URI });
    let position = json!({ "line": line, "character": character });
    for method in ["hover", "definition", "documentHighlight", "completion", "prepareRename"] {
        client
            .request(
                &format!("textDocument/{method}"),
                json!({ "textDocument": document, "position": position }),
            )
            .await;
    }
    let range = client::range((0, 0), (line, character));
    let context = json!({ "diagnostics": [] });
    client
        .request(
            "textDocument/codeAction",
            json!({ "textDocument": document, "range": range, "context": context }),
        )
        .await;
    client
        .request(
            "textDocument/selectionRange",
            json!({ "textDocument": document, "positions": [position] }),
        )
        .await;
    client.request("textDocument/foldingRange", json!({ "textDocument": document })).await;
    client.request("jiaogao/figures", json!({ "textDocument": document })).await;
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": document })).await;
    assert_nested(&symbols, (0, 0), (u64::MAX, 0));
}

/// Symbols stand in their parents, one after the other, and hold their own names.
fn assert_nested(symbols: &Value, start: (u64, u64), end: (u64, u64)) {
    let at = |position: &Value| {
        (
            position["line"].as_u64().expect("a line"),
            position["character"].as_u64().expect("a character"),
        )
    };
    let mut last = start;
    for symbol in symbols.as_array().into_iter().flatten() {
        let (range, name) = (&symbol["range"], &symbol["selectionRange"]);
        let (start, stop) = (at(&range["start"]), at(&range["end"]));
        assert!(last <= start && start <= stop && stop <= end, "{symbol:#}");
        assert!(start <= at(&name["start"]) && at(&name["end"]) <= stop, "{symbol:#}");
        assert_nested(&symbol["children"], start, stop);
        last = stop;
    }
}

async fn check(language: &str, is_utf16: bool, start: &str, messages: &[Vec<Change>]) {
    let encoding = if is_utf16 { "utf-16" } else { "utf-8" };
    let capabilities = json!({ "general": { "positionEncodings": [encoding] }, "textDocument": { "diagnostic": {}, "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let mut client = Client::start_with(capabilities).await;
    let mut model = Model::new(start, is_utf16);
    client.open(URI, language, start).await;
    for (index, changes) in messages.iter().enumerate() {
        let version = index as i32 + 2;
        client.change(URI, version, changes.iter().map(Change::json).collect()).await;
        changes.iter().for_each(|change| model.apply(change));
        if index % 4 == 0 {
            // What has been read in between must not be taken for what the text says now.
            diagnostics(&mut client, URI).await;
            let place = changes.iter().filter_map(|change| change.range).map(|(start, _)| start).next();
            ask_everything(&mut client, place.unwrap_or_default()).await;
        }
    }
    assert_eq!(client.text(URI).await, model.text());
    client.open(FRESH, language, &model.text()).await;
    assert_eq!(
        diagnostics(&mut client, URI).await,
        diagnostics(&mut client, FRESH).await,
        "{:?}",
        model.text()
    );
    client.finish().await;
}

/// A draft so long that what was found before is shown, moved, until it has been linted again.
fn long_draft(start: &str) -> String {
    let line = |number: u32| {
        let word: String = (0..4)
            .filter_map(|step| char::from_u32(0x4E00 + (number * 7919 + step * 131) % 20_000))
            .collect();
        format!("本处办理{word}一事，用时{number}天。\n")
    };
    format!("{start}\n\n{}", (0..700).map(line).collect::<String>())
}

/// The last diagnostics that were pushed for a draft once the server has come to rest.
async fn pushed(client: &mut Client, uri: &str) -> Value {
    let published = client.last_published(uri).await;
    let diagnostics = published.map_or(json!([]), |published| published["diagnostics"].clone());
    serde_json::from_str(&diagnostics.to_string().replace(uri, "")).expect("JSON")
}

async fn check_pushed(language: &str, start: &str, messages: &[Vec<Change>]) {
    let mut client = Client::start().await;
    let start = long_draft(start);
    let mut model = Model::new(&start, true);
    client.open(URI, language, &start).await;
    let mut last = pushed(&mut client, URI).await;
    for (index, changes) in messages.iter().enumerate() {
        client.change(URI, index as i32 + 2, changes.iter().map(Change::json).collect()).await;
        changes.iter().for_each(|change| model.apply(change));
        if index % 3 == 0
            && let Some(published) = client.last_published(URI).await
        {
            last = published["diagnostics"].clone();
        }
    }
    if let Some(published) = client.last_published(URI).await {
        last = published["diagnostics"].clone();
    }
    client.open(FRESH, language, &model.text()).await;
    let fresh = pushed(&mut client, FRESH).await;
    let last: Value = serde_json::from_str(&last.to_string().replace(URI, "")).expect("JSON");
    assert_eq!(last, fresh, "{:?}", model.text());
    client.finish().await;
}

#[test]
fn what_is_pushed_last_is_what_a_fresh_lint_finds() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut runner = runner(6);
    let messages = prop::collection::vec(prop::collection::vec(change(), 1..3), 1..6);
    let language = prop::sample::select(vec!["markdown", "plaintext"]);
    let result = runner.run(&(language, text(), messages), |(language, start, messages)| {
        runtime.block_on(check_pushed(language, &start, &messages));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

/// What a person does to a long draft, told by shares of its length in lines.
#[derive(Debug, Clone)]
enum Step {
    Type(f64, u32, String),
    Delete(f64, u32),
    /// Copies lines to another place.
    Paste(f64, u32, f64),
    /// Moves lines to another place.
    Move(f64, u32, f64),
    Undo,
    /// Waits until the server is at rest.
    Pause,
    /// Asks what stands somewhere.
    Look(f64),
}

fn step() -> impl Strategy<Value = Step> {
    let place = || 0.0..1.0;
    prop_oneof![
        6 => (place(), 0u32..30, text()).prop_map(|(at, column, text)| Step::Type(at, column, text.replace('\r', ""))),
        2 => (place(), 1u32..20).prop_map(|(at, lines)| Step::Delete(at, lines)),
        2 => (place(), 1u32..20, place()).prop_map(|(from, lines, to)| Step::Paste(from, lines, to)),
        2 => (place(), 1u32..20, place()).prop_map(|(from, lines, to)| Step::Move(from, lines, to)),
        2 => Just(Step::Undo),
        1 => Just(Step::Pause),
        1 => place().prop_map(Step::Look),
    ]
}

/// A draft that is edited in whole lines and columns that are surely there, so that each change can be taken back.
struct Edited {
    model: Model,
    inverses: Vec<Change>,
}

impl Edited {
    fn line(&self, share: f64) -> u32 {
        let lines = self.model.chars.iter().filter(|char| **char == '\n').count();
        (share * lines as f64) as u32
    }

    fn replace(&mut self, range: ((u32, u32), (u32, u32)), text: String) -> Change {
        let (start, end) = (self.model.offset(range.0), self.model.offset(range.1));
        let removed = self.model.chars[start..end].iter().collect();
        let before = Edited::position(&self.model.chars[..start]);
        let behind = Edited::position(&[&self.model.chars[..start], &text.chars().collect::<Vec<_>>()].concat());
        self.inverses.push(Change {
            range: Some((before, behind)),
            text: removed,
        });
        let change = Change { range: Some(range), text };
        self.model.apply(&change);
        change
    }

    /// Where a text ends.
    fn position(chars: &[char]) -> (u32, u32) {
        let line = chars.iter().filter(|char| **char == '\n').count();
        let last = chars.rsplit(|char| *char == '\n').next().unwrap_or_default();
        (line as u32, last.iter().map(|char| char.len_utf16() as u32).sum())
    }

    fn changes(&mut self, step: &Step) -> Vec<Change> {
        let lines = |from: u32, count: u32| ((from, 0), (from + count, 0));
        match step {
            Step::Type(at, column, text) => {
                let at = (self.line(*at), *column);
                vec![self.replace((at, at), text.clone())]
            }
            Step::Delete(at, count) => vec![self.replace(lines(self.line(*at), *count), String::new())],
            Step::Paste(from, count, to) => {
                let text = self.text_of(lines(self.line(*from), *count));
                let to = (self.line(*to), 0);
                vec![self.replace((to, to), text)]
            }
            Step::Move(from, count, to) => {
                let from = lines(self.line(*from), *count);
                let text = self.text_of(from);
                let cut = self.replace(from, String::new());
                let to = (self.line(*to), 0);
                vec![cut, self.replace((to, to), text)]
            }
            Step::Undo => {
                let inverse = self.inverses.pop();
                inverse.iter().for_each(|inverse| self.model.apply(inverse));
                inverse.into_iter().collect()
            }
            Step::Pause | Step::Look(_) => Vec::new(),
        }
    }

    fn text_of(&self, (start, end): ((u32, u32), (u32, u32))) -> String {
        self.model.chars[self.model.offset(start)..self.model.offset(end)].iter().collect()
    }
}

async fn check_long_session(language: &str, start: &str, steps: &[Step]) {
    let capabilities = json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let mut client = Client::start_with(capabilities).await;
    let start = long_draft(&start.replace('\r', ""));
    let model = Model::new(&start, true);
    let mut edited = Edited { model, inverses: Vec::new() };
    client.open(URI, language, &start).await;
    let mut last = None;
    for (index, step) in steps.iter().enumerate() {
        let changes = edited.changes(step);
        if !changes.is_empty() {
            client.change(URI, index as i32 + 2, changes.iter().map(Change::json).collect()).await;
        }
        match step {
            Step::Pause => last = client.last_published(URI).await.or(last),
            Step::Look(at) => ask_everything(&mut client, (edited.line(*at), 8)).await,
            _ => {}
        }
    }
    last = client.last_published(URI).await.or(last);
    let text = edited.model.text();
    assert_eq!(client.text(URI).await, text);
    client.open(FRESH, language, &text).await;
    let fresh = pushed(&mut client, FRESH).await;
    let last = last.map_or(json!([]), |published| published["diagnostics"].clone());
    let last: Value = serde_json::from_str(&last.to_string().replace(URI, "")).expect("JSON");
    assert_eq!(last, fresh, "{text:?}");
    client.finish().await;
}

#[test]
fn a_long_session_ends_with_what_a_fresh_lint_finds() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut runner = runner(12);
    let steps = prop::collection::vec(step(), 1..24);
    let language = prop::sample::select(vec!["markdown", "plaintext"]);
    let result = runner.run(&(language, text(), steps), |(language, start, steps)| {
        runtime.block_on(check_long_session(language, &start, &steps));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn edited_drafts_equal_fresh_ones() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut runner = runner(200);
    let messages = prop::collection::vec(prop::collection::vec(change(), 1..4), 0..16);
    let language = prop::sample::select(vec!["markdown", "plaintext"]);
    let cases = (language, any::<bool>(), text(), messages);
    let result = runner.run(&cases, |(language, is_utf16, start, messages)| {
        runtime.block_on(check(language, is_utf16, &start, &messages));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

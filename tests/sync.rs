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
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

const URI: &str = "untitled:edited";
const FRESH: &str = "untitled:fresh";

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
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    let messages = prop::collection::vec(prop::collection::vec(change(), 1..3), 1..6);
    let language = prop::sample::select(vec!["markdown", "plaintext"]);
    let result = runner.run(&(language, text(), messages), |(language, start, messages)| {
        runtime.block_on(check_pushed(language, &start, &messages));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn edited_drafts_equal_fresh_ones() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    let messages = prop::collection::vec(prop::collection::vec(change(), 1..4), 0..16);
    let language = prop::sample::select(vec!["markdown", "plaintext"]);
    let cases = (language, any::<bool>(), text(), messages);
    let result = runner.run(&cases, |(language, is_utf16, start, messages)| {
        runtime.block_on(check(language, is_utf16, &start, &messages));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

//! The outline and what is made of it.

use serde_json::{Value, json};

use crate::apply::slice;
use crate::client::Client;

const URI: &str = "untitled:Untitled-1";
const DRAFT: &str = "\u{20BB7}镇工作总结\n\n一、主要做法\n1、抓示范。\n选点培育，带动全镇。\n2、抓活动。一是办展览，参观者众；二是办讲座。三是办比赛。\n二、下一步打算\n表1 进度\n再接再厉。\n";

fn document() -> Value {
    json!({ "textDocument": { "uri": URI } })
}

fn at(line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } })
}

async fn open() -> Client {
    let mut client = Client::start_with(json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } })).await;
    client.open(URI, "plaintext", DRAFT).await;
    client
}

async fn finish(mut client: Client) {
    client.disregard_published(URI).await;
    client.finish().await;
}

fn tree(symbols: &Value, depth: usize, out: &mut Vec<String>) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let title = slice(DRAFT, &symbol["selectionRange"]);
        assert!(slice(DRAFT, &symbol["range"]).contains(&title));
        out.push(format!("{}{}", "  ".repeat(depth), symbol["name"].as_str().expect("a name")));
        tree(&symbol["children"], depth + 1, out);
    }
}

#[tokio::test]
async fn the_outline_is_the_numbering() {
    let mut client = open().await;
    let symbols = client.request("textDocument/documentSymbol", document()).await;
    let mut lines = Vec::new();
    tree(&symbols, 0, &mut lines);
    let expected = [
        "一、主要做法",
        "  1、抓示范",
        "  2、抓活动",
        "    一是办展览，参观者众",
        "    二是办讲座",
        "    三是办比赛",
        "二、下一步打算",
        "  表1 进度",
    ];
    assert_eq!(lines, expected);
    finish(client).await;
}

#[tokio::test]
async fn a_flat_client_gets_a_flat_outline() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", DRAFT).await;
    let symbols = client.request("textDocument/documentSymbol", document()).await;
    assert_eq!(symbols.as_array().map(Vec::len), Some(8));
    assert_eq!(
        (&symbols[1]["name"], &symbols[1]["containerName"]),
        (&json!("1、抓示范"), &json!("一、主要做法"))
    );
    finish(client).await;
}

#[tokio::test]
async fn sections_fold() {
    let mut client = open().await;
    let ranges = client.request("textDocument/foldingRange", document()).await;
    let lines = |range: &Value| (range["startLine"].as_u64().expect("a line"), range["endLine"].as_u64().expect("a line"));
    let folds: Vec<_> = ranges.as_array().expect("a list").iter().map(lines).collect();
    assert_eq!(folds, [(2, 5), (3, 4), (6, 8)]);
    finish(client).await;
}

#[tokio::test]
async fn selections_grow_from_the_clause_to_the_draft() {
    let mut client = open().await;
    let params = json!({ "textDocument": { "uri": URI }, "positions": [{ "line": 5, "character": 11 }, { "line": 99, "character": 0 }] });
    let selections = client.request("textDocument/selectionRange", params).await;
    let mut grown = Vec::new();
    let mut selection = &selections[0];
    while !selection.is_null() {
        grown.push(slice(DRAFT, &selection["range"]));
        selection = &selection["parent"];
    }
    assert_eq!(grown[0], "一是办展览");
    assert_eq!(grown.last().map(String::as_str), Some(DRAFT));
    assert!(
        grown.windows(2).all(|pair| pair[1].contains(&pair[0]) && pair[0] != pair[1]),
        "{grown:#?}"
    );
    assert!(
        grown
            .iter()
            .any(|text| text.starts_with("一、主要做法") && text.ends_with("三是办比赛。")),
        "{grown:#?}"
    );
    assert_eq!(selections.as_array().map(Vec::len), Some(2));
    finish(client).await;
}

#[tokio::test]
async fn a_label_tells_its_place() {
    let mut client = open().await;
    let hover = client.request("textDocument/hover", at(5, 18)).await;
    assert_eq!(hover["contents"]["value"], "第2项，共3项");
    assert_eq!(slice(DRAFT, &hover["range"]), "二是");
    assert_eq!(client.request("textDocument/hover", at(4, 2)).await, Value::Null);
    finish(client).await;
}

#[tokio::test]
async fn the_next_label_is_offered_where_one_may_stand() {
    let mut client = open().await;
    let labels = |items: Value| -> Vec<String> {
        let items = items.as_array().expect("a list").clone();
        items.iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    };
    client
        .change(
            URI,
            2,
            json!([{ "range": { "start": { "line": 5, "character": 29 }, "end": { "line": 5, "character": 29 } }, "text": "\n" }]),
        )
        .await;
    let items = client.request("textDocument/completion", at(6, 0)).await;
    assert_eq!(labels(items), ["四是", "3、", "二、"]);
    client
        .change(
            URI,
            3,
            json!([{ "range": { "start": { "line": 5, "character": 29 }, "end": { "line": 6, "character": 0 } }, "text": "四" }]),
        )
        .await;
    let items = client.request("textDocument/completion", at(5, 30)).await;
    assert_eq!(items[0]["textEdit"]["range"]["start"]["character"], 29);
    assert_eq!(labels(items), ["四是"]);
    assert_eq!(labels(client.request("textDocument/completion", at(5, 12)).await), Vec::<String>::new());
    finish(client).await;
}

#[tokio::test]
async fn requests_about_files_that_are_not_open_are_answered_from_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("甲 乙.md");
    std::fs::write(&path, "# 总结\n").expect("written");
    let uri = tower_lsp::ls_types::Uri::from_file_path(&path).expect("an address").as_str().to_owned();
    let mut client = Client::start().await;
    let symbols = client
        .request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }))
        .await;
    assert_eq!(symbols[0]["name"], "总结");
    assert_eq!(client.request("textDocument/documentSymbol", document()).await, Value::Null);
    client.finish().await;
}

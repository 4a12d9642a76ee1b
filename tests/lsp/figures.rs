//! Figures and references as something to follow.

use serde_json::{Value, json};

use crate::apply::{apply, slice};
use crate::client::Client;

const URI: &str = "untitled:Untitled-1";
const AREA: &str = "\u{20BB7}\u{1F600}县总结\n一、概况\n全县粮食面积136.7万亩，蔬菜面积12万亩。\n二、成效\n落实粮食面积1367000亩。全县粮食面积一百三十六点七万亩。\n";
const CLASSES: &str = "一、基本情况\n学校现有48个教学班，学生2364人。\n二、主要工作\n（一）德育\n组织学生参观，46个教学班全部完成班级文化建设。\n";

fn at(line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } })
}

async fn open(text: &str) -> Client {
    let mut client = Client::start_with(json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } })).await;
    client.open(URI, "plaintext", text).await;
    client
}

async fn finish(mut client: Client) {
    client.disregard_published(URI).await;
    client.finish().await;
}

fn slices(text: &str, places: &Value) -> Vec<String> {
    places
        .as_array()
        .expect("a list")
        .iter()
        .map(|place| slice(text, &place["range"]))
        .collect()
}

#[tokio::test]
async fn the_mentions_of_a_fact_lead_to_each_other() {
    let mut client = open(AREA).await;
    let mut params = at(4, 8);
    params["context"] = json!({ "includeDeclaration": true });
    let references = client.request("textDocument/references", params).await;
    assert_eq!(slices(AREA, &references), ["136.7万亩", "1367000亩", "一百三十六点七万亩"]);
    let highlights = client.request("textDocument/documentHighlight", at(2, 7)).await;
    assert_eq!(slices(AREA, &highlights), ["136.7万亩", "1367000亩", "一百三十六点七万亩"]);
    let definition = client.request("textDocument/definition", at(4, 8)).await;
    assert_eq!(definition["range"]["start"], json!({ "line": 2, "character": 6 }));
    assert_eq!(client.request("textDocument/definition", at(0, 1)).await, Value::Null);
    finish(client).await;
}

#[tokio::test]
async fn a_figure_tells_what_it_was_read_as() {
    let mut client = open(AREA).await;
    let hover = client.request("textDocument/hover", at(2, 7)).await;
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(text.starts_with("粮食面积：1367000亩"), "{text}");
    assert!(
        text.contains("第5行（二、成效） 1367000亩") && text.contains("一百三十六点七万亩"),
        "{text}"
    );
    assert_eq!(slice(AREA, &hover["range"]), "136.7万亩");
    finish(client).await;
}

#[tokio::test]
async fn a_figure_is_renamed_in_each_mentions_own_form() {
    for (name, expected) in [
        ("176万亩", ["176万亩", "1760000亩", "一百七十六万亩"]),
        ("176", ["176万亩", "1760000亩", "一百七十六万亩"]),
        ("1,760,000亩", ["176万亩", "1760000亩", "一百七十六万亩"]),
        ("一百七十六点五万亩", ["176.5万亩", "1765000亩", "一百七十六点五万亩"]),
    ] {
        let mut client = open(AREA).await;
        let prepared = client.request("textDocument/prepareRename", at(2, 7)).await;
        assert_eq!(prepared["placeholder"], "136.7万亩");
        let mut params = at(2, 7);
        params["newName"] = json!(name);
        let edit = client.request("textDocument/rename", params).await;
        let change = &edit["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
        let renamed = apply(AREA, &change["edits"]);
        let old = ["136.7万亩", "1367000亩", "一百三十六点七万亩"];
        let wanted = old.iter().zip(expected).fold(AREA.to_owned(), |text, (old, new)| text.replace(old, new));
        assert_eq!(renamed, wanted, "{name}");
        finish(client).await;
    }
}

#[tokio::test]
async fn what_is_no_figure_is_not_renamed() {
    let mut client = open(AREA).await;
    assert_eq!(client.request("textDocument/prepareRename", at(0, 1)).await, Value::Null);
    for name in ["", "很多", "176公斤", "176万亩左右", "近176万亩"] {
        let mut params = at(2, 7);
        params["newName"] = json!(name);
        let code = client.request_error("textDocument/rename", params).await;
        assert_eq!(code, -32602, "{name}");
    }
    finish(client).await;
}

#[tokio::test]
async fn a_contradiction_is_settled_for_all_mentions() {
    let mut client = open(CLASSES).await;
    let place = json!({ "start": { "line": 4, "character": 8 }, "end": { "line": 4, "character": 8 } });
    let params = json!({ "textDocument": { "uri": URI }, "range": place, "context": { "diagnostics": [], "only": ["quickfix"] } });
    let actions = client.request("textDocument/codeAction", params).await;
    let action = |title: &str| {
        let mut actions = actions.as_array().expect("a list").iter();
        actions
            .find(|action| action["title"] == title)
            .unwrap_or_else(|| panic!("{title}: {actions:#?}"))
    };
    for (title, expected) in [
        ("2处全部改为48个", CLASSES.replace("46个", "48个")),
        ("2处全部改为46个", CLASSES.replace("48个", "46个")),
    ] {
        assert_eq!(apply(CLASSES, &action(title)["edit"]["documentChanges"][0]["edits"]), expected);
        client.change(URI, 2, json!([{ "text": expected }])).await;
        let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await;
        assert!(
            report["items"]
                .as_array()
                .expect("a list")
                .iter()
                .all(|item| item["code"] != "figure/conflict"),
            "{report:#}"
        );
        client.change(URI, 1, json!([{ "text": CLASSES }])).await;
    }
    finish(client).await;
}

#[tokio::test]
async fn the_table_lists_every_figure() {
    let mut client = open(CLASSES).await;
    let rows = client.request("jiaogao/figures", json!({ "textDocument": { "uri": URI } })).await;
    let rows = rows.as_array().expect("a list");
    let shown: Vec<(&str, &str, bool)> = rows
        .iter()
        .map(|row| {
            (
                row["text"].as_str().expect("a text"),
                row["value"].as_str().expect("a value"),
                row["conflict"] == true,
            )
        })
        .collect();
    assert_eq!(shown, [("48个", "48", true), ("2364人", "2364", false), ("46个", "46", true)]);
    assert_eq!((&rows[2]["section"], &rows[2]["unit"]), (&json!("（一）德育"), &json!("个")));
    assert_eq!(slice(CLASSES, &rows[2]["range"]), "46个");
    assert_eq!(
        client
            .request("jiaogao/figures", json!({ "textDocument": { "uri": "untitled:none" } }))
            .await,
        Value::Null
    );
    finish(client).await;
}

#[tokio::test]
async fn references_lead_to_what_they_name() {
    let text = "一、概况\n产量见表1，面积见表2。\n表1 产量\n表2 面积\n二、说明\n详见表2。\n";
    let mut client = open(text).await;
    let definition = client.request("textDocument/definition", at(5, 3)).await;
    assert_eq!(definition["range"]["start"], json!({ "line": 3, "character": 0 }));
    let hover = client.request("textDocument/hover", at(5, 3)).await;
    assert_eq!(hover["contents"]["value"], "第4行：表2 面积");
    let mut params = at(3, 1);
    params["context"] = json!({ "includeDeclaration": false });
    let references = client.request("textDocument/references", params).await;
    let lines: Vec<u64> = references
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|place| place["range"]["start"]["line"].as_u64())
        .collect();
    assert_eq!(lines, [1, 5]);
    finish(client).await;
}

#[tokio::test]
async fn a_label_tells_the_count_that_was_announced() {
    let text = "今年主要开展三项活动：一是办展览。二是办讲座。三是办比赛。四是办表彰。\n";
    let mut client = open(text).await;
    let hover = client.request("textDocument/hover", at(0, 17)).await;
    let shown = hover["contents"]["value"].as_str().expect("a text");
    assert!(shown.starts_with("第2项，共4项；前文称“三项"), "{shown}");
    finish(client).await;
}

//! Every fix that is offered gives the text it promises.

use serde_json::{Value, json};

use crate::apply::{apply, slice};
use crate::client::Client;

const URI: &str = "file:///drafts/a%20b/%E7%A8%BF.md";

fn capabilities() -> Value {
    json!({
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        "textDocument": { "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } } },
    })
}

fn whole() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } })
}

async fn actions(client: &mut Client, range: Value, only: Option<&str>) -> Vec<Value> {
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client
        .request("textDocument/codeAction", params)
        .await
        .as_array()
        .expect("a list")
        .clone()
}

/// The edits of the draft, which must be made for its version.
fn edits(edit: &Value, version: i32) -> &Value {
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": version }));
    &change["edits"]
}

#[tokio::test]
async fn every_fix_of_every_example_takes_its_finding_away() {
    let mut client = Client::start_with(capabilities()).await;
    let mut applied = 0;
    for rule in jiaogao::rules::RULES.iter().filter(|rule| rule.meta().default) {
        for example in rule.meta().examples {
            let language = match example.format {
                jiaogao::source::Format::Markdown => "markdown",
                _ => "plaintext",
            };
            client.open(URI, language, example.wrong).await;
            for action in actions(&mut client, whole(), Some("quickfix")).await {
                let diagnostic = &action["diagnostics"][0];
                let is_fix = action["edit"]["documentChanges"][0]["textDocument"]["uri"] == URI;
                if diagnostic["code"] != rule.meta().name || !is_fix {
                    continue;
                }
                let fixed = apply(example.wrong, edits(&action["edit"], 1));
                client.change(URI, 2, json!([{ "text": fixed }])).await;
                let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await;
                let count = |items: &Value| {
                    items
                        .as_array()
                        .map_or(0, |items| items.iter().filter(|item| item["code"] == rule.meta().name).count())
                };
                client.change(URI, 1, json!([{ "text": example.wrong }])).await;
                let before = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await;
                assert!(
                    count(&report["items"]) < count(&before["items"]),
                    "{} stays after {action:#}:\n{fixed}",
                    rule.meta().name
                );
                applied += 1;
            }
            client.close(URI).await;
        }
    }
    assert!(applied > 20, "only {applied} fixes were offered");
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn actions_belong_to_what_the_cursor_touches() {
    let text = "# 总结\n\n一是办展览。二是办讲座。三是办比赛。三是办表彰。\n\n今年，全县狠抓落实。\n";
    let mut client = Client::start_with(capabilities()).await;
    client.open(URI, "markdown", text).await;
    let at =
        |line: u32, character: u32| json!({ "start": { "line": line, "character": character }, "end": { "line": line, "character": character } });
    assert_eq!(actions(&mut client, at(0, 2), None).await, Vec::<Value>::new());
    let found = actions(&mut client, at(2, 19), None).await;
    let fix = found
        .iter()
        .find(|action| action["diagnostics"][0]["code"] == "sequence/repeat")
        .expect("a fix");
    assert_eq!(slice(text, &fix["diagnostics"][0]["range"]), "三是");
    assert_eq!(apply(text, edits(&fix["edit"], 1)), text.replace("三是办表彰", "四是办表彰"));
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn a_client_without_document_changes_gets_plain_ones() {
    let text = "一是办展览。二是办讲座。三是办比赛。三是办表彰。\n";
    let mut client = Client::start().await;
    client.open(URI, "markdown", text).await;
    let found = actions(&mut client, whole(), Some("quickfix")).await;
    assert_eq!(apply(text, &found[0]["edit"]["changes"][URI]), text.replace("三是办表彰", "四是办表彰"));
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn a_finding_can_be_silenced_here_and_in_the_file() {
    let text = "---\ntitle: 总结\n---\n\n# 总结\n\n一是办展览。二是办讲座。三是办比赛。三是办表彰。\n\n| 县 | 活动 |\n|---|---|\n| 甲 | 一是办展览；二是办讲座；二是办比赛。 |\n\n- 一是办展览；二是办讲座；二是办比赛。\n";
    let mut client = Client::start_with(capabilities()).await;
    client.open(URI, "markdown", text).await;
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await;
    let repeats = |report: &Value| -> Vec<Value> {
        let items = report["items"].as_array().expect("a list").iter();
        items
            .filter(|item| item["code"] == "sequence/repeat")
            .map(|item| item["range"].clone())
            .collect()
    };
    let before = repeats(&report);
    assert!(before.len() >= 2, "{report:#}");
    for range in &before {
        for (wanted, left) in [("在这里忽略", before.len() - 1), ("在本文件中忽略", 0)] {
            let found = actions(&mut client, range.clone(), Some("quickfix")).await;
            let action = found
                .iter()
                .find(|action| action["title"].as_str().is_some_and(|title| title.starts_with(wanted)));
            let silenced = apply(text, edits(&action.expect("an action")["edit"], 1));
            client.change(URI, 2, json!([{ "text": silenced }])).await;
            let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await;
            assert_eq!(repeats(&report).len(), left, "{wanted}:\n{silenced}");
            client.change(URI, 1, json!([{ "text": text }])).await;
        }
    }
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn a_rule_can_be_turned_off_in_the_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = folder.path().join("稿.txt");
    std::fs::write(&draft, "").expect("written");
    let uri = tower_lsp::ls_types::Uri::from_file_path(&draft).expect("an address").as_str().to_owned();
    let mut client = Client::start_with(capabilities()).await;
    client.open(&uri, "plaintext", "一是办展览。二是办讲座。三是办比赛。三是办表彰。\n").await;
    let params = json!({ "textDocument": { "uri": uri }, "range": whole(), "context": { "diagnostics": [], "only": ["quickfix"] } });
    let found = client.request("textDocument/codeAction", params).await;
    let titled = |start: &str| {
        let mut found = found.as_array().expect("a list").iter();
        found
            .find(|action| action["title"].as_str().is_some_and(|title| title.starts_with(start)))
            .expect("an action")["edit"]
            .clone()
    };
    for (title, text) in [
        ("在jiaogao.toml中关闭", "[rules]\n\"sequence/repeat\" = \"off\"\n"),
        ("在jiaogao.toml中设为", "[per-file-ignores]\n\"稿.txt\" = [\"sequence/repeat\"]\n"),
    ] {
        let edit = titled(title);
        assert_eq!(edit["documentChanges"][0]["kind"], "create");
        assert_eq!(apply("", &edit["documentChanges"][1]["edits"]), text);
        std::fs::write(folder.path().join("jiaogao.toml"), text).expect("written");
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
        let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } })).await;
        assert_eq!(report["items"], json!([]), "{text}");
        std::fs::remove_file(folder.path().join("jiaogao.toml")).expect("removed");
    }
    client.disregard_published(&uri).await;
    client.finish().await;
}

#[tokio::test]
async fn fix_all_applies_what_is_safe_and_only_that() {
    let text = "\u{1F600}今年我县粮食总产\u{200B}十二万吨，\u{200B}增长一成。一是办展览。二是办讲座。三是办比赛。三是办表彰。\n";
    let mut client = Client::start_with(capabilities()).await;
    client.open(URI, "markdown", text).await;
    for only in ["source", "source.fixAll", "source.fixAll.jiaogao"] {
        let found = actions(&mut client, whole(), Some(only)).await;
        assert_eq!(found.len(), 1, "{only}");
        assert_eq!(found[0]["kind"], "source.fixAll.jiaogao");
        assert_eq!(found[0].get("edit"), None);
        let resolved = client.request("codeAction/resolve", found[0].clone()).await;
        assert_eq!(apply(text, edits(&resolved["edit"], 1)), text.replace('\u{200B}', ""));
    }
    let stale = actions(&mut client, whole(), Some("source.fixAll")).await[0].clone();
    client.change(URI, 2, json!([{ "text": "" }])).await;
    assert_eq!(client.request_error("codeAction/resolve", stale).await, -32801);
    assert_eq!(actions(&mut client, whole(), Some("source.fixAll")).await, Vec::<Value>::new());
    client.disregard_published(URI).await;
    client.finish().await;
}

//! Settings from the editor and from files, and what happens when they change.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::Client;

const REPEATED: &str = "一是办展览。二是办讲座。三是办比赛。三是办表彰。\n";

fn uri(path: &Path) -> String {
    tower_lsp::ls_types::Uri::from_file_path(path).expect("an address").as_str().to_owned()
}

fn rules(published: &Value) -> Vec<&str> {
    let diagnostics = published["diagnostics"].as_array().expect("a list");
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap_or_default())
        .collect()
}

#[tokio::test]
async fn the_editors_settings_are_asked_for_and_asked_for_again() {
    const URI: &str = "untitled:Untitled-1";
    let capabilities = json!({ "workspace": { "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } } });
    let mut client = Client::start_with(capabilities).await;
    let registered = client.serve("client/registerCapability", Value::Null).await;
    assert_eq!(registered["registrations"][0]["method"], "workspace/didChangeConfiguration");
    let asked = client
        .serve("workspace/configuration", json!([{ "language": "en", "ignore": [], "path": "" }]))
        .await;
    assert_eq!(asked["items"], json!([{ "section": "jiaogao" }]));
    client.settle().await;
    client.open(URI, "plaintext", REPEATED).await;
    let published = client.published(URI).await;
    assert_eq!(rules(&published), ["sequence/repeat"]);
    assert!(
        published["diagnostics"][0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("is used twice")),
        "{published}"
    );

    client
        .change(
            URI,
            2,
            json!([{ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "甲" }]),
        )
        .await;
    client.published_at(URI, 2).await;
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    client.serve("workspace/configuration", json!([{ "ignore": ["sequence"] }])).await;
    assert_eq!(rules(&client.published(URI).await), Vec::<&str>::new());
    assert_eq!(client.text(URI).await, format!("甲{REPEATED}"));

    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    client.serve("workspace/configuration", json!([{ "ignore": ["sequences"] }])).await;
    let log = client.notification("window/logMessage").await;
    assert!(log["message"].as_str().is_some_and(|message| message.contains("sequences")), "{log}");
    client.settle().await;
    client.finish().await;
}

#[tokio::test]
async fn a_settings_file_is_watched_and_a_broken_one_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("jiaogao.toml");
    let draft = uri(&folder.path().join("稿.txt"));
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::start_with(capabilities).await;
    let registered = client.serve("client/registerCapability", Value::Null).await;
    assert_eq!(registered["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.open(&draft, "plaintext", REPEATED).await;
    assert_eq!(rules(&client.published(&draft).await), ["sequence/repeat"]);

    std::fs::write(&file, "ignore = ['sequence']\n").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    assert_eq!(rules(&client.published(&draft).await), Vec::<&str>::new());

    std::fs::write(&file, "language = 'zh'\nignore = ['sequnce']\n").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    let broken = client.published(&uri(&file)).await;
    assert_eq!(broken["diagnostics"][0]["severity"], 1);
    assert_eq!(broken["diagnostics"][0]["range"]["start"]["line"], 1);
    client.settle().await;

    std::fs::write(&file, "").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    assert_eq!(client.published(&uri(&file)).await["diagnostics"], json!([]));
    assert_eq!(rules(&client.published(&draft).await), ["sequence/repeat"]);
    client.finish().await;
}

#[tokio::test]
async fn without_a_watch_settings_files_are_looked_at_when_a_draft_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = uri(&folder.path().join("稿.txt"));
    let mut client = Client::start().await;
    client.open(&draft, "plaintext", REPEATED).await;
    assert_eq!(rules(&client.published(&draft).await), ["sequence/repeat"]);
    std::fs::write(folder.path().join("jiaogao.toml"), "ignore = ['sequence']\n").expect("written");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": draft } })).await;
    assert_eq!(rules(&client.published(&draft).await), Vec::<&str>::new());
    client.finish().await;
}

#[tokio::test]
async fn a_settings_file_that_is_opened_is_not_a_draft() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = uri(&folder.path().join("jiaogao.toml"));
    let mut client = Client::start().await;
    client.open(&file, "plaintext", REPEATED).await;
    client.settle().await;
    client.close(&file).await;
    client.finish().await;
}

#[tokio::test]
async fn a_client_that_pulls_is_told_to_pull_again() {
    const URI: &str = "untitled:Untitled-1";
    let capabilities = json!({ "workspace": { "diagnostics": { "refreshSupport": true } }, "textDocument": { "diagnostic": {} } });
    let mut client = Client::start_with(capabilities).await;
    client.open(URI, "plaintext", REPEATED).await;
    client
        .notify(
            "workspace/didChangeConfiguration",
            json!({ "settings": { "jiaogao": { "ignore": ["sequence"] } } }),
        )
        .await;
    client.serve("workspace/diagnostic/refresh", Value::Null).await;
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await;
    assert_eq!(report["items"], json!([]));
    client.finish().await;
}

#[tokio::test]
async fn the_sheet_of_official_figures_is_watched() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = folder.path().join("口径.csv");
    let draft = uri(&folder.path().join("稿.txt"));
    std::fs::write(folder.path().join("jiaogao.toml"), "figures = '口径.csv'\n").expect("written");
    std::fs::write(&sheet, "指标,数值,单位\n教学班,48,个\n").expect("written");
    let capabilities = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let mut client = Client::start_with(capabilities).await;
    client.open(&draft, "plaintext", "学校现有46个教学班。\n").await;
    let published = client.published(&draft).await;
    assert_eq!(rules(&published), ["figure/sheet"]);
    let related = &published["diagnostics"][0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], uri(&sheet));
    assert_eq!(related["location"]["range"]["start"], json!({ "line": 1, "character": 0 }));

    std::fs::write(&sheet, "指标,数值,单位\n教学班,四十八,个\n").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    let broken = client.published(&uri(&sheet)).await;
    assert_eq!(broken["diagnostics"][0]["range"]["start"]["line"], 1);
    client.settle().await;

    std::fs::write(&sheet, "指标,数值,单位\n教学班,46,个\n").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    assert_eq!(client.published(&uri(&sheet)).await["diagnostics"], json!([]));
    assert_eq!(rules(&client.published(&draft).await), Vec::<&str>::new());
    client.finish().await;
}

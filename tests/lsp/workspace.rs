//! All drafts of the workspace's folders.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

const REPEATED: &str = "一、办活动\n一是办展览。二是办讲座。三是办比赛。三是办表彰。\n";

struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        Folder(folder)
    }

    fn uri(&self, name: &str) -> String {
        let path = self.0.path().join(name);
        tower_lsp::ls_types::Uri::from_file_path(path).expect("an address").as_str().to_owned()
    }

    async fn client(&self, capabilities: Value) -> Client {
        let folders = json!([{ "uri": self.uri(""), "name": "稿" }]);
        Client::start_as(json!({ "capabilities": capabilities, "workspaceFolders": folders })).await
    }
}

fn lint() -> Value {
    json!({ "command": "jiaogao.server.lintWorkspace" })
}

#[tokio::test]
async fn the_command_lints_drafts_that_are_not_open() {
    let folder = Folder::new(&[
        ("甲.txt", REPEATED),
        ("乙/丙.md", REPEATED),
        ("好.txt", "工作顺利。\n"),
        ("旧/丁.txt", REPEATED),
        ("程序.py", REPEATED),
        ("jiaogao.toml", "exclude = ['旧/']\n"),
    ]);
    let mut client = folder.client(json!({})).await;
    client.open(&folder.uri("甲.txt"), "plaintext", "工作顺利。\n").await;
    client.published(&folder.uri("甲.txt")).await;
    let summary = client.request("workspace/executeCommand", lint()).await;
    assert_eq!(
        (&summary["drafts"], &summary["error"], &summary["complete"]),
        (&json!(3), &json!(1), &json!(true))
    );
    let published = client.published(&folder.uri("乙/丙.md")).await;
    assert_eq!(published["diagnostics"][0]["code"], "sequence/repeat");
    assert_eq!(published.get("version"), None);

    std::fs::write(folder.0.path().join("乙/丙.md"), "工作顺利。\n").expect("written");
    client.request("workspace/executeCommand", lint()).await;
    assert_eq!(client.published(&folder.uri("乙/丙.md")).await["diagnostics"], json!([]));
    client.request("workspace/executeCommand", lint()).await;
    client.settle().await;
    client.finish().await;
}

#[tokio::test]
async fn progress_is_shown_and_can_be_stopped() {
    let files: Vec<(String, &str)> = (0..200).map(|number| (format!("{number}.txt"), REPEATED)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = Folder::new(&files);
    let mut client = folder.client(json!({ "window": { "workDoneProgress": true } })).await;
    let id = client.ask("workspace/executeCommand", lint()).await;
    let token = client.serve("window/workDoneProgress/create", Value::Null).await["token"].clone();
    let begin = client.notification("$/progress").await;
    assert_eq!(
        (&begin["token"], &begin["value"]["kind"], &begin["value"]["cancellable"]),
        (&token, &json!("begin"), &json!(true))
    );
    client.notify("window/workDoneProgress/cancel", json!({ "token": token })).await;
    let mut last = client.notification("$/progress").await;
    while last["value"]["kind"] == "report" {
        last = client.notification("$/progress").await;
    }
    assert_eq!(last["value"]["kind"], "end");
    assert!(client.response(id).await["result"]["drafts"].as_u64().is_some_and(|drafts| drafts <= 200));
    for (name, _) in files {
        client.disregard_published(&folder.uri(name)).await;
    }
    client.finish().await;
}

#[tokio::test]
async fn an_unknown_command_is_refused() {
    let mut client = Client::start().await;
    assert_eq!(
        client
            .request_error("workspace/executeCommand", json!({ "command": "make.coffee" }))
            .await,
        -32602
    );
    client.finish().await;
}

#[tokio::test]
async fn the_whole_workspace_can_be_pulled() {
    let folder = Folder::new(&[("甲.txt", REPEATED), ("好.txt", "工作顺利。\n"), ("开.txt", REPEATED)]);
    let mut client = folder.client(json!({ "textDocument": { "diagnostic": {} } })).await;
    client.open(&folder.uri("开.txt"), "plaintext", REPEATED).await;
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
    let items = report["items"].as_array().expect("a list").clone();
    let mut uris: Vec<String> = items.iter().map(|item| item["uri"].as_str().expect("an address").to_owned()).collect();
    uris.sort_unstable();
    let mut expected = vec![folder.uri("甲.txt"), folder.uri("好.txt")];
    expected.sort_unstable();
    assert_eq!(uris, expected);

    // The next pull waits until there is something new.
    let previous: Vec<Value> = items
        .iter()
        .map(|item| json!({ "uri": item["uri"], "value": item["resultId"] }))
        .collect();
    let waiting = client.ask("workspace/diagnostic", json!({ "previousResultIds": previous })).await;
    client.settle().await;
    std::fs::remove_file(folder.0.path().join("甲.txt")).expect("removed");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    let report = client.response(waiting).await["result"].clone();
    for item in report["items"].as_array().expect("a list") {
        if item["uri"] == folder.uri("甲.txt") {
            assert_eq!((&item["kind"], &item["items"]), (&json!("full"), &json!([])));
        } else {
            assert_eq!(item["kind"], "unchanged");
        }
    }
    client.finish().await;
}

#[tokio::test]
async fn headings_of_all_drafts_can_be_searched() {
    let folder = Folder::new(&[("甲.txt", REPEATED), ("乙.md", "# 办实事\n\n## 概况\n")]);
    let mut client = folder.client(json!({})).await;
    client.open("untitled:Untitled-1", "markdown", "# 办好事\n").await;
    let symbols = client.request("workspace/symbol", json!({ "query": "办事" })).await;
    let mut names: Vec<&str> = symbols
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|symbol| symbol["name"].as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["办好事", "办实事"]);
    client.disregard_published("untitled:Untitled-1").await;
    client.finish().await;
}

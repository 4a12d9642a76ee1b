//! Drafts that are held against other drafts: what changes in one shows in the others.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::Client;

const REPORT: &str = "青山学校2031年工作总结\n\n学校现有48个教学班。\n";
const ANNEX: &str = "青山学校班级文化建设情况\n\n今年，46个教学班全部完成班级文化建设。\n";

fn uri(path: &Path) -> String {
    tower_lsp::ls_types::Uri::from_file_path(path).expect("an address").as_str().to_owned()
}

fn of_rule<'a>(published: &'a Value, rule: &str) -> Vec<&'a Value> {
    let diagnostics = published["diagnostics"].as_array().expect("a list");
    diagnostics.iter().filter(|diagnostic| diagnostic["code"] == rule).collect()
}

async fn start() -> Client {
    Client::start_with(json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } })).await
}

#[tokio::test]
async fn drafts_that_belong_together_are_held_against_each_other_as_they_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("jiaogao.toml", "together = ['报告.txt', '附件*.txt']\n");
    write("报告.txt", REPORT);
    write("附件1.txt", ANNEX);
    let (report, annex) = (uri(&folder.path().join("报告.txt")), uri(&folder.path().join("附件1.txt")));
    let mut client = start().await;

    // The report is read from its file.
    client.open(&annex, "plaintext", ANNEX).await;
    let published = client.published(&annex).await;
    let found = of_rule(&published, "figure/conflict");
    assert_eq!(found.len(), 1, "{published}");
    let related = &found[0]["relatedInformation"][0]["location"];
    assert_eq!(
        (related["uri"].as_str(), &related["range"]["start"]["line"]),
        (Some(report.as_str()), &json!(2))
    );

    // Open, it is read as it is being written.
    client.open(&report, "plaintext", REPORT).await;
    assert_eq!(of_rule(&client.published(&report).await, "figure/conflict").len(), 1);
    let eight = json!({ "start": { "line": 2, "character": 5 }, "end": { "line": 2, "character": 6 } });
    client.change(&report, 2, json!([{ "range": eight, "text": "6" }])).await;
    assert_eq!(of_rule(&client.published(&annex).await, "figure/conflict").len(), 0);
    assert_eq!(of_rule(&client.published_at(&report, 2).await, "figure/conflict").len(), 0);
    assert!(client.text(&report).await.contains("46个教学班"));

    // Closed without being saved, its file holds again.
    client.close(&report).await;
    assert_eq!(client.published(&report).await["diagnostics"], json!([]));
    assert_eq!(of_rule(&client.published(&annex).await, "figure/conflict").len(), 1);
    client.finish().await;
}

#[tokio::test]
async fn the_earlier_report_is_read_again_when_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    let (last, this) = (
        "清河镇2030年工作总结\n\n全年走访困难群众3120户，发放慰问金156.4万元。\n",
        "清河镇2031年工作总结\n\n全年走访困难群众3120户，发放慰问金156.4万元。\n",
    );
    write("jiaogao.toml", "against = '去年.txt'\n");
    write("去年.txt", last);
    let draft = uri(&folder.path().join("今年.txt"));
    let mut client = start().await;
    client.open(&draft, "plaintext", this).await;
    assert_eq!(of_rule(&client.published(&draft).await, "duplicate/stale").len(), 1);
    write("去年.txt", "清河镇2030年工作总结\n");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    assert_eq!(of_rule(&client.published(&draft).await, "duplicate/stale").len(), 0);
    client.finish().await;
}

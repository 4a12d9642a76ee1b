//! Drafts that nobody works on keep what was found in them, and come back when somebody turns to them.

use serde_json::json;

use crate::client::{Client, range};

const FIRST: &str = "untitled:first";
const SECOND: &str = "untitled:second";

/// A draft with one finding, so long that the server keeps what it knows of one of them only.
fn long_draft() -> String {
    format!("一是办展览。二是办讲座。三是办比赛。三是办表彰。\n{}", "\n".repeat(700_000))
}

#[tokio::test]
async fn a_draft_that_has_rested_is_read_again() {
    let mut client = Client::start().await;
    for uri in [FIRST, SECOND] {
        client.open(uri, "plaintext", &long_draft()).await;
        let published = client.last_published(uri).await.expect("diagnostics");
        assert_eq!(published["diagnostics"][0]["code"], "sequence/repeat");
    }
    // The first one rests by now.
    let label = json!({ "textDocument": { "uri": FIRST }, "position": { "line": 0, "character": 0 } });
    assert!(client.request("textDocument/hover", label).await["contents"].is_object());
    // And now the second one, which is edited.
    client
        .change(SECOND, 2, json!([{ "range": range((0, 18), (0, 19)), "text": "四" }]))
        .await;
    let published = client.last_published(SECOND).await.expect("diagnostics");
    assert_eq!(published["diagnostics"], json!([]));
    client.change(FIRST, 2, json!([{ "range": range((0, 0), (0, 0)), "text": "\n" }])).await;
    let published = client.last_published(FIRST).await.expect("diagnostics");
    assert_eq!(published["diagnostics"][0]["range"]["start"]["line"], 1);
    client.finish().await;
}

#[tokio::test]
async fn many_drafts_opened_at_once_are_all_linted() {
    let mut client = Client::start().await;
    let uris: Vec<String> = (0..40).map(|number| format!("untitled:{number}")).collect();
    for uri in &uris {
        client.open(uri, "plaintext", "一是办展览。二是办讲座。三是办比赛。三是办表彰。\n").await;
    }
    client.settle().await;
    for uri in &uris {
        let published = client.last_published(uri).await.expect("diagnostics");
        assert_eq!(published["diagnostics"][0]["code"], "sequence/repeat");
    }
    client.finish().await;
}

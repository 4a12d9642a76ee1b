//! Changes are applied in the order in which they were sent, and what is published is what is true.

use serde_json::json;

use crate::client::{Client, range};

const URI: &str = "untitled:Untitled-1";

/// A draft with one finding.
const REPEATED: &str = "一是办展览。二是办讲座。三是办比赛。三是办表彰。\n";

#[tokio::test]
async fn three_thousand_changes_are_applied_in_order() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", "").await;
    let mut expected = String::new();
    for number in 0..3000u32 {
        let typed = char::from_u32(0x4E00 + number).expect("a Han character");
        client
            .change(
                URI,
                number as i32 + 2,
                json!([{ "range": range((0, number), (0, number)), "text": typed }]),
            )
            .await;
        expected.push(typed);
    }
    assert_eq!(client.text(URI).await, expected);
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn a_request_sees_the_change_before_it() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", "").await;
    let mut ids = Vec::new();
    for version in 2..200 {
        client.change(URI, version, json!([{ "text": version.to_string() }])).await;
        ids.push((version, client.ask("jiaogao/text", json!({ "textDocument": { "uri": URI } })).await));
    }
    for (version, id) in ids {
        let result = client.response(id).await["result"].clone();
        assert_eq!(result, json!({ "version": version, "text": version.to_string() }));
    }
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn changes_of_one_message_are_applied_one_after_the_other() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", "甲乙").await;
    let changes = json!([
        { "range": range((0, 1), (0, 1)), "text": "\u{20BB7}\n" },
        { "range": range((1, 0), (1, 1)), "text": "丙" },
        { "range": range((0, 1), (0, 3)), "text": "" },
    ]);
    client.change(URI, 2, changes).await;
    assert_eq!(client.text(URI).await, "甲\n丙");
    client
        .change(URI, 3, json!([{ "text": "丁" }, { "range": range((0, 1), (0, 1)), "text": "戊" }]))
        .await;
    assert_eq!(client.text(URI).await, "丁戊");
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn positions_outside_the_text_are_clamped() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", "甲\u{20BB7}\r\n乙").await;
    // Inside the surrogate pair.
    client.change(URI, 2, json!([{ "range": range((0, 2), (0, 2)), "text": "1" }])).await;
    assert_eq!(client.text(URI).await, "甲1\u{20BB7}\r\n乙");
    // Past the end of a line, which is before its line end.
    client.change(URI, 3, json!([{ "range": range((0, 99), (0, 99)), "text": "2" }])).await;
    assert_eq!(client.text(URI).await, "甲1\u{20BB7}2\r\n乙");
    // Past the last line.
    client.change(URI, 4, json!([{ "range": range((9, 9), (9, 9)), "text": "3" }])).await;
    assert_eq!(client.text(URI).await, "甲1\u{20BB7}2\r\n乙3");
    // Reversed.
    client.change(URI, 5, json!([{ "range": range((1, 1), (0, 0)), "text": "" }])).await;
    assert_eq!(client.text(URI).await, "3");
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn what_is_published_last_is_the_newest_version() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", REPEATED).await;
    let first = client.published(URI).await;
    assert_eq!(first["version"], 1);
    assert_eq!(first["diagnostics"][0]["code"], "sequence/repeat");
    for version in 2..100 {
        client
            .change(URI, version, json!([{ "range": range((0, 0), (0, 0)), "text": "甲" }]))
            .await;
    }
    let last = client.published_at(URI, 99).await;
    assert_eq!(last["diagnostics"].as_array().map(Vec::len), Some(1));
    client.close(URI).await;
    assert_eq!(client.published(URI).await["diagnostics"], json!([]));
    client.finish().await;
}

#[tokio::test]
async fn what_did_not_change_is_not_published_again() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", REPEATED).await;
    client.published(URI).await;
    client.change(URI, 2, json!([{ "range": range((1, 0), (1, 0)), "text": "又。" }])).await;
    client.settle().await;
    client.change(URI, 3, json!([{ "text": "" }])).await;
    let empty = client.published(URI).await;
    assert_eq!((&empty["version"], &empty["diagnostics"]), (&json!(3), &json!([])));
    client.change(URI, 4, json!([{ "text": "甲。" }])).await;
    client.settle().await;
    client.finish().await;
}

#[tokio::test]
async fn nothing_is_published_after_close() {
    let mut client = Client::start().await;
    let long = REPEATED.repeat(2000);
    for _ in 0..5 {
        client.open(URI, "plaintext", &long).await;
        client.close(URI).await;
    }
    client.settle().await;
    client.finish().await;
}

#[tokio::test]
async fn a_draft_opened_again_starts_afresh() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", REPEATED).await;
    client.published(URI).await;
    client.close(URI).await;
    assert_eq!(client.published(URI).await["diagnostics"], json!([]));
    client.open(URI, "markdown", "# 标题\n").await;
    assert_eq!(client.published(URI).await["diagnostics"], json!([]));
    assert_eq!(client.text(URI).await, "# 标题\n");
    client.finish().await;
}

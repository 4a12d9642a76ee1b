//! What is found, as the client sees it.

use serde_json::{Value, json};

use crate::apply::slice;
use crate::client::Client;

const URI: &str = "untitled:Untitled-1";
const REPEATED: &str = "\u{1F600}开展系列活动：一是办展览。二是办讲座。三是办比赛。三是办表彰。\n";

fn of_rule<'a>(diagnostics: &'a Value, rule: &str) -> &'a Value {
    let mut found = diagnostics
        .as_array()
        .expect("a list")
        .iter()
        .filter(|diagnostic| diagnostic["code"] == rule);
    found.next().unwrap_or_else(|| panic!("{rule} is missing: {diagnostics:#}"))
}

#[tokio::test]
async fn a_finding_tells_where_what_and_the_other_place() {
    let capabilities = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let mut client = Client::start_with(capabilities).await;
    client.open(URI, "plaintext", REPEATED).await;
    let published = client.published(URI).await;
    let found = of_rule(&published["diagnostics"], "sequence/repeat");
    assert_eq!(found["source"], "jiaogao");
    assert_eq!(found["severity"], 1);
    assert_eq!(slice(REPEATED, &found["range"]), "三是");
    let related = &found["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], URI);
    assert_eq!(slice(REPEATED, &related["location"]["range"]), "三是");
    assert_ne!(related["location"]["range"], found["range"]);
    assert!(found["data"]["fixes"][0]["edits"].is_array());
    client.finish().await;
}

#[tokio::test]
async fn a_client_that_cannot_show_other_places_is_not_sent_them() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", REPEATED).await;
    let published = client.published(URI).await;
    assert_eq!(of_rule(&published["diagnostics"], "sequence/repeat").get("relatedInformation"), None);
    client.finish().await;
}

#[tokio::test]
async fn columns_are_counted_as_the_client_wants() {
    for (encoding, start) in [("utf-8", 79), ("utf-16", 27)] {
        let mut client = Client::start_with(json!({ "general": { "positionEncodings": [encoding] } })).await;
        client.open(URI, "plaintext", REPEATED).await;
        let published = client.published(URI).await;
        let found = of_rule(&published["diagnostics"], "sequence/repeat");
        assert_eq!(found["range"]["start"], json!({ "line": 0, "character": start }), "{encoding}");
        client.finish().await;
    }
}

#[tokio::test]
async fn the_second_copy_of_a_passage_is_shown_as_unnecessary() {
    let passage = "全年走访困难群众三百二十一户，帮助解决用水用电难题四十七件，发放慰问物资折合人民币二十六万元，组织志愿者上门服务五百余人次。";
    let text = format!("一、上半年\n{passage}\n二、下半年\n{passage}\n");
    let mut client = Client::start().await;
    client.open(URI, "plaintext", &text).await;
    let published = client.published(URI).await;
    let found = of_rule(&published["diagnostics"], "duplicate/passage");
    assert_eq!(found["tags"], json!([1]));
    client.finish().await;
}

#[tokio::test]
async fn messages_are_in_the_clients_language() {
    for (locale, is_chinese) in [("zh-cn", true), ("en", false)] {
        let mut client = Client::start_as(json!({ "locale": locale, "capabilities": {} })).await;
        client.open(URI, "plaintext", REPEATED).await;
        let published = client.published(URI).await;
        let message = of_rule(&published["diagnostics"], "sequence/repeat")["message"]
            .as_str()
            .expect("a message")
            .to_owned();
        assert_eq!(message.contains("出现了两次"), is_chinese, "{message}");
        client.finish().await;
    }
}

#[tokio::test]
async fn a_client_that_pulls_is_not_pushed_to() {
    let mut client = Client::start_with(json!({ "textDocument": { "diagnostic": {} } })).await;
    assert_eq!(client.capabilities["diagnosticProvider"]["identifier"], "jiaogao");
    client.open(URI, "plaintext", REPEATED).await;
    let pull = |previous: Value| json!({ "textDocument": { "uri": URI }, "previousResultId": previous });
    let report = client.request("textDocument/diagnostic", pull(Value::Null)).await;
    assert_eq!(report["kind"], "full");
    of_rule(&report["items"], "sequence/repeat");
    let again = client.request("textDocument/diagnostic", pull(report["resultId"].clone())).await;
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": report["resultId"] }));
    client.change(URI, 2, json!([{ "text": "" }])).await;
    let empty = client.request("textDocument/diagnostic", pull(report["resultId"].clone())).await;
    assert_eq!((&empty["kind"], &empty["items"]), (&json!("full"), &json!([])));
    client.close(URI).await;
    client.settle().await;
    client.finish().await;
}

#[tokio::test]
async fn a_client_that_does_not_pull_is_pushed_to() {
    let client = Client::start().await;
    assert_eq!(client.capabilities.get("diagnosticProvider"), None);
    client.finish().await;
}

#[tokio::test]
async fn of_too_many_findings_the_gravest_are_shown_and_the_rest_is_counted() {
    let mut client = Client::start().await;
    let text: String = (0..600).map(|number| format!("第{number}处的的事。\n")).collect();
    client.open(URI, "plaintext", &format!("{text}{REPEATED}")).await;
    let published = client.last_published(URI).await.expect("diagnostics");
    let diagnostics = published["diagnostics"].as_array().expect("a list");
    assert_eq!(diagnostics.len(), 501);
    let note = &diagnostics[500]["message"];
    assert!(note.as_str().is_some_and(|note| note.contains("500") && note.contains("101")), "{note}");
    assert!(diagnostics.iter().any(|diagnostic| diagnostic["code"] == "sequence/repeat"));
    client.finish().await;
}

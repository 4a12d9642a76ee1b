//! From `initialize` to `exit`, and clients that behave badly.

use serde_json::{Value, json};

use crate::client::{Client, frame, range};

const URI: &str = "untitled:Untitled-1";

#[tokio::test]
async fn the_server_introduces_itself() {
    let mut client = Client::connect();
    let answer = client.request("initialize", json!({ "capabilities": {} })).await;
    assert_eq!(answer["serverInfo"]["name"], "jiaogao");
    assert_eq!(answer["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
    client.finish().await;
}

#[tokio::test]
async fn the_encoding_offered_first_is_taken() {
    for (offered, taken) in [
        (json!(["utf-8", "utf-16", "utf-32"]), "utf-8"),
        (json!(["utf-16", "utf-8"]), "utf-16"),
        (json!(["utf-32"]), "utf-16"),
    ] {
        let client = Client::start_with(json!({ "general": { "positionEncodings": offered } })).await;
        assert_eq!(client.capabilities["positionEncoding"], taken);
        client.finish().await;
    }
}

#[tokio::test]
async fn nothing_is_answered_before_initialize() {
    let mut client = Client::connect();
    let code = client.request_error("textDocument/hover", hover(URI)).await;
    assert_eq!(code, -32002);
    client.request("initialize", json!({ "capabilities": {} })).await;
    assert_eq!(client.request_error("initialize", json!({ "capabilities": {} })).await, -32600);
    client.finish().await;
}

#[tokio::test]
async fn a_client_that_asks_for_a_trace_is_told_what_is_done() {
    let mut client = Client::start().await;
    client.notify("$/setTrace", json!({ "value": "verbose" })).await;
    client.open(URI, "plaintext", "一、甲。\n三、乙。\n").await;
    let told = client.notification("$/logTrace").await;
    assert!(told["message"].as_str().unwrap().contains("linted"), "{told}");
    assert!(told["verbose"].is_string(), "{told}");
    client.disregard_published(URI).await;
    client.notify("$/setTrace", json!({ "value": "off" })).await;
    client.change(URI, 2, json!([{ "text": "一、甲。\n二、乙。\n" }])).await;
    client.disregard_published(URI).await;
    client.finish().await;
}

#[tokio::test]
async fn nothing_is_answered_after_shutdown() {
    let mut client = Client::start().await;
    client.request("shutdown", Value::Null).await;
    assert_eq!(client.request_error("textDocument/hover", hover(URI)).await, -32600);
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert_eq!(client.exit_code().await, 0);
}

#[tokio::test]
async fn exit_without_shutdown_is_code_1() {
    let mut client = Client::start().await;
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert_eq!(client.exit_code().await, 1);
}

#[tokio::test]
async fn a_closed_pipe_ends_the_server() {
    let mut client = Client::start().await;
    client.hang_up().await;
    assert_eq!(client.exit_code().await, 1);
}

#[tokio::test]
async fn the_death_of_the_parent_ends_the_server() {
    let mut parent = std::process::Command::new("sleep").arg("600").spawn().expect("sleep starts");
    let mut client = Client::start_as(json!({ "processId": parent.id(), "capabilities": {} })).await;
    client.request("jiaogao/text", json!({ "textDocument": { "uri": URI } })).await;
    parent.kill().expect("sleep can be killed");
    assert_eq!(client.exit_code().await, 1);
    parent.wait().expect("sleep can be waited for");
}

#[tokio::test]
async fn what_is_not_understood_is_refused_and_the_server_lives_on() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", "甲").await;
    client.published(URI).await;

    let null_id = |code: i64| move |message: &Value| message["id"].is_null() && message["error"]["code"] == code;
    client.send_raw(b"Content-Length: 9\r\n\r\n{\"jsonrpc").await;
    client.claim(null_id(-32700)).await;
    client.send_raw(b"Content-Length: 4\r\n\r\n\"\xFF\xFE\"").await;
    client.claim(null_id(-32700)).await;
    client.send_raw(b"Content-Length: many\r\n\r\n").await;
    client.claim(null_id(-32700)).await;
    client.send(&json!([1, 2])).await;
    client.claim(null_id(-32600)).await;
    client.send(&json!({ "jsonrpc": "1.0", "id": 77, "method": "shutdown" })).await;
    assert_eq!(client.response(77).await["error"]["code"], -32600);

    assert_eq!(client.request_error("textDocument/telepathy", json!({})).await, -32601);
    assert_eq!(
        client.request_error("textDocument/diagnostic", json!({ "textDocument": 1 })).await,
        -32602
    );
    client.notify("textDocument/telepathy", json!({})).await;
    client.notify("$/telepathy", json!({})).await;
    client.notify("textDocument/didChange", json!({ "textDocument": 1 })).await;
    client.send(&json!({ "jsonrpc": "2.0", "id": 4711, "result": null })).await;

    assert_eq!(client.text(URI).await, "甲");
    client.finish().await;
}

#[tokio::test]
async fn changes_to_drafts_that_are_not_open_are_let_be() {
    let mut client = Client::start().await;
    client.change(URI, 2, json!([{ "text": "甲" }])).await;
    client.notification("window/logMessage").await;
    client.close(URI).await;
    assert_eq!(
        client.request("jiaogao/text", json!({ "textDocument": { "uri": URI } })).await,
        Value::Null
    );
    client.open(URI, "plaintext", "乙").await;
    client.published(URI).await;
    client.close(URI).await;
    client.published(URI).await;
    client.change(URI, 3, json!([{ "range": range((0, 0), (0, 1)), "text": "丙" }])).await;
    client.notification("window/logMessage").await;
    client.finish().await;
}

#[tokio::test]
async fn a_request_can_be_cancelled() {
    let mut client = Client::start().await;
    client.open(URI, "plaintext", "甲").await;
    client.published(URI).await;
    let request = json!({ "jsonrpc": "2.0", "id": 9, "method": "jiaogao/text", "params": { "textDocument": { "uri": URI } } });
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 9 } });
    // Both arrive at once, so the answer cannot be ready in between.
    let frames = [request, cancel].map(|message| frame(&message));
    client.send_raw(frames.concat().as_bytes()).await;
    assert_eq!(client.response(9).await["error"]["code"], -32800);
    client.finish().await;
}

fn hover(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } })
}

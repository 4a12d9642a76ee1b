//! A client that talks to the server in the same process, over a pipe, and forgets nothing: a message that no test claimed fails the test.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub use super::protocol::{frame, range};

/// Long enough for a machine that is busy with other things; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    output: WriteHalf<DuplexStream>,
    messages: mpsc::UnboundedReceiver<Value>,
    unclaimed: VecDeque<Value>,
    server: JoinHandle<u8>,
    last_id: i64,
    is_finished: bool,
    pub capabilities: Value,
}

impl Client {
    /// Connects, with the handshake done.
    pub async fn start() -> Self {
        Client::start_with(json!({})).await
    }

    /// Connects with these client capabilities.
    pub async fn start_with(capabilities: Value) -> Self {
        Client::start_as(json!({ "processId": null, "rootUri": null, "capabilities": capabilities })).await
    }

    /// Connects with these parameters of `initialize`.
    pub async fn start_as(params: Value) -> Self {
        let mut client = Client::connect();
        let answer = client.request("initialize", params).await;
        client.capabilities = answer["capabilities"].clone();
        client.notify("initialized", json!({})).await;
        client
    }

    /// Connects, and says nothing yet.
    pub fn connect() -> Self {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let (input, output) = tokio::io::split(theirs);
        let server = tokio::spawn(jiaogao::lsp::serve(input, output, None));
        let (input, output) = tokio::io::split(ours);
        let (sender, messages) = mpsc::unbounded_channel();
        tokio::spawn(read(input, sender));
        Client {
            output,
            messages,
            unclaimed: VecDeque::new(),
            server,
            last_id: 0,
            is_finished: false,
            capabilities: Value::Null,
        }
    }

    pub async fn send(&mut self, message: &Value) {
        self.send_raw(frame(message).as_bytes()).await;
    }

    pub async fn send_raw(&mut self, bytes: &[u8]) {
        self.output.write_all(bytes).await.expect("the server reads");
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request and returns its id; [`Client::response`] waits for the answer.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        let message = match params {
            Value::Null => json!({ "jsonrpc": "2.0", "id": id, "method": method }),
            params => json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }),
        };
        self.send(&message).await;
        id
    }

    /// The result of a request, which must succeed.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        let response = self.response(id).await;
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// The error code of a request, which must fail.
    pub async fn request_error(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params).await;
        let response = self.response(id).await;
        response["error"]["code"]
            .as_i64()
            .unwrap_or_else(|| panic!("{method} succeeds: {response}"))
    }

    pub async fn response(&mut self, id: i64) -> Value {
        self.claim(|message| message.get("method").is_none() && message["id"] == id).await
    }

    /// The parameters of the next notification of this method.
    pub async fn notification(&mut self, method: &str) -> Value {
        let message = self.claim(|message| message["method"] == method && message.get("id").is_none()).await;
        message["params"].clone()
    }

    /// Answers the next request of this method that comes from the server, and returns its parameters.
    pub async fn serve(&mut self, method: &str, result: Value) -> Value {
        let message = self.claim(|message| message["method"] == method && message.get("id").is_some()).await;
        self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result })).await;
        message["params"].clone()
    }

    /// The first message not yet claimed that fits, now or later.
    pub async fn claim(&mut self, mut fits: impl FnMut(&Value) -> bool) -> Value {
        if let Some(index) = self.unclaimed.iter().position(&mut fits) {
            return self.unclaimed.remove(index).expect("it was just found");
        }
        loop {
            let message = match tokio::time::timeout(PATIENCE, self.messages.recv()).await {
                Ok(Some(message)) => message,
                Ok(None) => panic!("the server is gone; unclaimed: {:#?}", self.unclaimed),
                Err(_) => panic!("nothing came; unclaimed: {:#?}", self.unclaimed),
            };
            if fits(&message) {
                return message;
            }
            self.unclaimed.push_back(message);
        }
    }

    pub async fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    /// Sends changes as they stand in the protocol.
    pub async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.notify("textDocument/didChange", params).await;
    }

    pub async fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } })).await;
    }

    /// The text as the server has it.
    pub async fn text(&mut self, uri: &str) -> String {
        let answer = self.request("jiaogao/text", json!({ "textDocument": { "uri": uri } })).await;
        answer["text"].as_str().expect("a text").to_owned()
    }

    /// The next diagnostics published for a draft.
    pub async fn published(&mut self, uri: &str) -> Value {
        let message = self
            .claim(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri)
            .await;
        message["params"].clone()
    }

    /// The next diagnostics published for this version of a draft. Those of versions before it are claimed too, as it is up to the server
    /// whether it gets to them.
    pub async fn published_at(&mut self, uri: &str, version: i64) -> Value {
        loop {
            let params = self.published(uri).await;
            let published = params["version"].as_i64().expect("a version");
            assert!(published <= version, "version {published} was never sent");
            if published == version {
                return params;
            }
        }
    }

    /// Waits until the server has no more work.
    pub async fn settle(&mut self) {
        self.request("jiaogao/idle", Value::Null).await;
    }

    /// Lets the server finish its work and claims what it published for a draft on the way.
    pub async fn disregard_published(&mut self, uri: &str) {
        self.settle().await;
        self.unclaimed.retain(|message| message["params"]["uri"] != uri);
    }

    /// Lets the server finish its work and claims what it published for a draft; returns the last of it.
    pub async fn last_published(&mut self, uri: &str) -> Option<Value> {
        self.settle().await;
        let mut last = None;
        while let Some(index) = self.unclaimed.iter().position(|message| message["params"]["uri"] == uri) {
            last = self.unclaimed.remove(index).map(|message| message["params"].clone());
        }
        last
    }

    /// Says goodbye, and holds that the server goes in good order and has left nothing unclaimed.
    pub async fn finish(mut self) {
        self.request("shutdown", Value::Null).await;
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" })).await;
        assert_eq!(self.exit_code().await, 0);
    }

    /// The exit code, when the server has ended. Nothing may be left unclaimed.
    pub async fn exit_code(&mut self) -> u8 {
        self.is_finished = true;
        let code = tokio::time::timeout(PATIENCE, &mut self.server)
            .await
            .expect("the server ends")
            .expect("the server does not panic");
        while let Some(message) = self.messages.recv().await {
            self.unclaimed.push_back(message);
        }
        assert!(self.unclaimed.is_empty(), "nobody claimed {:#?}", self.unclaimed);
        code
    }

    /// Closes the client's end of the pipe.
    pub async fn hang_up(&mut self) {
        self.output.shutdown().await.expect("a pipe can be closed");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !self.is_finished && !std::thread::panicking() {
            panic!("the test never looked at what is left unclaimed");
        }
    }
}

async fn read(input: ReadHalf<DuplexStream>, messages: mpsc::UnboundedSender<Value>) {
    let mut input = BufReader::new(input);
    loop {
        let mut header = String::new();
        if input.read_line(&mut header).await.unwrap_or_default() == 0 {
            return;
        }
        let length = header.strip_prefix("Content-Length: ").expect("nothing but messages").trim_end();
        let mut body = vec![0; length.parse().expect("a length")];
        input.read_line(&mut header).await.expect("an empty line");
        input.read_exact(&mut body).await.expect("a whole body");
        let message = serde_json::from_slice(&body).expect("a JSON message");
        if messages.send(message).is_err() {
            return;
        }
    }
}

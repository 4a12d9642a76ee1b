//! Whatever bytes a client sends, the server ends in good order when they end, and says nothing but messages. If they are messages, each request
//! is answered once, and a draft that was edited is what it would be if it had been opened so.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::fragments::Input;
use super::model::{Change, Model};
use super::protocol::{frame, range};

/// Long enough for a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first byte tells whether the others are what is sent, or tell which messages are sent.
pub fn holds(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    if choice.is_multiple_of(4) {
        converse(rest, 0);
        return;
    }
    let mut talk = Talk::new(*choice);
    let mut input = Input(rest);
    while !input.is_empty() {
        talk.say_something(&mut input);
    }
    talk.end();
}

/// Sends bytes, and hangs up when so many answers have come; returns what was said.
fn converse(bytes: &[u8], answers: usize) -> Vec<Value> {
    const ROOM: usize = 1 << 26;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let talk = async {
        let (mut ours, theirs) = tokio::io::duplex(ROOM);
        let (input, output) = tokio::io::split(theirs);
        let server = tokio::spawn(jiaogao::lsp::serve(input, output, None));
        ours.write_all(bytes).await.expect("there is room");
        let (mut unread, mut said) = (Vec::new(), Vec::new());
        while said.iter().filter(|message| is_answer(message)).count() < answers {
            assert!(ours.read_buf(&mut unread).await.expect("a pipe can be read") > 0, "the server is gone");
            said.extend(take_messages(&mut unread));
        }
        ours.shutdown().await.expect("a pipe can be closed");
        server.await.expect("the server does not panic");
        ours.read_to_end(&mut unread).await.expect("a pipe can be read");
        said.extend(take_messages(&mut unread));
        assert!(unread.is_empty(), "half a message is left");
        said
    };
    let talk = async { tokio::time::timeout(PATIENCE, talk).await };
    runtime.block_on(talk).expect("the server answers and ends")
}

fn is_answer(message: &Value) -> bool {
    message.get("method").is_none() && message["id"].is_i64()
}

/// Takes whole messages off the bytes that have come.
fn take_messages(unread: &mut Vec<u8>) -> Vec<Value> {
    let mut messages = Vec::new();
    while let Some(end) = unread.windows(4).position(|window| window == b"\r\n\r\n") {
        let header = std::str::from_utf8(&unread[..end]).expect("a header is text");
        let length: Option<usize> = header.strip_prefix("Content-Length: ").and_then(|length| length.parse().ok());
        let body = end + 4..end + 4 + length.unwrap_or_else(|| panic!("{header:?} tells no length"));
        let Some(message) = unread.get(body.clone()) else { break };
        messages.push(serde_json::from_slice(message).expect("a message is JSON"));
        unread.drain(..body.end);
    }
    messages
}

const METHODS: [&str; 14] = [
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/codeAction",
    "textDocument/selectionRange",
    "textDocument/foldingRange",
    "textDocument/documentSymbol",
    "textDocument/diagnostic",
    "jiaogao/figures",
    "workspace/symbol",
];

/// What a client says.
struct Talk {
    bytes: Vec<u8>,
    is_utf16: bool,
    drafts: BTreeMap<String, (Model, &'static str)>,
    last_id: i64,
    last_version: i32,
}

impl Talk {
    fn new(choice: u8) -> Self {
        let mut talk = Talk {
            bytes: Vec::new(),
            is_utf16: choice & 4 == 0,
            drafts: BTreeMap::new(),
            last_id: 0,
            last_version: 0,
        };
        let encoding = if talk.is_utf16 { "utf-16" } else { "utf-8" };
        let symbols = json!({ "hierarchicalDocumentSymbolSupport": choice & 8 == 0 });
        let mut document = json!({ "documentSymbol": symbols });
        if choice & 16 == 0 {
            document["diagnostic"] = json!({});
        }
        let workspace = json!({ "workspaceEdit": { "documentChanges": choice & 32 == 0 } });
        let capabilities = json!({ "general": { "positionEncodings": [encoding] }, "textDocument": document, "workspace": workspace });
        talk.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        talk.notify("initialized", json!({}));
        talk
    }

    fn send(&mut self, message: &Value) {
        self.bytes.extend(frame(message).bytes());
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params }));
        self.last_id
    }

    fn say_something(&mut self, input: &mut Input) {
        match input.byte() % 8 {
            0 => self.open(input),
            1..=3 => self.change(input),
            4 => self.close(input),
            5 => self.say_nonsense(input),
            _ => self.ask_about_a_place(input),
        }
    }

    fn open(&mut self, input: &mut Input) {
        let (uri, text) = (uri(input), input.text());
        let language = ["plaintext", "markdown"][usize::from(input.byte() % 2)];
        self.open_as(&uri, language, &text);
        self.drafts.insert(uri, (Model::new(&text, self.is_utf16), language));
    }

    fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, input: &mut Input) {
        let uri = uri(input);
        let changes: Vec<Change> = (0..=input.byte() % 3).map(|_| change(input)).collect();
        self.last_version += 1;
        let content: Vec<Value> = changes.iter().map(Change::json).collect();
        let document = json!({ "uri": uri, "version": self.last_version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": content }));
        if let Some((model, _)) = self.drafts.get_mut(&uri) {
            changes.iter().for_each(|change| model.apply(change));
        }
    }

    fn close(&mut self, input: &mut Input) {
        let uri = uri(input);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.drafts.remove(&uri);
    }

    /// What is no message, in a frame of the right length so that what follows is understood.
    fn say_nonsense(&mut self, input: &mut Input) {
        let body = match input.byte() % 4 {
            0 => input.text(),
            1 => json!({ "jsonrpc": "2.0", "id": input.byte(), "result": value(input, 3) }).to_string(),
            2 => value(input, 3).to_string(),
            _ => json!({ "jsonrpc": "2.0", "method": METHODS[usize::from(input.byte()) % METHODS.len()], "params": value(input, 3) }).to_string(),
        };
        self.bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).bytes());
    }

    fn ask_about_a_place(&mut self, input: &mut Input) {
        let method = METHODS[usize::from(input.byte()) % METHODS.len()];
        let (start, end) = (position(input), position(input));
        let place = json!({ "line": start.0, "character": start.1 });
        let params = json!({
            "textDocument": { "uri": uri(input) },
            "position": place,
            "positions": [place],
            "range": range(start, end),
            "context": { "diagnostics": [], "includeDeclaration": true },
            "newName": "甲",
            "query": "一",
        });
        self.ask(method, params);
    }

    /// Asks for each draft as it is now and as it is when opened afresh, says goodbye, and looks at what was answered.
    fn end(mut self) {
        let drafts: Vec<(String, String, &str)> = self
            .drafts
            .iter()
            .map(|(uri, (model, language))| (uri.clone(), model.text(), *language))
            .collect();
        let mut questions = Vec::new();
        for (uri, text, language) in &drafts {
            let fresh = format!("{uri}-fresh");
            self.open_as(&fresh, language, text);
            let document = |uri: &str| json!({ "textDocument": { "uri": uri } });
            let said = self.ask("jiaogao/text", document(uri));
            let (edited, fresh) = (
                self.ask("textDocument/diagnostic", document(uri)),
                self.ask("textDocument/diagnostic", document(&fresh)),
            );
            questions.push((said, edited, fresh));
        }
        self.ask("jiaogao/idle", Value::Null);
        self.ask("shutdown", Value::Null);
        let mut answers: BTreeMap<i64, Value> = BTreeMap::new();
        for message in converse(&self.bytes, self.last_id as usize).into_iter().filter(is_answer) {
            let id = message["id"].as_i64().expect("it is a number");
            assert!(answers.insert(id, message).is_none(), "{id} is answered twice");
        }
        for ((uri, text, _), (said, edited, fresh)) in drafts.iter().zip(questions) {
            assert_eq!(answers[&said]["result"]["text"], **text);
            let items = |id: i64| answers[&id]["result"]["items"].to_string();
            assert_eq!(items(edited), items(fresh).replace(&format!("{uri}-fresh"), uri), "{text:?}");
        }
    }
}

fn uri(input: &mut Input) -> String {
    format!("untitled:{}", input.byte() % 2)
}

fn position(input: &mut Input) -> (u32, u32) {
    let clamped = |byte: u8| if byte == u8::MAX { u32::MAX } else { u32::from(byte) };
    (clamped(input.byte()) % 12, clamped(input.byte()))
}

fn change(input: &mut Input) -> Change {
    let is_whole = input.byte() >= 240;
    Change {
        range: (!is_whole).then(|| (position(input), position(input))),
        text: {
            let count = usize::from(input.byte() % 16);
            super::fragments::text(input.take(count))
        },
    }
}

/// Any JSON, of names that messages have; without an id, as an answer to it would be taken for that to a request.
fn value(input: &mut Input, depth: usize) -> Value {
    const NAMES: [&str; 11] = [
        "method",
        "params",
        "textDocument",
        "uri",
        "position",
        "line",
        "character",
        "range",
        "contentChanges",
        "text",
        "version",
    ];
    match input.byte() % 8 {
        0 => Value::Null,
        1 => json!(input.pair()),
        2 => json!(-1.5e300),
        3 => json!(i64::MIN),
        4 => json!(uri(input)),
        5 if depth > 0 => (0..input.byte() % 4).map(|_| value(input, depth - 1)).collect(),
        6 if depth > 0 => (0..input.byte() % 6)
            .map(|_| (NAMES[usize::from(input.byte()) % NAMES.len()].to_owned(), value(input, depth - 1)))
            .collect(),
        _ => json!(input.text()),
    }
}

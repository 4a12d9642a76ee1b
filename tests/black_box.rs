//! The built program, driven byte by byte.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Long enough for a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(60);

struct Program {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jiaogao"))
            .arg("server")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Program {
            input: child.stdin.take(),
            child,
            messages,
        }
    }

    fn initialized() -> Self {
        let mut program = Program::start(&[]);
        program.initialize(Value::Null);
        program
    }

    fn initialize(&mut self, process: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "processId": process, "capabilities": {} } }));
        assert_eq!(self.response(&json!(0))["result"]["serverInfo"]["name"], "jiaogao");
        self.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    }

    fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("an open pipe");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the program reads");
    }

    fn send(&mut self, message: &Value) {
        self.write(&frame(message));
    }

    fn open(&mut self, text: &str) {
        let document = json!({ "uri": "untitled:a", "languageId": "plaintext", "version": 1, "text": text });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }));
    }

    fn message(&self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("a message")
    }

    /// The response with an id; what comes before it is passed over.
    fn response(&self, id: &Value) -> Value {
        loop {
            let message = self.message();
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
        }
    }

    fn notification(&self, method: &str) -> Value {
        loop {
            let message = self.message();
            if message["method"] == method {
                return message["params"].clone();
            }
        }
    }

    fn text(&mut self) -> String {
        self.send(&json!({ "jsonrpc": "2.0", "id": "text", "method": "jiaogao/text", "params": { "textDocument": { "uri": "untitled:a" } } }));
        self.response(&json!("text"))["result"]["text"].as_str().expect("a text").to_owned()
    }

    fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn shut_down(mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": "shutdown", "method": "shutdown" }));
        assert_eq!(self.response(&json!("shutdown"))["result"], Value::Null);
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        assert_eq!(self.end().code(), Some(0));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Reads one message; anything else on standard output fails the test.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    if output.read_line(&mut header).ok()? == 0 {
        return None;
    }
    let length = header
        .strip_prefix("Content-Length: ")
        .unwrap_or_else(|| panic!("on standard output: {header:?}"));
    let mut body = vec![0; length.trim_end().parse().expect("a length")];
    output.read_line(&mut header).ok()?;
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

#[test]
fn it_comes_and_goes_in_order() {
    Program::initialized().shut_down();
}

#[test]
fn it_ends_without_being_asked_when_the_client_is_gone() {
    let mut program = Program::initialized();
    program.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(program.end().code(), Some(1));

    let mut program = Program::initialized();
    drop(program.input.take());
    assert_eq!(program.end().code(), Some(1));

    let mut program = Program::start(&[]);
    program.write(b"Content-Length: 100\r\n\r\n{");
    drop(program.input.take());
    assert_eq!(program.end().code(), Some(1));
}

#[cfg(unix)]
#[test]
fn it_ends_with_the_process_that_started_it() {
    let mut parent = Command::new("sleep").arg("600").spawn().expect("sleep starts");
    let mut program = Program::start(&[]);
    program.initialize(json!(parent.id()));
    parent.kill().expect("sleep can be killed");
    assert_eq!(program.end().code(), Some(1));
    parent.wait().expect("sleep can be waited for");
}

#[test]
fn frames_may_be_split_anywhere() {
    let mut program = Program::initialized();
    program.open("甲\u{20BB7}");
    let change = json!({ "textDocument": { "uri": "untitled:a", "version": 2 }, "contentChanges": [{ "text": "乙\u{1F600}" }] });
    for byte in frame(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": change })) {
        program.write(&[byte]);
    }
    assert_eq!(program.text(), "乙\u{1F600}");
    program.shut_down();
}

#[test]
fn broken_frames_are_answered_and_read_past() {
    let mut program = Program::initialized();
    program.open("甲");
    for broken in [
        b"Content-Length: 3\r\n\r\n{]}".as_slice(),
        b"Content-Length: 5\r\n\r\n\"\xF0\x9F\x98\"",
        b"Content-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        // The length is too small, then too large.
        b"Content-Length: 4\r\n\r\n{\"jsonrpc\":\"2.0\"}",
        b"Content-Length: 60\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"$/a\"}",
    ] {
        program.write(broken);
    }
    assert_eq!(program.text(), "甲");
    program.shut_down();
}

#[test]
fn a_draft_of_two_megabytes_is_edited_while_it_is_linted() {
    // Every paragraph has words of its own.
    let mut text = String::new();
    for number in 0u32.. {
        let own: String = (0..12)
            .filter_map(|place| char::from_u32(0x4E00 + (number * 7919 + place * 104_729) % 20_000))
            .collect();
        text.push_str(&format!("全县{own}工作取得成效。\n"));
        if text.len() > 2 * 1024 * 1024 {
            break;
        }
    }
    let mut program = Program::initialized();
    program.open(&text);
    for version in 2..50 {
        let at = json!({ "line": version * 100, "character": 0 });
        let change = json!({ "range": { "start": at, "end": at }, "text": "壹壹" });
        let params = json!({ "textDocument": { "uri": "untitled:a", "version": version }, "contentChanges": [change] });
        program.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
    }
    let edited = program.text();
    assert_eq!(edited.len(), text.len() + 48 * "壹壹".len());
    assert_eq!(edited.matches("\n壹壹全县").count(), 48);
    // The work on the first version is still going on, and holds up nothing.
    program.shut_down();
}

#[test]
fn requests_can_be_cancelled_and_the_others_are_answered() {
    let mut program = Program::initialized();
    program.open(&"一是办展览。二是办讲座。\n".repeat(50));
    let mut bytes = Vec::new();
    for id in 1..=50 {
        let params = json!({ "textDocument": { "uri": "untitled:a" } });
        bytes.extend(frame(
            &json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": params }),
        ));
        if id % 2 == 0 {
            bytes.extend(frame(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } })));
        }
    }
    program.write(&bytes);
    let mut answered = [false; 51];
    while answered[1..].contains(&false) {
        let message = program.message();
        if let Some(id) = message["id"].as_u64() {
            assert!(message["error"].is_null() || message["error"]["code"] == -32800, "{message}");
            assert!(!std::mem::replace(&mut answered[id as usize], true), "{id} is answered twice");
        }
    }
    program.shut_down();
}

#[test]
fn the_traffic_can_be_recorded_and_played_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (record, log) = (folder.path().join("traffic.jsonl"), folder.path().join("server.log"));
    let paths = [&record, &log].map(|path| path.to_str().expect("a path"));
    let mut program = Program::start(&["--record", paths[0], "--log", paths[1], "--stdio"]);
    program.initialize(Value::Null);
    program.open("一是办展览。二是办讲座。三是办比赛。三是办表彰。\n");
    let published = program.notification("textDocument/publishDiagnostics");
    program.shut_down();

    let mut replayed = Program::start(&[]);
    let mut has_published = false;
    for line in std::fs::read_to_string(&record).expect("a record").lines() {
        let entry: Value = serde_json::from_str(line).expect("JSON");
        match entry["from"].as_str() {
            Some("client") => replayed.send(&entry["message"]),
            Some("server") if entry["message"]["method"] == "textDocument/publishDiagnostics" => {
                assert_eq!(entry["message"]["params"], published);
                assert_eq!(replayed.notification("textDocument/publishDiagnostics"), published);
                has_published = true;
            }
            Some("server") => drop(replayed.message()),
            _ => panic!("{entry}"),
        }
    }
    assert!(has_published);
    assert_eq!(replayed.end().code(), Some(0));
    assert!(log.exists());
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let mut program = Program::start(&["--record", "/nowhere/at/all"]);
    assert_eq!(program.end().code(), Some(2));
}

//! A client that talks to a server over pipes and notes when each message came.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub struct Client {
    input: ChildStdin,
    messages: mpsc::Receiver<(Instant, Value)>,
    waiting: Vec<(Instant, Value)>,
    child: Child,
    last_id: u64,
}

/// How long the server took to publish something for a version, and to publish the last of it.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    pub first: Duration,
    pub last: Duration,
}

impl Client {
    pub fn start(program: &str) -> Self {
        let mut child = Command::new(program)
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || read(output, &sender));
        let mut client = Client {
            input: child.stdin.take().expect("a pipe"),
            messages,
            waiting: Vec::new(),
            child,
            last_id: 0,
        };
        client.request("initialize", &json!({ "capabilities": {} }));
        client.notify("initialized", json!({}));
        client
    }

    /// Opens a draft without waiting for anything.
    pub fn show(&mut self, uri: &str, text: &str) {
        self.show_as(uri, "plaintext", text);
    }

    pub fn show_as(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Opens a draft, and tells how long its diagnostics took.
    pub fn open(&mut self, uri: &str, text: &str) -> Answer {
        let start = Instant::now();
        self.show(uri, text);
        self.answer(start, |message| message["params"]["uri"] == uri)
    }

    /// Puts an invisible character at the start of a line, or takes it away again, as the version's parity has it.
    pub fn change(&mut self, uri: &str, line: usize, version: usize) {
        let (text, end) = if version.is_multiple_of(2) { ("\u{200B}", 0) } else { ("", 1) };
        let range = json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": end } });
        let document = json!({ "uri": uri, "version": version });
        let changes = json!([{ "range": range, "text": text }]);
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Sends a change, and tells how long its diagnostics took.
    pub fn keystroke(&mut self, uri: &str, line: usize, version: usize) -> Answer {
        let start = Instant::now();
        self.change(uri, line, version);
        self.answer(start, |message| message["params"]["version"] == version)
    }

    /// Waits until the server is at rest, and looks when the first and the last message came that fits.
    fn answer(&mut self, start: Instant, fits: impl Fn(&Value) -> bool) -> Answer {
        self.settle();
        let mut times = self.waiting.iter().filter(|(_, message)| fits(message)).map(|(came, _)| *came - start);
        let first = times.next().expect("diagnostics");
        let last = times.next_back().unwrap_or(first);
        self.waiting.clear();
        Answer { first, last }
    }

    /// How long a request takes.
    pub fn request(&mut self, method: &str, params: &Value) -> Duration {
        self.last_id += 1;
        let id = self.last_id;
        let start = Instant::now();
        match params {
            Value::Null => self.send(json!({ "id": id, "method": method })),
            params => self.send(json!({ "id": id, "method": method, "params": params })),
        }
        self.wait(|message| message["id"] == id) - start
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "method": method, "params": params }));
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(frame.as_bytes()).expect("the server reads");
    }

    /// When the first message that fits came.
    fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Instant {
        loop {
            if let Some(index) = self.waiting.iter().position(|(_, message)| fits(message)) {
                return self.waiting.remove(index).0;
            }
            let message = self.messages.recv().expect("the server is there");
            self.waiting.push(message);
        }
    }

    /// Waits until the server has no more work.
    pub fn settle(&mut self) {
        self.request("jiaogao/idle", &Value::Null);
    }

    /// How many messages that fit have come; all are forgotten.
    pub fn take(&mut self, fits: impl Fn(&Value) -> bool) -> usize {
        let fitting = self.waiting.iter().filter(|(_, message)| fits(message)).count();
        self.waiting.clear();
        fitting
    }

    /// All messages that have come and that nobody waited for, in order.
    pub fn take_all(&mut self) -> Vec<Value> {
        let came_later = self.messages.try_iter();
        self.waiting.drain(..).chain(came_later).map(|(_, message)| message).collect()
    }

    /// Bytes of memory that the server has at the moment.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        kilobytes.unwrap_or(0) * 1024
    }

    /// Processor time that the server has taken so far, of all its threads; Linux counts it in hundredths of a second.
    pub fn processor_time(&self) -> Duration {
        let status = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name of the program, which may hold anything, stands in brackets; user and system time are the twelfth and thirteenth field behind.
        let behind_name = status.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = behind_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok());
        Duration::from_millis(10 * ticks.sum::<u64>())
    }

    pub fn stop(mut self) {
        self.request("shutdown", &Value::Null);
        self.notify("exit", Value::Null);
        self.child.wait().expect("a child");
    }
}

/// Hands on messages with the time at which they had come as a whole.
fn read(mut output: BufReader<ChildStdout>, sender: &mpsc::Sender<(Instant, Value)>) {
    loop {
        let mut header = String::new();
        if output.read_line(&mut header).unwrap_or(0) == 0 {
            return;
        }
        let length = header.trim().strip_prefix("Content-Length: ").expect("a length");
        output.read_line(&mut String::new()).expect("an empty line");
        let mut body = vec![0; length.parse().expect("a number")];
        output.read_exact(&mut body).expect("a body");
        let came = Instant::now();
        if sender.send((came, serde_json::from_slice(&body).expect("JSON"))).is_err() {
            return;
        }
    }
}

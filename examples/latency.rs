//! How fast the server answers, as a client sees it, at several lengths of draft: from a change to its diagnostics, bursts, outline and hover while
//! changes pour in, and memory.
//!
//! `cargo build --release && cargo run --release --example latency -- target/release/jiaogao`

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const URI: &str = "untitled:latency";

fn main() {
    let program = std::env::args().nth(1).unwrap_or_else(|| "target/release/jiaogao".to_owned());
    let start = Instant::now();
    let mut client = Client::start(&program);
    println!("start to initialized {:.2?}", start.elapsed());
    keystrokes(&mut client);
    burst(&mut client);
    requests_under_changes(&mut client);
    client.stop();
    many_drafts(&program);
}

/// Types and deletes one character in the middle of a draft, which makes a finding come and go.
fn keystrokes(client: &mut Client) {
    println!(
        "\n{:>10} {:>9} {:>9} {:>9} {:>9} {:>9} {:>14}",
        "bytes", "open", "50 %", "95 %", "99 %", "worst", "memory / draft"
    );
    for (bytes, rounds) in [(10_000, 400), (100_000, 400), (1_000_000, 200)] {
        let text = draft(bytes);
        let open = client.open(URI, &text);
        let middle = text.lines().count() / 2;
        let mut version = 1;
        let mut times: Vec<Duration> = (0..rounds)
            .map(|_| {
                version += 1;
                // A person's keystrokes are apart; the work for the one before is over.
                std::thread::sleep(Duration::from_millis(30));
                client.keystroke(middle, version)
            })
            .collect();
        client.settle();
        times.sort_unstable();
        let at = |share: usize| times[(rounds * share / 100).min(rounds - 1)];
        println!(
            "{:>10} {open:>9.2?} {:>9.2?} {:>9.2?} {:>9.2?} {:>9.2?} {:>14.1}",
            text.len(),
            at(50),
            at(95),
            at(99),
            at(100),
            client.memory() as f64 / text.len() as f64
        );
        client.close(URI);
    }
}

/// A thousand changes at once.
fn burst(client: &mut Client) {
    const CHANGES: usize = 1000;
    let text = draft(100_000);
    client.open(URI, &text);
    client.settle();
    client.notify("$/setTrace", json!({ "value": "messages" }));
    let start = Instant::now();
    (0..CHANGES).for_each(|index| client.change(text.lines().count() / 2, index + 2));
    client.settle();
    let passes = client.take(|message| message["method"] == "$/logTrace");
    println!(
        "\nburst of {CHANGES} changes: {passes} lint passes, at rest after {:.2?}",
        start.elapsed()
    );
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.close(URI);
}

/// Asks for the outline and for a hover while a change comes every five milliseconds.
fn requests_under_changes(client: &mut Client) {
    let text = draft(1_000_000);
    client.open(URI, &text);
    client.settle();
    let line = text.lines().count() / 2;
    let document = json!({ "uri": URI });
    let hover = json!({ "textDocument": document, "position": { "line": line, "character": 30 } });
    let requests = [
        ("textDocument/documentSymbol", json!({ "textDocument": document })),
        ("textDocument/hover", hover),
    ];
    let mut version = 1;
    for (method, params) in requests {
        let mut times = Vec::new();
        for _ in 0..60 {
            for _ in 0..3 {
                version += 1;
                client.change(line, version);
                std::thread::sleep(Duration::from_millis(5));
            }
            times.push(client.request(method, &params));
        }
        times.sort_unstable();
        println!(
            "{method} at 1 MB: {:.2?}, 95 % {:.2?}",
            times[times.len() / 2],
            times[times.len() * 95 / 100]
        );
    }
    client.settle();
    client.close(URI);
}

/// Many drafts that are open at once.
fn many_drafts(program: &str) {
    const DRAFTS: usize = 500;
    let mut client = Client::start(program);
    let before = client.memory();
    let text = draft(10_000);
    for index in 0..DRAFTS {
        client.open(&format!("untitled:{index}"), &text);
    }
    client.settle();
    println!(
        "\n{DRAFTS} drafts of 10 kB: {:.0} MB, {:.0} MB before",
        client.memory() as f64 / 1e6,
        before as f64 / 1e6
    );
    client.stop();
}

struct Client {
    input: ChildStdin,
    messages: mpsc::Receiver<(Instant, Value)>,
    waiting: Vec<(Instant, Value)>,
    child: Child,
    last_id: u64,
}

impl Client {
    fn start(program: &str) -> Self {
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

    /// Opens a draft, and tells how long it took to its diagnostics.
    fn open(&mut self, uri: &str, text: &str) -> Duration {
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
        let start = Instant::now();
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        self.wait(|message| message["params"]["uri"] == uri) - start
    }

    fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.settle();
    }

    /// Sends a change, and tells how long it took to its diagnostics.
    fn keystroke(&mut self, line: usize, version: usize) -> Duration {
        let start = Instant::now();
        self.change(line, version);
        self.wait(|message| message["params"]["version"] == version) - start
    }

    fn change(&mut self, line: usize, version: usize) {
        let (text, end) = if version.is_multiple_of(2) { ("\u{200B}", 0) } else { ("", 1) };
        let range = json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": end } });
        let document = json!({ "uri": URI, "version": version });
        let changes = json!([{ "range": range, "text": text }]);
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// How long a request takes.
    fn request(&mut self, method: &str, params: &Value) -> Duration {
        self.last_id += 1;
        let id = self.last_id;
        let start = Instant::now();
        match params {
            Value::Null => self.send(json!({ "id": id, "method": method })),
            params => self.send(json!({ "id": id, "method": method, "params": params })),
        }
        self.wait(|message| message["id"] == id) - start
    }

    fn notify(&mut self, method: &str, params: Value) {
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

    /// Waits until the server has no more work, and forgets what it has said.
    fn settle(&mut self) {
        self.request("jiaogao/idle", &Value::Null);
    }

    /// How many messages that fit have come; all are forgotten.
    fn take(&mut self, fits: impl Fn(&Value) -> bool) -> usize {
        let fitting = self.waiting.iter().filter(|(_, message)| fits(message)).count();
        self.waiting.clear();
        fitting
    }

    /// Bytes of memory that the server has at the moment.
    fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        kilobytes.unwrap_or(0) * 1024
    }

    fn stop(mut self) {
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

/// A report of about so many bytes, in which every item is about something of its own.
fn draft(bytes: usize) -> String {
    let mut text = String::from("清河县工作总结\n");
    let mut section = 0;
    while text.len() < bytes {
        section += 1;
        text.push_str(&format!("{section}、{}工作\n", words(section * 8)));
        for item in 1..=8 {
            let number = section * 8 + item;
            text.push_str(&format!(
                "（{}）推进{}。全年新建{}{}处，{}投入{}.{item}万元，{}得到群众认可。\n",
                jiaogao::numeral::format_han(item as u64),
                words(number * 5),
                words(number * 5 + 1),
                number * 37 % 991,
                words(number * 5 + 2),
                number * 53 % 9973,
                words(number * 5 + 3),
            ));
        }
    }
    text
}

/// Four Han characters that no other number has.
fn words(number: usize) -> String {
    const FIRST: usize = 0x4E00;
    const COUNT: usize = 20_000;
    let places = [1, 3, 7, 11];
    places
        .iter()
        .filter_map(|step| char::from_u32((FIRST + number * 7919 * step % COUNT) as u32))
        .collect()
}

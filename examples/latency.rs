//! How long a change takes until its diagnostics are published, at several lengths of draft.
//!
//! `cargo build --release && cargo run --release --example latency -- target/release/jiaogao`

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const URI: &str = "untitled:latency";

fn main() {
    let program = std::env::args().nth(1).unwrap_or_else(|| "target/release/jiaogao".to_owned());
    let start = Instant::now();
    let mut client = Client::start(&program);
    println!("start to initialized  {:>9.2?}", start.elapsed());
    println!("{:>10}  {:>9}  {:>9}  {:>9}  {:>9}", "bytes", "open", "median", "95 %", "worst");
    for (bytes, rounds) in [(10_000, 200), (100_000, 100), (1_000_000, 10)] {
        client.measure(bytes, rounds);
    }
    client.stop();
}

struct Client {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    child: std::process::Child,
}

impl Client {
    fn start(program: &str) -> Self {
        let mut child = Command::new(program)
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let mut client = Client {
            input: child.stdin.take().expect("a pipe"),
            output: BufReader::new(child.stdout.take().expect("a pipe")),
            child,
        };
        client.send(json!({ "id": 0, "method": "initialize", "params": { "capabilities": {} } }));
        client.receive();
        client.send(json!({ "method": "initialized", "params": {} }));
        client
    }

    /// Types and deletes one character in the middle of a draft, which makes a finding come and go.
    fn measure(&mut self, bytes: usize, rounds: usize) {
        let text = draft(bytes);
        let start = Instant::now();
        let document = json!({ "uri": URI, "languageId": "plaintext", "version": 1, "text": text });
        self.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }));
        self.receive();
        let open = start.elapsed();
        let middle = text.lines().count() / 2;
        let mut times: Vec<Duration> = (0..rounds).map(|round| self.change(middle, round)).collect();
        times.sort_unstable();
        println!(
            "{:>10}  {open:>9.2?}  {:>9.2?}  {:>9.2?}  {:>9.2?}",
            text.len(),
            times[rounds / 2],
            times[rounds * 95 / 100],
            times[rounds - 1]
        );
        self.send(json!({ "method": "textDocument/didClose", "params": { "textDocument": { "uri": URI } } }));
        self.receive();
    }

    fn change(&mut self, line: usize, round: usize) -> Duration {
        let (text, end) = if round.is_multiple_of(2) { ("\u{200B}", 0) } else { ("", 1) };
        let range = json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": end } });
        let document = json!({ "uri": URI, "version": round + 2 });
        let changes = json!([{ "range": range, "text": text }]);
        let start = Instant::now();
        self.send(json!({ "method": "textDocument/didChange", "params": { "textDocument": document, "contentChanges": changes } }));
        let published = self.receive();
        assert_eq!(published["params"]["version"], round + 2);
        start.elapsed()
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    }

    fn receive(&mut self) -> Value {
        let mut header = String::new();
        self.output.read_line(&mut header).expect("a header");
        let length = header
            .trim()
            .strip_prefix("Content-Length: ")
            .expect("a length")
            .parse()
            .expect("a number");
        self.output.read_line(&mut header).expect("an empty line");
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn stop(mut self) {
        self.send(json!({ "id": 1, "method": "shutdown" }));
        self.receive();
        self.send(json!({ "method": "exit" }));
        let start = Instant::now();
        self.child.wait().expect("a child");
        println!("exit                  {:>9.2?}", start.elapsed());
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

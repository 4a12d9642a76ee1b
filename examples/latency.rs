//! How long a change takes until its diagnostics are published, at several lengths of draft.
//!
//! `cargo build --release && cargo run --release --example latency -- target/release/jiaogao`

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const URI: &str = "untitled:latency";
const ROUNDS: usize = 200;

fn main() {
    let program = std::env::args().nth(1).unwrap_or_else(|| "target/release/jiaogao".to_owned());
    let start = Instant::now();
    let mut client = Client::start(&program);
    println!("start to initialized  {:>9.2?}", start.elapsed());
    println!("{:>10}  {:>9}  {:>9}  {:>9}  {:>9}", "bytes", "open", "median", "95 %", "worst");
    for bytes in [10_000, 100_000, 1_000_000] {
        client.measure(bytes);
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
    fn measure(&mut self, bytes: usize) {
        let text = draft(bytes);
        let start = Instant::now();
        let document = json!({ "uri": URI, "languageId": "plaintext", "version": 1, "text": text });
        self.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }));
        self.receive();
        let open = start.elapsed();
        let middle = text.lines().count() / 2;
        let mut times: Vec<Duration> = (0..ROUNDS).map(|round| self.change(middle, round)).collect();
        times.sort_unstable();
        println!(
            "{:>10}  {open:>9.2?}  {:>9.2?}  {:>9.2?}  {:>9.2?}",
            text.len(),
            times[ROUNDS / 2],
            times[ROUNDS * 95 / 100],
            times[ROUNDS - 1]
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

/// A report of about so many bytes, with sections, items and figures that differ from one another.
fn draft(bytes: usize) -> String {
    let topics = ["农业", "工业", "商贸", "交通", "教育", "卫生", "文化", "生态", "民政", "应急"];
    let mut text = String::from("清河县工作总结\n");
    let mut section = 0;
    while text.len() < bytes {
        section += 1;
        let topic = topics[section % topics.len()];
        text.push_str(&format!("{section}、{topic}工作\n"));
        for item in 1..=8 {
            let (done, people) = (section * 37 + item * 11, section * 5 + item);
            text.push_str(&format!(
                "（{}）{topic}专项之{}。全年完成{done}项任务，投入资金{}.{item}万元，组织{people}名干部到第{section}片区走访{done}户群众，解决实际困难。\n",
                jiaogao::numeral::format_han(item as u64),
                jiaogao::numeral::format_han((section * 8 + item) as u64),
                done * 3,
            ));
        }
    }
    text
}

//! The drafts on a desk: what the client believes each of them to be, and what the server said of it.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::client::Client;

/// No draft is let grow longer, in characters.
const LONGEST: usize = 60_000;
/// So many drafts are open at most.
const MOST_OPEN: usize = 8;
/// Steps that can be taken back.
const MOST_UNDONE: usize = 50;

pub struct Desk {
    client: Client,
    random: fastrand::Rng,
    material: Vec<String>,
    open: Vec<Sheet>,
    opened: usize,
    /// The last diagnostics of each draft, and of which version they are.
    published: HashMap<String, (i64, Value)>,
    diagnostics_seen: usize,
}

/// A draft that is open.
struct Sheet {
    uri: String,
    language: &'static str,
    version: i64,
    text: Vec<char>,
    /// What takes the last edits back: where, how many characters are replaced, and with what.
    undo: Vec<(usize, usize, Vec<char>)>,
    /// The first text and all changes since, as they were sent.
    edits: Vec<Value>,
}

impl Desk {
    pub fn new(program: &str, material: &[String], random: fastrand::Rng) -> Self {
        let mut desk = Desk {
            client: Client::start(program),
            random,
            material: material.to_vec(),
            open: Vec::new(),
            opened: 0,
            published: HashMap::new(),
            diagnostics_seen: 0,
        };
        (0..3).for_each(|_| desk.open_another());
        desk
    }

    pub fn step(&mut self) {
        match self.random.u8(..100) {
            0..55 => self.type_in(),
            55..65 => self.delete(),
            65..75 => self.paste(),
            75..85 => self.undo(),
            85..94 => self.ask(),
            94..97 => self.open_another(),
            _ => self.close(),
        }
    }

    /// Waits until the server is at rest, and holds what it said of each draft against what it says of the same text opened afresh. Tells how many
    /// drafts were compared.
    pub fn compare(&mut self) -> usize {
        self.settle();
        for index in 0..self.open.len() {
            let sheet = &self.open[index];
            let (uri, version) = (sheet.uri.clone(), sheet.version);
            let (said_of, said) = self.published.get(&uri).unwrap_or_else(|| panic!("nothing was said of {uri}")).clone();
            // Where nothing has changed in what there is to say, it is not said again of the newest version.
            assert!(said_of <= version, "{uri} was never at version {said_of}");
            let fresh = self.fresh(index);
            if said.to_string().replace(&uri, "") != fresh {
                self.give_up(index, &said, &fresh);
            }
        }
        self.open.len()
    }

    pub fn memory(&self) -> usize {
        self.client.memory()
    }

    pub fn diagnostics_seen(&self) -> usize {
        self.diagnostics_seen
    }

    /// Of all drafts that are open.
    pub fn characters(&self) -> usize {
        self.open.iter().map(|sheet| sheet.text.len()).sum()
    }

    pub fn stop(self) {
        self.client.stop();
    }

    fn type_in(&mut self) {
        const TYPED: [&str; 16] = [
            "一",
            "是",
            "。",
            "，",
            "\n",
            "二、",
            "（三）",
            "12",
            "3.6万元",
            "增长5%",
            "全县",
            "的",
            "“",
            "？",
            "。。",
            "（",
        ];
        let typed: Vec<char> = self.random.choice(TYPED).unwrap_or("一").chars().collect();
        let sheet = self.random.usize(..self.open.len());
        let at = self.place(sheet);
        self.replace(sheet, at, 0, typed);
    }

    fn delete(&mut self) {
        let sheet = self.random.usize(..self.open.len());
        let at = self.place(sheet);
        let most = if self.random.u8(..10) == 0 { 2000 } else { 40 };
        let length = self.random.usize(1..most).min(self.open[sheet].text.len() - at);
        self.replace(sheet, at, length, Vec::new());
    }

    fn paste(&mut self) {
        let (from, sheet) = (self.random.usize(..self.open.len()), self.random.usize(..self.open.len()));
        let start = self.place(from);
        let length = self.random.usize(1..800).min(self.open[from].text.len() - start);
        let copied = self.open[from].text[start..start + length].to_vec();
        let at = self.place(sheet);
        // A draft that has grown too long is replaced by what is pasted for the better part.
        let replaced = if self.open[sheet].text.len() > LONGEST { LONGEST / 2 } else { 0 };
        let replaced = replaced.min(self.open[sheet].text.len() - at);
        self.replace(sheet, at, replaced, copied);
    }

    fn undo(&mut self) {
        let sheet = self.random.usize(..self.open.len());
        let Some((at, length, with)) = self.open[sheet].undo.pop() else { return };
        self.replace(sheet, at, length, with);
        self.open[sheet].undo.pop();
    }

    fn ask(&mut self) {
        const METHODS: [&str; 5] = ["hover", "completion", "documentSymbol", "foldingRange", "definition"];
        let method = format!("textDocument/{}", self.random.choice(METHODS).unwrap_or("hover"));
        let sheet = self.random.usize(..self.open.len());
        let at = self.place(sheet);
        let position = position(&self.open[sheet].text[..at]);
        let params = json!({ "textDocument": { "uri": self.open[sheet].uri }, "position": position });
        self.client.request(&method, &params);
    }

    fn open_another(&mut self) {
        if self.open.len() >= MOST_OPEN {
            return;
        }
        let text = self.random.choice(&self.material).cloned().unwrap_or_default();
        let language = self.random.choice(["plaintext", "markdown"]).unwrap_or("plaintext");
        self.opened += 1;
        let uri = format!("untitled:{}", self.opened);
        self.client.show_as(&uri, language, &text);
        self.open.push(Sheet {
            uri,
            language,
            version: 1,
            text: text.chars().collect(),
            undo: Vec::new(),
            edits: vec![json!(text)],
        });
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let sheet = self.open.swap_remove(self.random.usize(..self.open.len()));
        self.client.close(&sheet.uri);
        // What is still said of it is let go.
        self.settle();
        self.published.remove(&sheet.uri);
    }

    fn place(&mut self, sheet: usize) -> usize {
        self.random.usize(..=self.open[sheet].text.len())
    }

    fn replace(&mut self, sheet: usize, at: usize, length: usize, with: Vec<char>) {
        let sheet = &mut self.open[sheet];
        let (start, end) = (position(&sheet.text[..at]), position(&sheet.text[..at + length]));
        sheet.version += 1;
        let text: String = with.iter().collect();
        let removed: Vec<char> = sheet.text.splice(at..at + length, with.iter().copied()).collect();
        sheet.undo.push((at, with.len(), removed));
        if sheet.undo.len() > MOST_UNDONE {
            sheet.undo.remove(0);
        }
        let document = json!({ "uri": sheet.uri, "version": sheet.version });
        let change = json!({ "range": { "start": start, "end": end }, "text": text });
        sheet.edits.push(change.clone());
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.client.notify("textDocument/didChange", params);
    }

    /// Keeps what was done to a draft and what was said of it, so that it can be looked into.
    fn give_up(&self, sheet: usize, said: &Value, fresh: &str) -> ! {
        let sheet = &self.open[sheet];
        let text: String = sheet.text.iter().collect();
        let record = json!({ "language": sheet.language, "text": text, "edits": sheet.edits, "said": said, "fresh": fresh });
        let path = std::env::temp_dir().join("soak.json");
        std::fs::write(&path, record.to_string()).expect("a file");
        panic!(
            "what was said of version {} of {} is not what is said of it when it is opened afresh; see {}",
            sheet.version,
            sheet.uri,
            path.display()
        );
    }

    /// What the server says of the text of a draft when it is opened afresh.
    fn fresh(&mut self, sheet: usize) -> String {
        let uri = "untitled:fresh";
        let text: String = self.open[sheet].text.iter().collect();
        self.client.show_as(uri, self.open[sheet].language, &text);
        self.settle();
        let (_, said) = self.published.remove(uri).expect("diagnostics");
        self.client.close(uri);
        self.settle();
        self.published.remove(uri);
        said.to_string().replace(uri, "")
    }

    fn settle(&mut self) {
        self.client.settle();
        for message in self.client.take_all() {
            if message["method"] == "textDocument/publishDiagnostics" {
                let params = &message["params"];
                let uri = params["uri"].as_str().unwrap_or_default().to_owned();
                self.diagnostics_seen += params["diagnostics"].as_array().map_or(0, Vec::len);
                let version = params["version"].as_i64().unwrap_or(0);
                self.published.insert(uri, (version, params["diagnostics"].clone()));
            }
        }
    }
}

/// Where a text ends, in lines and UTF-16 units.
fn position(text: &[char]) -> Value {
    let mut line = 0;
    let mut column = 0;
    let mut previous = ' ';
    for char in text {
        match char {
            '\n' if previous == '\r' => {}
            '\n' | '\r' => {
                line += 1;
                column = 0;
            }
            other => column += other.len_utf16(),
        }
        previous = *char;
    }
    json!({ "line": line, "character": column })
}

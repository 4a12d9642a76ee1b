//! `lint --input-format jsonl`, the filter for archives.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_jiaogao"))
        .args(["lint", "--input-format", "jsonl", "--isolated"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn run(arguments: &[&str], input: impl AsRef<[u8]> + Sync) -> Output {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().unwrap();
    // Answers come while there is still something to send.
    thread::scope(|scope| {
        let input = input.as_ref();
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn rules(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

#[test]
fn each_draft_is_answered_in_order() {
    let input: String = (0..300)
        .map(|id| {
            // Every third draft is long, so that the short ones overtake it if nothing holds them.
            let end = "各镇抓好了落实。\n".repeat(if id % 3 == 0 { 12 } else { 1 });
            let slip = if id % 2 == 0 { "工作扎实。。\n" } else { "工作扎实。\n" };
            format!("{}\n", json!({"id": id, "text": format!("{slip}{end}")}))
        })
        .collect();
    for jobs in ["1", "2", "5"] {
        let output = run(&["--jobs", jobs, "--select", "stray"], &input);
        let answers = lines(&output);
        assert_eq!(answers.len(), 300);
        for (id, answer) in answers.iter().enumerate() {
            assert_eq!(answer["id"], id);
            let expected = if id % 2 == 0 { &["stray/punctuation"][..] } else { &[] };
            assert_eq!(rules(answer), expected);
        }
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn a_bad_line_is_an_answer_and_the_rest_goes_on() {
    let mut input = Vec::new();
    for line in [
        &br#"{"id": "one.md", "text": "**clean**"}"#[..],
        br#"{"id": "no text"}"#,
        b"not JSON",
        b"",
        b"\xFF\xFE",
        br#"{"id": "surrogate", "text": "\ud800"}"#,
        br#"{"id": "settings", "text": "", "settings": {"selcet": ["stray"]}}"#,
        br#"{"id": ["any", 7], "text": "", "year": 2031}"#,
    ] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let output = run(&["--lang", "en"], &input);
    let answers = lines(&output);
    let told: Vec<_> = answers.iter().map(|answer| (&answer["id"], answer["line"].as_u64())).collect();
    let expected = [
        (&json!("one.md"), None),
        (&json!("no text"), Some(2)),
        (&Value::Null, Some(3)),
        (&Value::Null, Some(5)),
        (&Value::Null, Some(6)),
        (&json!("settings"), Some(7)),
        (&json!(["any", 7]), None),
    ];
    assert_eq!(told, expected);
    assert!(answers[5]["error"].as_str().unwrap().contains("select"), "{}", answers[5]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_draft_brings_its_own_settings_and_format() {
    let slip = "工作扎实。。\n";
    let input: Vec<String> = [
        json!({"id": 1, "text": slip}),
        json!({"id": 2, "text": slip, "settings": {"rules": {"stray/punctuation": "off"}, "fail-on": "never"}}),
        json!({"id": 3, "text": "```\n工作扎实。。\n```\n", "format": "markdown"}),
        json!({"id": "4.md", "text": "```\n工作扎实。。\n```\n"}),
        json!({"id": 5, "text": slip, "settings": {"select": ["sequence"]}}),
    ]
    .iter()
    .map(Value::to_string)
    .collect();
    let answers = lines(&run(&[], input.join("\n")));
    let found: Vec<_> = answers.iter().map(|answer| rules(answer).len()).collect();
    assert_eq!(found, [1, 0, 0, 0, 0]);
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let mut child = start(&[]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in 0..5 {
        writeln!(stdin, "{}", json!({"id": id, "text": "工作扎实。。"})).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn it_ends_when_nobody_listens() {
    let mut child = start(&[]);
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // The filter may be gone before everything is written.
    let _ = writeln!(stdin, "{}", json!({"id": 1, "text": ""}));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn other_answers_are_refused() {
    for arguments in [&["--fix"][..], &["--output-format", "sarif"], &["--statistics"], &["no such file"]] {
        let output = run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(!output.stderr.is_empty());
    }
}

//! Where in a draft a slip can be planted: its paragraphs and its lists, found with simple means of the planter's own, so that the linter is not
//! measured with its own reading.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiaogao::source::Format;
use regex::Regex;

/// Paragraphs of running text, in bytes: no headings, tables, quotations, front matter or code.
pub fn paragraphs(text: &str, format: Format) -> Vec<Range<usize>> {
    let lines = lines(text, format);
    lines
        .into_iter()
        .filter(|range| {
            let line = text[range.clone()].trim();
            let is_sentence = line.ends_with(['。', '；']) && line.chars().filter(|c| is_han(*c)).count() >= 20;
            is_sentence && !line.starts_with(['|', '#', '>', '[', '`', '（', '('])
        })
        .collect()
}

/// Items of lists that number from one without a fault.
pub struct Run {
    /// How the marker is written, with the number taken out: `（#）`, `#是`.
    pub style: &'static str,
    /// Where the number of each item stands, in bytes; the first is item one.
    pub numbers: Vec<Range<usize>>,
}

/// Lists of at least three items.
pub fn runs(text: &str, format: Format) -> Vec<Run> {
    let mut open: BTreeMap<&'static str, Vec<Range<usize>>> = BTreeMap::new();
    let mut runs = Vec::new();
    for line in lines(text, format) {
        for (style, number, value) in markers(text, line, format) {
            let run = open.entry(style).or_default();
            if value == 1 {
                close(style, std::mem::take(run), &mut runs);
                run.push(number);
            } else if value == run.len() + 1 && !run.is_empty() {
                run.push(number);
            } else {
                close(style, std::mem::take(run), &mut runs);
            }
        }
    }
    for (style, run) in open {
        close(style, run, &mut runs);
    }
    runs
}

fn close(style: &'static str, numbers: Vec<Range<usize>>, runs: &mut Vec<Run>) {
    if numbers.len() >= 3 {
        runs.push(Run { style, numbers });
    }
}

/// Lines, and the parts of a line that 　　 sets off as paragraphs of their own.
fn lines(text: &str, format: Format) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut is_code = false;
    let mut start = 0;
    let mut is_front_matter = format == Format::Markdown && text.starts_with("---\n");
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        if is_front_matter {
            is_front_matter = range.start == 0 || line.trim_end() != "---";
            continue;
        }
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if !is_code {
            push_parts(text, range, &mut lines);
        }
    }
    lines
}

fn push_parts(text: &str, line: Range<usize>, parts: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    for part in text[line].split("\u{3000}\u{3000}") {
        parts.push(start..start + part.len());
        start += part.len() + "\u{3000}\u{3000}".len();
    }
}

static AT_LINE_START: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s#*]*(?:（(?P<round>[一二三四五六七八九十]+)）|(?P<comma>[一二三四五六七八九十]+)、|(?P<dot>[0-9]{1,2})[.．、][^0-9])").unwrap()
});
static INSIDE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|[。；：:;，,\s])(?P<is>[一二三四五六七八九])(?:是|要)").unwrap());

fn markers(text: &str, line: Range<usize>, format: Format) -> Vec<(&'static str, Range<usize>, usize)> {
    let words = &text[line.clone()];
    let mut markers = Vec::new();
    let mut push = |style, found: Option<regex::Match>| {
        if let Some((found, value)) = found.and_then(|found| Some((found, numeral_value(found.as_str())?))) {
            markers.push((style, line.start + found.start()..line.start + found.end(), value));
        }
    };
    if let Some(captures) = AT_LINE_START.captures(words) {
        push("（#）", captures.name("round"));
        push("#、", captures.name("comma"));
        // Ordered lists of Markdown are numbered by whoever shows them, so a wrong number is not seen there.
        if format == Format::Plain {
            push("#.", captures.name("dot"));
        }
    }
    for captures in INSIDE.captures_iter(words) {
        push("#是", captures.name("is"));
    }
    markers
}

/// 1–99 in Han numerals or digits.
fn numeral_value(numeral: &str) -> Option<usize> {
    if let Ok(value) = numeral.parse() {
        return Some(value);
    }
    (1..100).find(|value| han_numeral(*value) == numeral)
}

/// 1–99 as 一 … 九十九.
pub fn han_numeral(value: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match value / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    tens + DIGITS[value % 10]
}

pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

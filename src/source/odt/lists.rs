//! Automatic numbers: how lists are numbered, and how far each has counted.

use quick_xml::events::BytesStart;
use rustc_hash::FxHashMap;

use super::styles::Styles;
use crate::source::label;
use crate::source::office::xml;

const LEVELS: usize = 10;

/// Longer texts are cut: one text stands before any number of paragraphs.
const LONGEST_TEXT: usize = 64;

/// How the levels of a list are numbered.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    levels: [Level; LEVELS],
    /// The level described last.
    last: usize,
}

/// One level of a list.
#[derive(Debug, Default, Clone)]
pub(super) struct Level {
    /// Counted from 0.
    index: usize,
    start: u32,
    /// The format of its numbers by its name in `label`; empty for a level without numbers.
    format: &'static str,
    /// The label with `%3%` for the number of the third level.
    text: String,
    is_close: bool,
}

impl Level {
    pub(super) fn read(element: &BytesStart) -> Self {
        let text = |name: &str| xml::attribute(element, name).unwrap_or_default();
        let number = xml::number(element, "level").unwrap_or(1).clamp(1, LEVELS as i64) as usize;
        let shown = xml::number(element, "display-levels").unwrap_or(1).clamp(1, number as i64) as usize;
        let whole = xml::attribute(element, "num-list-format").unwrap_or_else(|| {
            let numbers: Vec<String> = (number - shown + 1..=number).map(|level| format!("%{level}%")).collect();
            format!("{}{}{}", text("num-prefix"), numbers.join("."), text("num-suffix"))
        });
        Level {
            index: number - 1,
            start: xml::number(element, "start-value")
                .and_then(|start| u32::try_from(start).ok())
                .unwrap_or(1),
            format: format(&text("num-format")),
            text: whole.chars().take(LONGEST_TEXT).collect(),
            is_close: false,
        }
    }
}

/// The name that `label` has for a format, which OpenDocument tells by the first numbers in it: `一, 二, 三, ...`
fn format(sample: &str) -> &'static str {
    match sample.split(',').next().unwrap_or_default().trim() {
        "" => "",
        "A" => "upperLetter",
        "a" => "lowerLetter",
        "I" => "upperRoman",
        "i" => "lowerRoman",
        "01" => "decimalZero",
        "一" => "chineseCounting",
        "壹" => "chineseLegalSimplified",
        "甲" => "ideographTraditional",
        "子" => "ideographZodiac",
        "①" => "decimalEnclosedCircle",
        "１" => "decimalFullWidth",
        _ => "decimal",
    }
}

impl ListStyle {
    pub(super) fn put(&mut self, level: Level) {
        self.last = level.index;
        self.levels[self.last] = level;
    }

    /// Nothing stands between the numbers of the level described last and the text.
    pub(super) fn close_up(&mut self) {
        self.levels[self.last].is_close = true;
    }

    /// Counts a paragraph on and gives its label, with the space behind it.
    fn next_label(&self, counters: &mut Counters, level: usize, start: Option<u32>) -> String {
        let next = match (start, counters[level]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => self.levels[level].start,
        };
        counters[level] = Some(next);
        counters[level + 1..].fill(None);
        for (above, counter) in counters[..level].iter_mut().enumerate() {
            counter.get_or_insert(self.levels[above].start);
        }
        self.render(counters, level)
    }

    fn render(&self, counters: &Counters, level: usize) -> String {
        let own = &self.levels[level];
        if own.format.is_empty() {
            return String::new();
        }
        let mut label = String::new();
        // What stands between two signs is the number of a level if it is one, and text otherwise.
        for (index, piece) in own.text.split('%').enumerate() {
            let place = piece.parse::<usize>().ok().filter(|place| index % 2 == 1 && (1..=LEVELS).contains(place));
            match place {
                Some(place) if !self.levels[place - 1].format.is_empty() => {
                    let of = &self.levels[place - 1];
                    label.push_str(&label::number(of.format, counters[place - 1].unwrap_or(of.start)));
                }
                Some(_) => {}
                None => label.push_str(piece),
            }
        }
        if label::needs_space(&label, own.is_close) {
            label.push(' ');
        }
        label
    }
}

type Counters = [Option<u32>; LEVELS];

/// The lists that are open at a place, and how far each list of the document has counted.
pub(super) struct Lists<'s> {
    styles: &'s Styles,
    open: Vec<OpenList>,
    /// The lists around a cell, a note or a text box, in which lists begin anew.
    around: Vec<Vec<OpenList>>,
    counters: Vec<Counters>,
    by_id: FxHashMap<String, usize>,
    last_of_style: FxHashMap<String, usize>,
    outline: Counters,
}

struct OpenList {
    style: Option<String>,
    /// Which counters it counts with.
    counters: usize,
    item: Item,
}

/// The item that is open in a list.
#[derive(Clone, Copy)]
enum Item {
    /// Its number has been written, or it has none.
    Labelled,
    /// Its first paragraph will have a number, which may be told.
    Fresh { start: Option<u32> },
}

impl<'s> Lists<'s> {
    pub(super) fn new(styles: &'s Styles) -> Self {
        Lists {
            styles,
            open: Vec::new(),
            around: Vec::new(),
            counters: Vec::new(),
            by_id: FxHashMap::default(),
            last_of_style: FxHashMap::default(),
            outline: Counters::default(),
        }
    }

    pub(super) fn begin(&mut self, element: &BytesStart) {
        let outer = self.open.last();
        let style = xml::attribute(element, "style-name").or_else(|| outer.and_then(|outer| outer.style.clone()));
        let known = match outer {
            Some(outer) => Some(outer.counters),
            None => self.continued(element, style.as_deref()),
        };
        let counters = known.unwrap_or_else(|| {
            self.counters.push(Counters::default());
            self.counters.len() - 1
        });
        if let Some(id) = xml::attribute(element, "id") {
            self.by_id.insert(id, counters);
        }
        if let Some(style) = &style {
            self.last_of_style.insert(style.clone(), counters);
        }
        self.open.push(OpenList {
            style,
            counters,
            item: Item::Labelled,
        });
    }

    /// The list that another one goes on with.
    fn continued(&self, element: &BytesStart, style: Option<&str>) -> Option<usize> {
        if let Some(id) = xml::attribute(element, "continue-list") {
            return self.by_id.get(&id).copied();
        }
        let goes_on = xml::attribute(element, "continue-numbering").as_deref() == Some("true");
        self.last_of_style.get(style.filter(|_| goes_on)?).copied()
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    pub(super) fn begin_item(&mut self, element: &BytesStart) {
        let start = xml::number(element, "start-value").and_then(|start| u32::try_from(start).ok());
        self.set_item(Item::Fresh { start });
    }

    /// An item without a number.
    pub(super) fn begin_header(&mut self) {
        self.set_item(Item::Labelled);
    }

    fn set_item(&mut self, item: Item) {
        if let Some(list) = self.open.last_mut() {
            list.item = item;
        }
    }

    pub(super) fn enter(&mut self) {
        self.around.push(std::mem::take(&mut self.open));
    }

    pub(super) fn leave(&mut self) {
        self.open = self.around.pop().unwrap_or_default();
    }

    /// The number before the paragraph that begins, which is a heading of a level, counted from 1, or none.
    pub(super) fn next_label(&mut self, style: Option<&str>, heading: Option<u8>) -> String {
        let by_style = self.styles.list_of(style);
        let depth = self.open.len();
        let Some(list) = self.open.last_mut() else {
            return match heading {
                Some(level) if by_style != Some("") => {
                    let level = usize::from(level).clamp(1, LEVELS) - 1;
                    self.styles.outline.next_label(&mut self.outline, level, None)
                }
                _ => String::new(),
            };
        };
        let Item::Fresh { start } = std::mem::replace(&mut list.item, Item::Labelled) else {
            return String::new();
        };
        let Some(style) = list.style.as_deref().or(by_style).and_then(|name| self.styles.list(name)) else {
            return String::new();
        };
        style.next_label(&mut self.counters[list.counters], depth.min(LEVELS) - 1, start)
    }
}

//! Automatic numbering: which label Word shows before a paragraph.
//!
//! ECMA-376 Part 1, 17.9: a paragraph names a numbering instance (`num`) and a level; the instance names an abstract definition, whose levels
//! say how a number is written and when it starts again.

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::own;
use crate::source::label;
use crate::source::office::Error;
use crate::source::office::package::PartText;
use crate::source::office::xml::{self, Events};

/// What a paragraph or a style says about its automatic number.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberingRef {
    /// The numbering instance; 0 takes numbering away.
    pub list: Option<i64>,
    /// Counted from 0.
    pub level: Option<i64>,
}

/// The numbering definitions of a document, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: FxHashMap<i64, Definition>,
    instances: FxHashMap<i64, Instance>,
    counters: FxHashMap<i64, [Option<u32>; LEVELS]>,
    /// The definitions that numbering styles are kept in, by the style.
    styled: FxHashMap<String, i64>,
}

const LEVELS: usize = 9;

#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The numbering style that holds the levels and counters in its place.
    style: Option<String>,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Nothing stands between the number and the text, not even a gap.
    is_close: bool,
    is_legal: bool,
    /// Starts again after a level above this one (counted from 1) has counted; 0 for never.
    restart: Option<u32>,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 0,
            format: "decimal".to_owned(),
            text: String::new(),
            is_close: false,
            is_legal: false,
            restart: None,
            style: None,
        }
    }
}

/// Longer texts are cut: one text stands before any number of paragraphs.
const LONGEST_TEXT: usize = 64;

impl Level {
    fn take_property(&mut self, name: &str, element: &BytesStart) {
        let value = || xml::attribute(element, "val").unwrap_or_default();
        let count = || own::number(element).and_then(|number| u32::try_from(number).ok());
        match name {
            "start" => self.start = count().unwrap_or(0),
            "numFmt" => self.format = value(),
            "lvlText" => self.text = value().chars().take(LONGEST_TEXT).collect(),
            "suff" => self.is_close = value() == "nothing",
            "isLgl" => self.is_legal = own::toggle(element),
            "lvlRestart" => self.restart = count(),
            "pStyle" => self.style = Some(value()),
            _ => {}
        }
    }
}

#[derive(Debug, Default)]
struct Instance {
    definition: i64,
    /// Where levels start, and start again, instead of where the definition says.
    overrides: FxHashMap<usize, u32>,
    /// Levels that are written otherwise than in the definition.
    levels: FxHashMap<usize, Level>,
    started: [bool; LEVELS],
}

impl Numbering {
    pub(super) fn read(part: &PartText) -> Result<Self, Error> {
        let mut numbering = Numbering::default();
        let mut scope = Scope::default();
        let mut events = Events::of(part);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(element) | Event::Empty(element) => numbering.take(&element, &mut scope),
                _ => {}
            }
        }
        Ok(numbering)
    }

    fn take(&mut self, element: &BytesStart, scope: &mut Scope) {
        let id = |name| xml::attribute(element, name).and_then(|value| value.parse().ok());
        match element.local_name().as_ref() {
            "abstractNum" => {
                *scope = Scope {
                    definition: id("abstractNumId"),
                    ..Scope::default()
                }
            }
            "num" => {
                *scope = Scope {
                    instance: id("numId"),
                    ..Scope::default()
                }
            }
            name @ ("lvl" | "lvlOverride") => {
                scope.level = id("ilvl").and_then(|level| usize::try_from(level).ok()).filter(|level| *level < LEVELS);
                scope.in_level = name == "lvl";
            }
            name => self.take_property(name, element, scope),
        }
    }

    fn take_property(&mut self, name: &str, element: &BytesStart, scope: &Scope) {
        let value = || xml::attribute(element, "val").unwrap_or_default();
        let count = || own::number(element).and_then(|number| u32::try_from(number).ok());
        if let Some(instance) = scope.instance {
            let instance = self.instances.entry(instance).or_default();
            match (name, scope.level) {
                ("abstractNumId", _) => instance.definition = own::number(element).unwrap_or_default(),
                ("startOverride", Some(level)) => {
                    instance.overrides.insert(level, count().unwrap_or(1));
                }
                (_, Some(level)) if scope.in_level => instance.levels.entry(level).or_default().take_property(name, element),
                _ => {}
            }
            return;
        }
        let Some(id) = scope.definition else { return };
        let definition = self.definitions.entry(id).or_default();
        match (name, scope.level) {
            ("styleLink", _) => {
                self.styled.insert(value(), id);
            }
            ("numStyleLink", _) => definition.style = Some(value()),
            (_, Some(level)) => definition.levels[level].take_property(name, element),
            _ => {}
        }
    }

    /// Counts one paragraph on and gives the label shown before it, with the space behind it; `None` for an unnumbered or bulleted one.
    pub(super) fn next_label(&mut self, reference: NumberingRef, style: Option<&str>) -> Option<String> {
        let list = reference.list.filter(|list| *list != 0)?;
        let id = self.definition_of(list)?;
        let definition = self.definitions.get(&id)?;
        let by_style = || {
            definition
                .levels
                .iter()
                .position(|level| level.style.is_some() && level.style.as_deref() == style)
        };
        let level = reference
            .level
            .and_then(|level| usize::try_from(level).ok())
            .or_else(by_style)
            .unwrap_or(0)
            .min(LEVELS - 1);
        self.count(list, id, level);
        render(&self.levels(list, id), level, &self.counters[&id])
    }

    /// The levels as an instance of a definition has them.
    fn levels(&self, list: i64, id: i64) -> [&Level; LEVELS] {
        let own = self.instances.get(&list).map(|instance| &instance.levels);
        let definition = &self.definitions[&id];
        std::array::from_fn(|index| own.and_then(|own| own.get(&index)).unwrap_or(&definition.levels[index]))
    }

    /// The definition that holds the levels and counters of an instance, behind a link to a numbering style.
    fn definition_of(&self, list: i64) -> Option<i64> {
        let id = self.instances.get(&list)?.definition;
        let style = self.definitions.get(&id)?.style.as_ref();
        Some(style.and_then(|style| self.styled.get(style)).copied().unwrap_or(id))
    }

    fn count(&mut self, list: i64, id: i64, level: usize) {
        let definition = &self.definitions[&id];
        let counters = self.counters.entry(id).or_default();
        let mut start = definition.levels[level].start;
        if let Some(instance) = self.instances.get_mut(&list) {
            let overridden = instance.overrides.get(&level);
            start = overridden.copied().or(instance.levels.get(&level).map(|own| own.start)).unwrap_or(start);
            if !std::mem::replace(&mut instance.started[level], true) && overridden.is_some() {
                counters[level] = None;
            }
        }
        counters[level] = Some(counters[level].map_or(start, |count| count.saturating_add(1)));
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let restarts = definition.levels[deeper]
                .restart
                .is_none_or(|restart| restart != 0 && level < restart as usize);
            if restarts {
                *counter = None;
            }
        }
        for (above, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert(definition.levels[above].start);
        }
    }
}

#[derive(Default)]
struct Scope {
    definition: Option<i64>,
    instance: Option<i64>,
    level: Option<usize>,
    /// What comes describes the level, and not what an instance overrides of it.
    in_level: bool,
}

/// `第%1章`, `%1.%2` with the numbers filled in.
fn render(levels: &[&Level; LEVELS], level: usize, counters: &[Option<u32>; LEVELS]) -> Option<String> {
    let own = levels[level];
    if own.format == "bullet" {
        return None;
    }
    let mut text = String::new();
    let mut chars = own.text.chars().peekable();
    while let Some(char) = chars.next() {
        let place = chars
            .peek()
            .and_then(|next| next.to_digit(10))
            .filter(|digit| char == '%' && (1..=LEVELS as u32).contains(digit));
        let Some(place) = place.map(|place| place as usize - 1) else {
            text.push(char);
            continue;
        };
        chars.next();
        let format = if own.is_legal { "decimal" } else { levels[place].format.as_str() };
        text.push_str(&label::number(format, counters[place].unwrap_or(levels[place].start)));
    }
    if text.is_empty() {
        return None;
    }
    if label::needs_space(&text, own.is_close) {
        text.push(' ');
    }
    Some(text)
}

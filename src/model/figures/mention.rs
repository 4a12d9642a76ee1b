//! Figures as the whole draft knows them: with the subject that their clause leaves unsaid, and with those of table cells.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::draft::{Draft, Piece, Place};
use crate::facts::figure::Figure;
use crate::facts::figure::attribute::is_attribute;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::keyword::{self, Pair};
use crate::facts::figure::period::{self, Part, Period, Year};
use crate::facts::figure::place::Place as Where;
use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::facts::figure::unit::{Dimension, Unit};
use crate::numeral::decimal::{Decimal, Interval};
use crate::script::is_alphanumeric;

use super::cell;
use super::section::{Half, Section};
use super::table::Table;

/// One place where a fact is stated.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Number and unit; in a table the number alone.
    pub place: Place,
    pub number: Place,
    pub value: Decimal,
    /// The power of ten of 万 or 亿 that it is written with, or that its column's head has.
    pub multiplier: i32,
    pub unit: Unit,
    /// For each 亩, said by 亩产 and not by the unit.
    pub per_area: bool,
    /// All values it may stand for, in the smallest unit.
    pub interval: Interval,
    pub exactness: Exactness,
    /// A number to compare: not a range, a floor, or a manner of speaking.
    pub definite: bool,
    pub name: Name,
    /// Who or what the verb is said of, where the name itself is something else.
    pub owner: String,
    pub verb: String,
    pub manner: Manner,
    pub whole: bool,
    pub role: Role,
    pub planned: bool,
    /// 已, 现有: done whatever the section is about.
    pub done: bool,
    /// Whether it tells how many there are now.
    pub standing: Standing,
    pub period: Option<Period>,
    pub body: Body,
    pub section: Section,
    /// The words next to the number, from the number before to the one after; empty for a cell.
    pub around: Range<usize>,
    /// The sentence in the block; empty for a cell.
    pub sentence: Range<usize>,
    pub in_table: bool,
    /// Which table and row, so that cells are not set against their neighbours.
    pub table: Option<usize>,
    /// 对12个…逐个, 在…的基础上: spoken of as something known.
    pub known: bool,
    /// 仅有2家
    pub only: bool,
    /// 94名网格员实行包片: its clause begins with it.
    pub leads: bool,
    /// What has not been done: 开工 in 12个未开工的项目.
    pub not_yet: String,
    /// 其余3个, 剩余的4个问题
    pub remains: bool,
    /// 下降, 减少: a change downwards.
    pub falls: bool,
    /// What the words around it are made of.
    pub keywords: Arc<[Pair]>,
    /// What its sentence is about, as far as another clause tells.
    pub topic: Arc<[Pair]>,
    /// The name that its sentence begins with, if another clause does.
    pub topic_name: String,
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    pub text: String,
    pub origin: Origin,
}

/// Where a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// 小麦136.7万亩
    #[default]
    Before,
    /// 48个教学班; what follows the noun may be in the text too.
    After,
    /// Before the verb: 高标准农田已建成221万亩.
    Owner,
    /// In the clause before.
    Carried,
    /// From the heads of row and column.
    Table,
}

/// Whether a figure tells how many there are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Standing {
    #[default]
    Unsaid,
    /// 目前, 现有
    Present,
    /// What a change came to or is to begin with, or all there is: 由42家增加到57家, 仅有57家.
    Reached,
}

/// Whose figure it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Body {
    /// The draft's own, or unsaid.
    #[default]
    Own,
    Other(String),
}

/// What the draft as a whole says of itself.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Its first blocks: title, author, date.
    pub title: String,
    /// The year that it reports on.
    pub year: Option<u32>,
    /// The part of the year that it reports on.
    pub part: Part,
    /// The level that it speaks for: 县 where it says 全县 and 我县.
    pub level: Option<char>,
    /// The place of that level that it names most often, more than once: its own name, if the title does not say.
    pub own_place: String,
}

impl Frame {
    pub fn read(draft: &Draft) -> Self {
        let pieces = draft.pieces();
        let is_title = |prose: &&str| prose.len() < 150 && !prose.trim_end().ends_with(['。', '；', '：']);
        let title: String = pieces.iter().take(4).map(|piece| piece.prose()).filter(is_title).collect();
        let year = own_year(draft);
        let mut levels: Vec<(char, usize)> = Vec::new();
        for figure in pieces.iter().flat_map(|piece| &piece.facts().figures) {
            let Some(Where::Own(level)) = &figure.place else { continue };
            if !is_territory(*level) {
                continue;
            }
            match levels.iter_mut().find(|(known, _)| known == level) {
                Some((_, count)) => *count += 1,
                None => levels.push((*level, 1)),
            }
        }
        let level = levels.into_iter().max_by_key(|(_, count)| *count).map(|(level, _)| level);
        let part = period::part_of_year(&title);
        // Where the title names the place, no other is the draft's own.
        let unnamed = level.filter(|level| !title.contains(*level));
        let own_place = unnamed.map(|level| own_place(draft, level)).unwrap_or_default();
        Frame {
            title,
            year,
            part,
            level,
            own_place,
        }
    }

    /// Whether a name is of another body of the draft's own level: the neighbouring county in the report of a county.
    pub fn is_peer(&self, name: &str) -> bool {
        self.level.is_some_and(|level| name.ends_with(level)) && !name.starts_with('全') && name != self.own_place
    }
}

/// The place of a level that figures are said of most often.
fn own_place(draft: &Draft, level: char) -> String {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for piece in draft.pieces() {
        let places = piece.facts().figures.iter().filter_map(|figure| figure.place.as_ref());
        for place in places {
            if let Where::Named(range) = place
                && let Some(name) = piece.prose().get(range.clone()).filter(|name| name.ends_with(level))
            {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    let most = counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .max_by_key(|(name, count)| (*count, *name));
    most.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

/// The year in the title, or else the year that is said most often.
fn own_year(draft: &Draft) -> Option<u32> {
    let years = |pieces: &[Piece]| -> Vec<u32> {
        let dates = pieces.iter().flat_map(|piece| &piece.facts().dates.dates);
        dates.filter_map(|date| date.year).collect()
    };
    let in_title: Vec<u32> = draft
        .pieces()
        .iter()
        .take(3)
        .filter(|piece| piece.prose().len() < 150 && ["报告", "总结", "情况", "通报", "汇报"].iter().any(|word| piece.prose().contains(word)))
        .flat_map(|piece| years(std::slice::from_ref(piece)))
        .collect();
    if let Some(year) = in_title.first() {
        return Some(*year);
    }
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for year in years(draft.pieces()) {
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// All mentions of a draft: in its text, then in its tables.
pub fn read(draft: &Draft, tables: &[Table], sections: &[Section], frame: &Frame) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for (block, piece) in draft.pieces().iter().enumerate() {
        if piece.block().is_cell() {
            continue;
        }
        let prose = piece.prose();
        let figures = &piece.facts().figures;
        for (index, figure) in figures.iter().enumerate() {
            let mut mention = in_text(prose, block, figure, sections[block], frame);
            if let Some(previous) = index.checked_sub(1).map(|index| &figures[index])
                && previous.sentence == figure.sentence
                && let Some(last) = mentions.last()
            {
                let named = mentions
                    .iter()
                    .rev()
                    .take(LONGEST_LIST)
                    .find(|mention| !is_state(&mention.name.text))
                    .unwrap_or(last);
                carry(last, named, previous, figure, &mut mention);
            }
            mentions.push(mention);
        }
    }
    for (index, table) in tables.iter().enumerate() {
        cell::read(draft, index, table, sections, &mut mentions);
    }
    mentions
}

/// How many figures before are looked through for a name.
const LONGEST_LIST: usize = 4;

/// 在建 in 项目已完工37个、在建68个: what the things are doing, not what they are.
fn is_state(name: &str) -> bool {
    matches!(name, "在建" | "续建" | "完工" | "新开工" | "在途" | "待建")
}

/// Gives a mention what its clause leaves unsaid and the figures before in its sentence say: the `last` one, and the one that `named` what is
/// counted.
fn carry(last: &Mention, named: &Mention, previous: &Figure, figure: &Figure, mention: &mut Mention) {
    let is_change = matches!(figure.role, Role::Change | Role::Share);
    let goes_on = previous.unit.is_comparable(&figure.unit) && (figure.role != Role::Part || mention.remains) || is_change && !last.relative();
    if mention.name.text.is_empty() && goes_on {
        let named = if named.sentence == mention.sentence && named.place.block == mention.place.block {
            named
        } else {
            last
        };
        mention.name = Name {
            text: named.name.text.clone(),
            origin: Origin::Carried,
        };
        let carried: Vec<Pair> = keyword::pairs_of(&named.name.text).collect();
        mention.topic = keyword::sorted(mention.topic.iter().copied().chain(carried));
    }
    // What something came to is how much there is in the end, whenever it began.
    if previous.role == Role::Base && figure.role == Role::Level && previous.clause == figure.clause && previous.unit.is_comparable(&figure.unit) {
        mention.standing = Standing::Reached;
        mention.period = mention.period.filter(|period| !matches!(period.year, Year::Several(_)));
    }
    // 支渠67条，总长382公里
    if mention.owner.is_empty() && last.unit.counts() && !figure.unit.counts() && is_attribute(&mention.name.text) {
        mention.owner = last.name.text.clone();
    }
}

fn in_text(prose: &str, block: usize, figure: &Figure, section: Section, frame: &Frame) -> Mention {
    let subject = &figure.subject;
    let words = |range: &Range<usize>| cleaned(prose.get(range.clone()).unwrap_or(""));
    let (before, after, owner) = (words(&subject.before), words(&subject.after), words(&subject.owner));
    let lead = &prose[figure.clause.start..figure.range.start];
    let per_area = matches!(figure.unit.dimension(), Dimension::Mass) && ["亩产", "单产", "每亩", "亩均"].iter().any(|word| lead.contains(word));
    let name = name_of(figure, per_area, &before, &after, &owner);
    let owner = if name.origin == Origin::Owner { String::new() } else { owner };
    Mention {
        place: Place::new(block, figure.range.clone()),
        number: Place::new(block, figure.number.clone()),
        value: figure.value,
        multiplier: figure.multiplier,
        unit: figure.unit,
        per_area,
        interval: figure.interval(),
        exactness: figure.exactness,
        // 11.15项 is the number of an item run into what it counts.
        definite: figure.is_definite() && !figure.is_small_word() && !(figure.unit.counts() && figure.value.exponent() < 0),
        name,
        owner,
        verb: words(&subject.verb),
        manner: subject.manner,
        whole: subject.whole,
        role: figure.role,
        planned: figure.planned,
        standing: standing(figure, lead),
        done: ["已", "现有", "目前", "至今", "累计", "实际"].iter().any(|word| lead.contains(word)),
        period: figure.period,
        body: body(prose, figure, frame),
        section,
        around: figure.around.clone(),
        sentence: figure.sentence.clone(),
        in_table: false,
        table: None,
        known: subject.known,
        only: subject.only,
        leads: subject.leads,
        not_yet: words(&subject.not_yet),
        remains: subject.remains,
        falls: figure.role == Role::Change && lead.contains(['降', '减', '少', '低', '缩', '跌']),
        keywords: Arc::clone(&figure.keywords),
        topic: Arc::clone(&figure.topic),
        topic_name: words(&subject.topic),
    }
}

fn standing(figure: &Figure, lead: &str) -> Standing {
    match figure.role {
        Role::Base => Standing::Reached,
        _ if figure.subject.only => Standing::Reached,
        _ if ["现有", "目前", "至今"].iter().any(|word| lead.contains(word)) => Standing::Present,
        _ => Standing::Unsaid,
    }
}

/// The name next to a counter is what is counted; that before a measure is what is measured.
fn name_of(figure: &Figure, per_area: bool, before: &str, after: &str, owner: &str) -> Name {
    let name = |text: &str, origin| Name {
        text: text.to_owned(),
        origin,
    };
    if per_area {
        return name(&format!("{before}单产"), Origin::Before);
    }
    let first_after = figure.unit.counts();
    match (before.is_empty(), after.is_empty()) {
        (_, false) if first_after => name(after, Origin::After),
        (false, _) => name(before, Origin::Before),
        (true, false) => name(after, Origin::After),
        (true, true) => name(owner, Origin::Owner),
    }
}

/// A name without quotation marks, spaces and the words at its edges that name nothing.
pub(super) fn cleaned(text: &str) -> String {
    let mut text: String = text.chars().filter(|char| is_alphanumeric(*char) && *char != '的').collect();
    for word in ["工作", "任务", "等"] {
        if let Some(short) = text.strip_suffix(word).filter(|short| short.chars().count() >= 2) {
            text = short.to_owned();
        }
    }
    text
}

fn body(prose: &str, figure: &Figure, frame: &Frame) -> Body {
    match &figure.place {
        Some(Where::Named(range)) => {
            let name = &prose[range.clone()];
            if frame.title.contains(name) || frame.own_place == name {
                Body::Own
            } else {
                Body::Other(name.to_owned())
            }
        }
        // 全院 may well be said of the draft's own body, however often it says 全县.
        Some(Where::Own(level)) if is_territory(*level) && frame.level.is_some_and(|own| own != *level) => Body::Other(format!("全{level}")),
        _ => Body::Own,
    }
}

fn is_territory(level: char) -> bool {
    "国省市县区镇乡村州旗盟".contains(level)
}

impl Mention {
    pub fn base_value(&self) -> Decimal {
        self.value.times(self.unit.factor()).unwrap_or(self.value)
    }

    /// Whether it stands among what is to come and takes up nothing that is there already.
    pub fn looks_ahead(&self) -> bool {
        self.section.half == Half::Plan && !self.takes_up() && self.role != Role::Base && !self.looks_back()
    }

    /// Whether it is said of a year before the one that its section plans: 参照2024年资助3.5万人的规模.
    fn looks_back(&self) -> bool {
        let year = self.period.map(|period| period.year);
        matches!((year, self.section.year), (Some(Year::Number(year)), Some(planned)) if year < planned)
    }

    /// Whether it is spoken of as something that is there already, wherever it stands.
    pub fn takes_up(&self) -> bool {
        self.done || self.known || self.leads
    }

    /// Whether it tells a change or a share, not how much there is.
    pub fn relative(&self) -> bool {
        matches!(self.role, Role::Change | Role::Share | Role::Comparison | Role::Rank)
    }

    /// Whether the two are counted in units that convert into each other.
    pub fn is_comparable(&self, other: &Mention) -> bool {
        if self.per_area && other.per_area {
            return self.unit.dimension() == other.unit.dimension();
        }
        self.per_area == other.per_area && self.unit.is_comparable(&other.unit)
    }
}

//! What one block states, read once and kept as long as the block reads the same.
//!
//! Facts depend on the block's prose and on what sort of block it is, never on its number in a list or a table, on its neighbours or on settings;
//! ranges are bytes of the block's prose. Everything
//! that needs more than one block is a document model (`model/`), built from these.

pub mod announcement;
pub mod claim;
pub mod clause;
pub mod count;
pub mod date;
pub mod deadline;
pub mod doubled;
pub mod duration;
pub mod enumeration;
pub mod figure;
pub mod fingerprint;
pub mod formula;
pub mod glance;
pub mod marker;
pub mod name;
pub mod oddity;
pub mod person;
pub mod reference;
pub mod refrain;
pub mod row;
pub mod year;

use crate::source::block::Kind;
use announcement::Announcement;
use claim::Claims;
use date::Dates;
use deadline::Deadline;
use enumeration::Enumeration;
use figure::Figure;
use glance::Glance;
use marker::Marker;
use oddity::Oddity;
use person::Person;
use reference::Reference;
use refrain::Refrain;
use year::YearMention;

/// Everything one block states.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub dates: Dates,
    /// Years that tell what the draft is about, in order.
    pub years: Vec<YearMention>,
    /// Days by which something is to be done, in order.
    pub deadlines: Vec<Deadline>,
    /// Numbers with what they measure, in order.
    pub figures: Vec<Figure>,
    /// What figures and dates of the block say of each other.
    pub claims: Claims,
    /// Numbering labels, in order.
    pub markers: Vec<Marker>,
    /// Numbers of items that a list should have, in order.
    pub announcements: Vec<Announcement>,
    /// Things named one by one beside their number, in order.
    pub enumerations: Vec<Enumeration>,
    /// Numbers of a word that clauses beside them say over and over, in order.
    pub refrains: Vec<Refrain>,
    /// Where the block points at numbered parts of the draft, in order.
    pub references: Vec<Reference>,
    /// Whether it points at a figure or table beside it without a number: 如下表.
    pub points_nearby: bool,
    /// Characters and marks that are not what was meant, in order.
    pub oddities: Vec<Oddity>,
    /// Words written twice in a row, in order.
    pub doubled: Vec<doubled::Doubled>,
    /// The words that names end with, in order.
    pub heads: Vec<name::Head>,
    /// People with their posts, in order.
    pub people: Vec<Person>,
    /// 全县, 我局 and their like, in order.
    pub self_references: Vec<name::SelfReference>,
    /// How the block is worded, for comparison with other blocks.
    pub wording: clause::Wording,
}

impl Facts {
    /// Reads a block.
    pub fn read(kind: &Kind, prose: &str) -> Self {
        let glance = Glance::at(prose);
        let dates = date::read(&glance);
        let figures = figure::read(&glance, &dates);
        let claims = Claims::read(prose, &dates, &figures);
        let counts = count::read(&glance);
        let mut wording = clause::read(&glance);
        // Facts stay for as long as the draft does, and these are most of them.
        wording.signs.shrink_to_fit();
        wording.clauses.shrink_to_fit();
        Facts {
            years: year::read(prose),
            deadlines: deadline::read(prose, &dates),
            dates,
            figures,
            claims,
            markers: marker::read(kind, &glance),
            announcements: announcement::read(prose, &counts),
            enumerations: enumeration::read(prose, &counts),
            refrains: refrain::read(prose, &counts),
            references: reference::read(&glance),
            points_nearby: reference::points_nearby(&glance),
            oddities: oddity::read(prose),
            doubled: doubled::read(&glance),
            heads: name::heads(prose),
            people: person::read(prose),
            self_references: name::self_references(&glance, &wording.clauses),
            wording,
        }
    }
}

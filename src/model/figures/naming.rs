//! How the names of two mentions fit together.

use super::mention::{Mention, Origin};

/// What the longer of two names has that the shorter has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness<'a> {
    Same,
    /// 寄宿生, 寄宿生冬季洗浴: the longer goes on after the noun.
    GoesOn(&'a str),
    /// 床位, 养老床位: the longer has a modifier in front.
    Modified(&'a str),
    /// 粮食产量, 粮食总产量: the longer has more between the first character and the last.
    Abbreviated,
    /// 劳动定员42人, 46名定员分批培训: the one ends with what the other begins with.
    Overlapping,
}

/// How two names are alike, if they are, and the name that both have.
pub fn likeness<'a>(a: &'a Mention, b: &'a Mention) -> Option<(Likeness<'a>, &'a str)> {
    let (long, short) = if a.name.text.len() >= b.name.text.len() { (a, b) } else { (b, a) };
    let (long_name, short_name) = (long.name.text.as_str(), short.name.text.as_str());
    // A single character names nothing.
    short_name.chars().nth(1)?;
    if long_name == short_name {
        return Some((Likeness::Same, short_name));
    }
    if let Some(rest) = long_name.strip_prefix(short_name).filter(|rest| may_go_on(long, rest)) {
        return Some((Likeness::GoesOn(rest), short_name));
    }
    if let Some(modifier) = long_name.strip_suffix(short_name) {
        return Some((Likeness::Modified(modifier), short_name));
    }
    if is_abbreviation(short_name, long_name) {
        return Some((Likeness::Abbreviated, short_name));
    }
    let overlap = overlap(a, b).or_else(|| overlap(b, a))?;
    Some((Likeness::Overlapping, overlap))
}

/// Whether the names have one noun with another modifier each, as members of a list have: 农业用电量 and 工业用电量, 土地纠纷 and 物业纠纷.
pub fn are_siblings(a: &Mention, b: &Mention) -> bool {
    let (first, second): (Vec<char>, Vec<char>) = (a.name.text.chars().collect(), b.name.text.chars().collect());
    let tail = first.iter().rev().zip(second.iter().rev()).take_while(|(a, b)| a == b).count();
    let head = first.iter().zip(&second).take_while(|(a, b)| a == b).count();
    // What follows a noun after its counter is no part of its name.
    let heads_count = a.name.origin != Origin::After && b.name.origin != Origin::After;
    let have_rests = |shared: usize| shared >= 2 && first.len() > shared && second.len() > shared;
    let shortened = || is_abbreviation(&a.name.text, &b.name.text) || is_abbreviation(&b.name.text, &a.name.text);
    (have_rests(tail) || heads_count && have_rests(head)) && !shortened()
}

/// What the head of a column adds to the noun.
const MEASURES: &[&str] = &["面积", "产量", "人数", "户数", "数量", "投资", "金额", "里程", "长度", "数"];

/// Words in front of a noun that make a part of what it names.
const SUBSETS: &[&str] = &[
    "农村",
    "城镇",
    "城市",
    "乡村",
    "男性",
    "女性",
    "女",
    "男",
    "老年",
    "青年",
    "民营",
    "国有",
    "公办",
    "民办",
    "重点",
    "新",
    "优秀",
    "大型",
    "中型",
    "小型",
    "小微",
    "老旧",
    "特困",
    "困难",
    "一线",
    "高级",
    "中级",
    "初级",
    "规上",
    "规模以上",
    "涉农",
    "外来",
    "本地",
    "境外",
    "境内",
    "在建",
    "新建",
    "续建",
    "亿元以上",
    "特色",
    "示范",
    "骨干",
];

/// Whether a modifier makes a part of what the noun names: 农村 of 农村居民.
pub fn makes_subset(modifier: &str) -> bool {
    SUBSETS.iter().any(|subset| modifier.ends_with(subset))
}

/// Words that tell, wherever they stand next to a figure, that it is of a part of those whom another figure is said of.
const KINDS_OF_OWNERS: &[&str] = &[
    "民营",
    "国有",
    "公办",
    "民办",
    "农村",
    "城镇",
    "男性",
    "女性",
    "外资",
    "规上",
    "规模以上",
    "小微",
];

/// The kinds of owners that a text names.
pub fn kinds_of_owners(text: &str) -> impl Iterator<Item = &'static str> {
    KINDS_OF_OWNERS.iter().copied().filter(move |kind| text.contains(kind))
}

/// Whether a name may go on so after the noun: 48个教学班全部…, and 玉米播种面积 of a table where the text has 204.5万亩玉米.
fn may_go_on(mention: &Mention, rest: &str) -> bool {
    let is_measure = || MEASURES.iter().any(|measure| rest.ends_with(measure));
    match mention.name.origin {
        Origin::After => true,
        Origin::Table => is_measure(),
        _ => matches!(rest, "收入" | "总额" | "总量" | "数量" | "规模" | "人数" | "总数"),
    }
}

/// Whether the long name has all characters of the short one in order, the first and the last at its ends: 规上企业, 规模以上企业.
fn is_abbreviation(short: &str, long: &str) -> bool {
    let ends_alike = short.chars().next() == long.chars().next() && short.chars().next_back() == long.chars().next_back();
    if !ends_alike || short.chars().nth(2).is_none() {
        return false;
    }
    let mut rest = long.chars();
    short.chars().all(|wanted| rest.any(|char| char == wanted))
}

/// The end of a name before its number that the name after another number begins with, two characters or more.
fn overlap<'a>(before: &'a Mention, after: &Mention) -> Option<&'a str> {
    if before.name.origin == Origin::After || after.name.origin != Origin::After {
        return None;
    }
    let name = before.name.text.as_str();
    let from_third = name.char_indices().skip(1).map(|(at, _)| &name[at..]);
    from_third
        .filter(|end| end.chars().nth(1).is_some())
        .find(|end| after.name.text.starts_with(end))
}

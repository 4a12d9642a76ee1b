//! Units: what a figure counts in, and how units of one dimension convert.

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::numeral::decimal::Decimal;

/// A unit, perhaps for each of another: 吨, 公斤/亩.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    entry: &'static Entry,
    per: Option<&'static Entry>,
}

#[derive(Debug, PartialEq, Eq)]
struct Entry {
    name: &'static str,
    dimension: Dimension,
    /// How many of the dimension's smallest unit it is.
    factor: Decimal,
}

/// What units measure. Figures of different dimensions are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    Money,
    /// The smallest unit is a third of a square metre, so that 亩 is a whole number of them.
    Area,
    /// 亩次: an area counted each time it is worked.
    AreaTurns,
    Length,
    Mass,
    Volume,
    Energy,
    Power,
    /// Days and shorter. Months and years are apart, as they are no fixed number of days.
    Days,
    Months,
    Years,
    People,
    /// 人次: people counted each time they come.
    PeopleTurns,
    Households,
    /// Hundredths of a whole.
    Percent,
    /// 百分点: differences of percentages.
    Points,
    /// 倍.
    Multiple,
    /// 分 of a test or an evaluation.
    Score,
    /// Things counted with a counter; counters that count the same things are one.
    Count(&'static str),
}

impl Unit {
    /// The unit that `text` begins with, and its length in bytes.
    pub fn read(text: &str) -> Option<(Unit, usize)> {
        let entry = longest(text)?;
        let mut length = entry.name.len();
        let mut per = None;
        if let Some(slash) = text[length..].chars().next().filter(|char| matches!(char, '/' | '／'))
            && let Some(below) = longest(&text[length + slash.len_utf8()..])
        {
            length += slash.len_utf8() + below.name.len();
            per = Some(below);
        }
        // 立方米每秒
        if let Some(below) = text[length..]
            .strip_prefix('每')
            .and_then(longest)
            .filter(|below| RATED_BY.contains(&below.name))
        {
            length += '每'.len_utf8() + below.name.len();
            per = Some(below);
        }
        Some((Unit { entry, per }, length))
    }

    /// The unit of a whole text, such as what stands in the brackets of a column's head.
    pub fn of(text: &str) -> Option<(Unit, i32)> {
        let mut power = 0;
        let mut rest = text;
        for (name, ten) in [("万亿", 12), ("百万", 6), ("亿", 8), ("万", 4), ("千", 3)] {
            if let Some(after) = rest.strip_prefix(name)
                && longest(after).is_some()
                && longest(rest).is_none_or(|entry| entry.name.len() <= name.len())
            {
                power = ten;
                rest = after;
                break;
            }
        }
        let (unit, length) = Unit::read(rest)?;
        (length == rest.len()).then_some((unit, power))
    }

    /// A share of a whole, for fractions that carry no sign of their own.
    pub fn percent() -> Unit {
        Unit { entry: &PERCENT, per: None }
    }

    pub fn name(&self) -> &'static str {
        self.entry.name
    }

    pub fn dimension(&self) -> Dimension {
        self.entry.dimension
    }

    /// What one of these is worth in the smallest unit of its dimension.
    pub fn factor(&self) -> Decimal {
        self.entry.factor
    }

    /// The unit that stands for all units of its dimension: 亩 for areas, 吨 for masses. Rates stand for themselves.
    pub fn standard(&self) -> Unit {
        let name = match self.dimension() {
            _ if self.is_rate() => return *self,
            Dimension::Money => "元",
            Dimension::Area => "亩",
            Dimension::Length => "米",
            Dimension::Mass => "吨",
            Dimension::Volume => "立方米",
            Dimension::Energy => "千瓦时",
            Dimension::Power => "千瓦",
            Dimension::People => "人",
            Dimension::Percent => return Unit::percent(),
            Dimension::Points => "个百分点",
            Dimension::Count(name) => name,
            _ => return *self,
        };
        Unit::read(name).map_or(*self, |(unit, _)| unit)
    }

    pub fn is_rate(&self) -> bool {
        self.per.is_some()
    }

    /// Whether figures in these units can be compared, after conversion.
    pub fn is_comparable(&self, other: &Unit) -> bool {
        let same_per = match (self.per, other.per) {
            (None, None) => true,
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        same_per && (self.dimension() == other.dimension() || both_count_bodies(self.dimension(), other.dimension()))
    }

    /// Whether the noun that is counted follows the unit as a rule: 48个教学班, but 亩产400公斤.
    pub fn counts(&self) -> bool {
        matches!(
            self.dimension(),
            Dimension::Count(_) | Dimension::People | Dimension::PeopleTurns | Dimension::Households
        )
    }

    /// Whether values in it are whole numbers and are never rounded when they are written without 万 or 亿.
    pub fn is_counted_one_by_one(&self) -> bool {
        self.counts() && self.per.is_none()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self.per {
            Some(per) => write!(formatter, "{}/{}", self.name(), per.name),
            None => formatter.write_str(self.name()),
        }
    }
}

/// 8个企业 and 8家企业 count the same things.
fn both_count_bodies(a: Dimension, b: Dimension) -> bool {
    let is_body = |dimension| matches!(dimension, Dimension::Count("个" | "家"));
    is_body(a) && is_body(b)
}

fn longest(text: &str) -> Option<&'static Entry> {
    let first = text.chars().next()?;
    let found = BY_FIRST.get(&first)?.iter().copied().find(|entry| text.starts_with(entry.name))?;
    // 20kg is a mass, 20km2 and 5GB are not what their first letter says.
    let after = text[found.name.len()..].chars().next();
    let cut_off = found.name.is_ascii() && found.name != "%" && after.is_some_and(|char| char.is_ascii_alphanumeric());
    (!cut_off).then_some(found)
}

/// What is counted so much 每 one of: 立方米每秒, 公斤每亩.
const RATED_BY: &[&str] = &[
    "秒",
    "小时",
    "天",
    "亩",
    "吨",
    "升",
    "公顷",
    "公斤",
    "千瓦时",
    "立方米",
    "平方米",
    "平方公里",
];

static PERCENT: Entry = Entry {
    name: "%",
    dimension: Dimension::Percent,
    factor: Decimal::new(1, 0),
};

/// Units by their first character, the longest first.
static BY_FIRST: LazyLock<FxHashMap<char, Vec<&'static Entry>>> = LazyLock::new(|| {
    let mut map: FxHashMap<char, Vec<&'static Entry>> = FxHashMap::default();
    for entry in ENTRIES.iter() {
        if let Some(first) = entry.name.chars().next() {
            map.entry(first).or_default().push(entry);
        }
    }
    for entries in map.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.name.len()));
    }
    map
});

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let measures = MEASURES.iter().map(|(name, dimension, mantissa, exponent)| Entry {
        name,
        dimension: *dimension,
        factor: Decimal::new(*mantissa, *exponent),
    });
    let counters = COUNTERS.iter().flat_map(|names| {
        names.split(' ').map(|name| Entry {
            name,
            dimension: Dimension::Count(names.split(' ').next().unwrap_or(names)),
            factor: Decimal::new(1, 0),
        })
    });
    measures.chain(counters).collect()
});

const MEASURES: &[(&str, Dimension, i128, i32)] = &[
    ("元", Dimension::Money, 1, 0),
    ("元人民币", Dimension::Money, 1, 0),
    ("块钱", Dimension::Money, 1, 0),
    ("亩", Dimension::Area, 2000, 0),
    ("亩地", Dimension::Area, 2000, 0),
    ("公顷", Dimension::Area, 30_000, 0),
    ("顷", Dimension::Area, 200_000, 0),
    ("平方米", Dimension::Area, 3, 0),
    ("平米", Dimension::Area, 3, 0),
    ("㎡", Dimension::Area, 3, 0),
    ("m²", Dimension::Area, 3, 0),
    ("平方公里", Dimension::Area, 3, 6),
    ("平方千米", Dimension::Area, 3, 6),
    ("亩次", Dimension::AreaTurns, 1, 0),
    ("公里", Dimension::Length, 1, 6),
    ("千米", Dimension::Length, 1, 6),
    ("km", Dimension::Length, 1, 6),
    ("华里", Dimension::Length, 5, 5),
    ("米", Dimension::Length, 1, 3),
    ("延米", Dimension::Length, 1, 3),
    ("厘米", Dimension::Length, 1, 1),
    ("毫米", Dimension::Length, 1, 0),
    ("mm", Dimension::Length, 1, 0),
    ("海里", Dimension::Length, 1852, 3),
    ("吨", Dimension::Mass, 1, 6),
    ("公斤", Dimension::Mass, 1, 3),
    ("千克", Dimension::Mass, 1, 3),
    ("kg", Dimension::Mass, 1, 3),
    ("斤", Dimension::Mass, 5, 2),
    ("市斤", Dimension::Mass, 5, 2),
    ("克", Dimension::Mass, 1, 0),
    ("毫克", Dimension::Mass, 1, -3),
    ("微克", Dimension::Mass, 1, -6),
    ("立方米", Dimension::Volume, 1, 3),
    ("标准立方米", Dimension::Volume, 1, 3),
    ("标立方米", Dimension::Volume, 1, 3),
    ("立方", Dimension::Volume, 1, 3),
    ("方", Dimension::Volume, 1, 3),
    ("m³", Dimension::Volume, 1, 3),
    ("升", Dimension::Volume, 1, 0),
    ("毫升", Dimension::Volume, 1, -3),
    ("千瓦时", Dimension::Energy, 1, 0),
    ("度电", Dimension::Energy, 1, 0),
    ("吨标准煤", Dimension::Count("吨标准煤"), 1, 0),
    ("吨标煤", Dimension::Count("吨标准煤"), 1, 0),
    ("千瓦", Dimension::Power, 1, 0),
    ("兆瓦", Dimension::Power, 1, 3),
    ("千伏安", Dimension::Count("千伏安"), 1, 0),
    ("千伏", Dimension::Count("千伏"), 1, 0),
    ("马力", Dimension::Count("马力"), 1, 0),
    ("天", Dimension::Days, 1, 0),
    ("个工作日", Dimension::Count("个工作日"), 1, 0),
    ("小时", Dimension::Count("小时"), 1, 0),
    ("分钟", Dimension::Count("分钟"), 1, 0),
    ("秒", Dimension::Count("秒"), 1, 0),
    ("个月", Dimension::Months, 1, 0),
    ("年", Dimension::Years, 1, 0),
    ("年时间", Dimension::Years, 1, 0),
    ("周", Dimension::Count("周"), 1, 0),
    ("岁", Dimension::Count("岁"), 1, 0),
    ("人", Dimension::People, 1, 0),
    ("名", Dimension::People, 1, 0),
    ("位", Dimension::People, 1, 0),
    ("口人", Dimension::People, 1, 0),
    ("人次", Dimension::PeopleTurns, 1, 0),
    ("户", Dimension::Households, 1, 0),
    ("人份", Dimension::Count("人份"), 1, 0),
    ("%", Dimension::Percent, 1, 0),
    ("％", Dimension::Percent, 1, 0),
    ("﹪", Dimension::Percent, 1, 0),
    ("‰", Dimension::Percent, 1, -1),
    ("成", Dimension::Percent, 1, 1),
    ("个百分点", Dimension::Points, 1, 0),
    ("百分点", Dimension::Points, 1, 0),
    ("倍", Dimension::Multiple, 1, 0),
    ("分", Dimension::Score, 1, 0),
    ("℃", Dimension::Count("℃"), 1, 0),
    ("美元", Dimension::Count("美元"), 1, 0),
    ("港元", Dimension::Count("港元"), 1, 0),
    ("欧元", Dimension::Count("欧元"), 1, 0),
    ("日元", Dimension::Count("日元"), 1, 0),
    ("卢布", Dimension::Count("卢布"), 1, 0),
];

/// Counters; those in one string are the same, and the first names them.
const COUNTERS: &[&str] = &[
    "个 個",
    "家",
    "处",
    "座",
    "栋 幢",
    "所",
    "间",
    "件",
    "项",
    "条",
    "次",
    "场 场次",
    "期 期次",
    "班次",
    "份",
    "册",
    "册次 册件次",
    "床日",
    "本",
    "部",
    "台 台套 台(套) 台（套）",
    "套",
    "辆",
    "辆次",
    "只",
    "头",
    "匹",
    "株 棵",
    "眼",
    "口",
    "艘",
    "架",
    "架次",
    "枚",
    "张",
    "篇",
    "起",
    "宗",
    "例",
    "例次",
    "笔",
    "批 批次",
    "家次",
    "户次",
    "车次",
    "件次",
    "节 节次",
    "课时",
    "学时",
    "类",
    "种",
    "支",
    "组",
    "轮",
    "遍",
    "趟",
    "颗",
    "粒",
    "袋",
    "箱",
    "瓶",
    "盒",
    "桶",
    "罐",
    "副",
    "幅",
    "块",
    "片",
    "扇",
    "盏",
    "根",
    "道",
    "首",
    "句",
    "字",
    "层",
    "床",
    "羽",
    "尾",
    "棒",
    "挂",
    "穴",
    "枝",
    "盆",
    "顶",
    "顿",
    "艘次",
    "标箱",
    "票",
    "孔",
    "包",
    "捆",
    "人天",
    "人日",
    "工日",
    "铺",
    "垄",
    "件套",
    "台班",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_wins() {
        for (text, name, length) in [
            ("亩次，", "亩次", 6),
            ("人次", "人次", 6),
            ("个百分点", "个百分点", 12),
            ("台套机械", "台套", 6),
            ("公斤/亩", "公斤", 10),
            ("立方米每秒，", "立方米", 15),
            ("千瓦时", "千瓦时", 9),
            ("吨标准煤", "吨标准煤", 12),
        ] {
            let (unit, read) = Unit::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((unit.name(), read), (name, length), "{text}");
        }
        assert!(Unit::read("kgb").is_none());
        assert!(Unit::read("").is_none());
    }

    #[test]
    fn what_can_be_compared() {
        let unit = |text| Unit::read(text).unwrap().0;
        assert!(unit("亩").is_comparable(&unit("公顷")));
        assert!(unit("名").is_comparable(&unit("人")));
        assert!(unit("家").is_comparable(&unit("个")));
        assert!(!unit("人次").is_comparable(&unit("人")));
        assert!(!unit("公斤/亩").is_comparable(&unit("公斤")));
        assert!(!unit("座").is_comparable(&unit("处")));
    }

    #[test]
    fn units_of_column_heads() {
        for (text, name, power) in [
            ("万亩", "亩", 4),
            ("亿元", "元", 8),
            ("公斤/亩", "公斤", 0),
            ("%", "%", 0),
            ("千瓦", "千瓦", 0),
        ] {
            let (unit, read) = Unit::of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((unit.name(), read), (name, power), "{text}");
        }
        assert!(Unit::of("备注").is_none());
    }
}

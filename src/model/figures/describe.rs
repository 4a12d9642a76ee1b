//! What a figure was read as, in words: for hovers, tables and lists.

use super::mention::{Body, Mention};
use crate::draft::Draft;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::period::{Part, Period, Year};
use crate::facts::figure::role::Role;
use crate::facts::figure::unit::Unit;
use crate::finding::Language;
use crate::model::numbering::Numbering;
use crate::numeral::decimal::Decimal;

/// The innermost heading or item that a mention stands under.
pub fn section(draft: &Draft, numbering: &Numbering, mention: &Mention) -> Option<String> {
    let node = numbering.section(mention.place.block)?;
    let label = node.marker.as_ref().map_or("", |_| draft.quote(&node.place).trim());
    Some(format!("{label}{}", draft.quote(&node.title)))
}

/// The value in the figure's own unit, in plain digits.
pub fn plain_value(mention: &Mention) -> String {
    plain(mention.value)
}

pub fn place(mention: &Mention) -> Option<String> {
    match &mention.body {
        Body::Own => None,
        Body::Other(name) => Some(name.clone()),
    }
}

pub fn role(mention: &Mention, language: Language) -> Option<&'static str> {
    if mention.planned {
        return Some(language.pick("计划数", "planned"));
    }
    Some(match mention.role {
        Role::Level if mention.whole => language.pick("总数", "total"),
        Role::Level => return None,
        Role::Part => language.pick("其中之一", "part"),
        Role::Base => language.pick("原来的数", "starting value"),
        Role::Change => language.pick("增减数", "change"),
        Role::Average => language.pick("平均数", "average"),
        Role::Share => language.pick("比重", "share"),
        Role::Comparison => language.pick("比较数", "comparison"),
        Role::Rank => language.pick("位次", "rank"),
    })
}

pub fn period(mention: &Mention, language: Language) -> Option<String> {
    let Period { year, part } = mention.period?;
    let year = match year {
        Year::Unsaid => String::new(),
        Year::Number(year) => format!("{year}{}", language.pick("年", "")),
        Year::FromNow(0) => language.pick("今年", "this year").to_owned(),
        Year::FromNow(-1) => language.pick("去年", "last year").to_owned(),
        Year::FromNow(1) => language.pick("明年", "next year").to_owned(),
        Year::FromNow(years) => language
            .pick("另一年", if years < 0 { "an earlier year" } else { "a later year" })
            .to_owned(),
        Year::Several(_) => language.pick("一段时期", "several years").to_owned(),
    };
    let part = match (part, language) {
        (Part::Whole, _) => String::new(),
        (Part::Months(from, to), Language::Chinese) if from == to => format!("{from}月"),
        (Part::Months(from, to), Language::Chinese) => format!("{from}—{to}月"),
        (Part::Months(from, to), Language::English) if from == to => format!(" month {from}"),
        (Part::Months(from, to), Language::English) => format!(" months {from}–{to}"),
    };
    let whole = format!("{year}{part}").trim().to_owned();
    (!whole.is_empty()).then_some(whole)
}

/// The value in the one unit that stands for its dimension, so that figures in different units can be sorted and summed: 亩 for areas, 吨 for
/// masses. Rates keep the unit that they are written in.
pub fn normalized(mention: &Mention) -> (String, Unit) {
    let unit = if mention.per_area { mention.unit } else { mention.unit.standard() };
    // Every factor is a whole number of small primes, so that this many digits hold any quotient.
    const DIGITS: i32 = 12;
    let value = mention.base_value().over(unit.factor(), mention.value.exponent().min(0) - DIGITS);
    match value {
        Some(value) => (plain(value.trimmed()), unit),
        None => (plain(mention.value), mention.unit),
    }
}

fn plain(value: Decimal) -> String {
    let text = value.to_string();
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

pub fn exactness(mention: &Mention, language: Language) -> Option<&'static str> {
    Some(match mention.exactness {
        Exactness::Exact if mention.definite => return None,
        // 8至10公斤, and 两个 that may be a manner of speaking.
        Exactness::Exact => language.pick("不作定数", "not one number"),
        Exactness::About => language.pick("约数", "about"),
        Exactness::Nearly => language.pick("略少", "nearly"),
        Exactness::Over => language.pick("略多", "over"),
        Exactness::AtLeast => language.pick("不少于", "at least"),
        Exactness::AtMost => language.pick("不超过", "at most"),
        Exactness::Loose => language.pick("概数", "order of size"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn first(text: &str) -> Mention {
        super::super::of(&Draft::new(text, Format::Plain)).mentions.remove(0)
    }

    #[test]
    fn values_come_in_one_unit_for_each_dimension() {
        for (text, value, unit) in [
            ("粮食面积3.5万公顷。", "525000", "亩"),
            ("建筑面积1200平方米。", "1.8", "亩"),
            ("投资3.6亿元。", "360000000", "元"),
            ("新修道路12.5公里。", "12500", "米"),
            ("收购小麦300公斤。", "0.3", "吨"),
            ("增长6.50%。", "6.5", "%"),
            ("用药3公斤/亩。", "3", "公斤/亩"),
            ("新建泵站12座。", "12", "座"),
        ] {
            let (is_value, is_unit) = normalized(&first(text));
            assert_eq!((is_value.as_str(), is_unit.to_string().as_str()), (value, unit), "{text}");
        }
    }

    #[test]
    fn what_is_left_open_is_not_said() {
        let mention = first("今年上半年，新建泵站近30座。");
        assert_eq!(period(&mention, Language::Chinese).as_deref(), Some("今年1—6月"));
        assert_eq!(exactness(&mention, Language::English), Some("nearly"));
        let mention = first("新建泵站30座。");
        assert_eq!((period(&mention, Language::Chinese), place(&mention)), (None, None));
        assert_eq!((role(&mention, Language::Chinese), exactness(&mention, Language::Chinese)), (None, None));
    }
}

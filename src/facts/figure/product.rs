//! So many, at so much each, make so much: 236户、户均3000元、共70.8万元; 1200亩，亩产450公斤，总产540吨.

use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::slip::{self, Slip};

use super::Figure;
use super::equation::{Equation, label};
use super::exactness::Exactness;
use super::unit::{Dimension, Unit};

/// Words for what one of something has.
const AVERAGES: &[(&str, &str)] = &[
    ("户均", "户"),
    ("人均", "人"),
    ("生均", "名"),
    ("亩均", "亩"),
    ("亩产", "亩"),
    ("单产", "亩"),
    ("村均", "个"),
    ("校均", "所"),
    ("场均", "场"),
    ("台均", "台"),
];
/// 每月, 每次: the number of times is not told by the count.
const EACH_TIME: &[&str] = &[
    "每月",
    "每年",
    "每天",
    "每日",
    "每次",
    "每季",
    "每周",
    "每学期",
    "每学年",
    "月均",
    "年均",
    "日均",
];
/// Farther off, the three are hardly of one matter: in hundredths.
const FARTHEST: i128 = 40;
/// Averages are rounded more often than they are written so: in hundredths.
const NEAREST: i128 = 2;

/// All products of a block that do not come out.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Equation> {
    (2..figures.len()).filter_map(|last| product(prose, figures, last - 2)).collect()
}

/// Three figures in a row: a count, what each has, and what all have, in any order.
fn product(prose: &str, figures: &[Figure], first: usize) -> Option<Equation> {
    let row = first..first + 3;
    let sentence = &figures[first].sentence;
    let plain = |index: usize| {
        let figure = &figures[index];
        figure.sentence == *sentence && figure.exactness == Exactness::Exact && figure.upper.is_none() && !figure.unit.is_rate()
    };
    if !row.clone().all(plain) {
        return None;
    }
    let mut averages = row.clone().filter_map(|index| Some((index, counted_in(label(prose, figures, index))?)));
    let ((average, counter), None) = (averages.next()?, averages.next()) else {
        return None;
    };
    let words = &prose[figures[first].clause.start..figures[first + 2].range.end];
    let is_vague = ["分别", "不等", "其中", "最高", "最低"].iter().any(|word| words.contains(word));
    // 每人每年360元……全年发放151万元: the year is told on both sides.
    let is_of_the_year = words.contains("每年") && words.contains("全年") && words.matches("每年").count() == 1;
    if is_vague || EACH_TIME.iter().any(|word| words.contains(word) && !(is_of_the_year && *word == "每年")) {
        return None;
    }
    // Those of whom each has so much are told before: 对前3位各奖励50万元，共150万元；连续两次…的约谈.
    let end = if label(prose, figures, average).contains('各') {
        average
    } else {
        row.end
    };
    let count = (row.start..end).find(|index| *index != average && is_count(&figures[*index], counter))?;
    let total = row.clone().find(|index| *index != average && *index != count)?;
    is_total(prose, figures, average, total).then(|| check(prose, figures, count, average, total, counter))?
}

/// The unit of what has so much each; `None` for the unit means that anything counted may be meant.
fn counted_in(label: &str) -> Option<Option<Unit>> {
    // Each of the words has one of these, and most labels have none.
    if !label.contains(['均', '产', '价', '每', '各']) {
        return None;
    }
    let label = label.trim_end_matches("每年");
    let is_average = |word: &str| label.rfind(word).is_some_and(|at| is_noun(&label[at + word.len()..]));
    if let Some((_, unit)) = AVERAGES.iter().find(|(word, _)| is_average(word)) {
        return Some(Unit::of(unit).map(|(unit, _)| unit));
    }
    if label.trim_end_matches(['为', '是']).ends_with("单价") {
        return Some(None);
    }
    // 列均, 店均: what has so much each is the counter itself.
    if let Some(at) = label.find('均').filter(|at| is_noun(&label[at + '均'.len_utf8()..]))
        && let Some((unit, _)) = label[..at].char_indices().next_back().and_then(|(start, _)| Unit::of(&label[start..at]))
    {
        return Some(Some(unit));
    }
    // 为86个村各配备电脑2台
    if let Some(at) = label.rfind('各').filter(|at| is_noun(&label[at + '各'.len_utf8()..])) {
        return (!label[at..].starts_with("各类") && !label[at..].starts_with("各级")).then_some(None);
    }
    let each = label.rfind('每')? + '每'.len_utf8();
    let (unit, length) = Unit::read(&label[each..])?;
    is_noun(&label[each + length..]).then_some(Some(unit))
}

/// A word or two between 每户 and the number: 补助, 年收入.
fn is_noun(words: &str) -> bool {
    words.chars().count() <= 6 && !words.contains(['，', ',', '、', '。', '；'])
}

fn is_count(figure: &Figure, counter: Option<Unit>) -> bool {
    match counter {
        Some(unit) => figure.unit.is_comparable(&unit),
        None => figure.unit.counts() && !matches!(figure.unit.dimension(), Dimension::People | Dimension::PeopleTurns),
    }
}

fn is_total(prose: &str, figures: &[Figure], average: usize, total: usize) -> bool {
    let (each, all) = (&figures[average], &figures[total]);
    // 为86个村各配备2台，共172台
    if label(prose, figures, average).contains('各') {
        let is_sum = ["共", "合计", "总"].iter().any(|word| label(prose, figures, total).starts_with(word));
        return average < total && is_sum && each.unit.is_comparable(&all.unit) && each.base_value().less_than(all.base_value());
    }
    let own = label(prose, figures, total);
    let is_of_more = ["另", "增加", "减少", "比", "较", "节约", "剩余"].iter().any(|word| own.contains(word));
    let is_possible = each.unit.is_comparable(&all.unit) && each.base_value().less_than(all.base_value()) && !is_of_more;
    // 发放补贴70.8万元，户均3000元: the average goes back to what stands before it. What follows an average must be told to be the sum.
    is_possible && (total < average || tells_sum(own, label(prose, figures, average)))
}

/// 共, 总产, 发放, or the same noun as the average's: 每户补助2000元，补助资金12万元.
fn tells_sum(own: &str, average: &str) -> bool {
    let is_sum = ["共", "总", "合计", "累计", "发放", "兑付", "兑现", "支付", "拨付", "需", "实现"]
        .iter()
        .any(|word| own.contains(word));
    let chars: Vec<char> = own.chars().collect();
    let is_same_noun = chars.windows(2).any(|pair| average.contains(&pair.iter().collect::<String>()));
    is_sum || is_same_noun
}

fn check(prose: &str, figures: &[Figure], count: usize, average: usize, total: usize, counter: Option<Unit>) -> Option<Equation> {
    let factor = counter.map_or(Decimal::from(1), |unit| unit.factor());
    let number = figures[count].base_value().over(factor, figures[count].value.exponent())?;
    let (each, all) = (figures[average].base_value(), figures[total].base_value());
    let expected = number.times(each)?;
    let number_range = match figures[count].unit.is_counted_one_by_one() && figures[count].value.exponent() == 0 {
        true => Interval::exactly(number),
        false => Interval::rounded(number),
    };
    let each_range = figures[average].interval();
    let range = Interval::new(number_range.low.times(each_range.low)?, number_range.high.times(each_range.high)?);
    // What is set for each is not rounded as an average is: then a slip of the hand is one, however small.
    let is_slip = slip::between(expected, all).is_some_and(|slip| slip == Slip::Swapped);
    if range.overlaps(&figures[total].interval()) || is_within(expected, all, NEAREST)? && !is_slip {
        return None;
    }
    if !is_within(expected, all, FARTHEST)? && slip::between(expected, all).is_none() {
        return None;
    }
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let mut sources = vec![count, average, total];
    sources.sort_unstable();
    let last = sources.pop()?;
    if last == average {
        let expected = all.over(number, figures[average].value.exponent())?;
        let working = format!("{}÷{}", quote(total), quote(count));
        return Equation::new(figures, average, sources, expected, working);
    }
    let sources = vec![count.min(average), count.max(average)];
    Equation::new(figures, total, sources, expected, format!("{}×{}", quote(count), quote(average)))
}

/// Whether two values are no farther apart than so many hundredths of the second.
fn is_within(a: Decimal, b: Decimal, hundredths: i128) -> Option<bool> {
    Some(a.minus(b)?.abs().at_most(b.abs().times(Decimal::new(hundredths, -2))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figure::equation::corrections;

    fn wrong(prose: &str) -> Vec<String> {
        corrections(prose, read)
    }

    #[test]
    fn products_that_do_not_come_out() {
        for (prose, expected) in [
            ("全村236户共发放补贴70.8万元，户均3500元。", "3000元"),
            ("种植面积1200亩，平均亩产450公斤，总产量640吨。", "540吨"),
            ("为86个村各配备电脑2台，共127台。", "172台"),
            ("对12个优秀村各奖励5万元，共奖励50万元。", "60万元"),
            ("标准为每人每年360元，惠及4200人，全年发放115.2万元。", "151.2万元"),
            ("按每亩1200元的标准补偿426亩，共需资金52.11万元。", "51.12万元"),
            ("建设厂房12栋，每栋5000平方米，共6.5万平方米。", "6万平方米"),
            ("慰问困难党员35名，每人500元，共发放慰问金1.57万元。", "1.75万元"),
            ("种植药材2600亩，亩均产值4500元，实现产值1710万元。", "1170万元"),
            ("采购电脑40台，单价4800元，合计19.8万元。", "19.2万元"),
            ("每亩补贴120元，共补贴3.5万亩，发放资金402万元。", "420万元"),
        ] {
            assert_eq!(wrong(prose), vec![expected.to_owned()], "{prose}");
        }
    }

    #[test]
    fn products_that_do_or_are_of_something_else() {
        for prose in [
            "全村236户共发放补贴70.8万元，户均3000元。",
            "全村236户共发放补贴71.2万元，户均3000元。",
            "按每人每月80元的标准，为450名老人发放补贴43.2万元。",
            "种植面积1200亩，平均亩产450公斤，总产540吨。",
            "为86个村各配备电脑2台，共172台。",
            "12个部门各派出2人，共走访36户。",
            "对排名前列的镇街各奖励50万元，共150万元；对连续两次排名末位的予以约谈。",
            "按每人每年80元的标准，为450名老人分两次发放补贴，全年发放3.6万元。",
            "带动92户，户均增收2989元，村集体收入达到31.8万元。",
            "流转土地1200亩，每亩租金800元，建成大棚投资360万元。",
            "12个村，每个村2部，共配备24部；每部3000元，投入7.2万元。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}

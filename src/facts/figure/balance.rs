//! What is left of one figure after another: 新增1260户，注销384户，净增876户; 结转、收入、支出与结余.

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::equation::{Equation, label};
use super::exactness::Exactness;
use super::unit::Dimension;

/// Words for what comes in, what goes out and what remains of both.
const IN: &[&str] = &[
    "新增",
    "出生",
    "引进",
    "迁入",
    "流入",
    "收入",
    "新登记",
    "新设",
    "增加",
    "吸收",
    "转入",
    "出口",
    "新注册",
];
const OUT: &[&str] = &[
    "注销",
    "死亡",
    "流出",
    "迁出",
    "支出",
    "减少",
    "退出",
    "关闭",
    "离职",
    "转出",
    "进口",
    "吊销",
    "收回",
    "自然减员",
];
/// Words for a difference of the two figures before.
const DIFFERENCES: &[&str] = &[
    "节约", "超支", "空编", "缺编", "超编", "差额", "相差", "温差", "缺口", "尚缺", "顺差", "逆差", "缺员",
];

/// All remainders of a block that do not come out.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Equation> {
    let found = |last: usize| carried_over(prose, figures, last).or_else(|| difference(prose, figures, last));
    (2..figures.len()).filter_map(found).collect()
}

/// The last of three figures is the difference of the first two.
fn difference(prose: &str, figures: &[Figure], last: usize) -> Option<Equation> {
    let row = [last - 2, last - 1, last];
    if !is_row(figures, &row) {
        return None;
    }
    let [one, other, rest] = row.map(|index| label(prose, figures, index));
    let net = is_net(rest, one) && contains(one, IN) && contains(other, OUT);
    let named = DIFFERENCES.iter().any(|word| rest.starts_with(word)) && rest.chars().count() <= 6 && !other.contains("其中");
    if !net && !named {
        return None;
    }
    let [first, second, stated] = row.map(|index| &figures[index]);
    let (large, small) = match first.base_value().less_than(second.base_value()) {
        true => (last - 1, last - 2),
        false => (last - 2, last - 1),
    };
    if fits(&[&figures[large]], &[&figures[small]], stated) || is_difference_of_any(figures, last) {
        return None;
    }
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let expected = figures[large].base_value().minus(figures[small].base_value())?;
    let is_possible = !expected.is_zero() && stated.base_value().at_most(figures[large].base_value());
    let working = format!("{}－{}", quote(large), quote(small));
    is_possible.then(|| Equation::new(figures, last, vec![last - 2, last - 1], expected, working))?
}

/// 净增, 净流入人口 after 流入人口: what is left is of what came in.
fn is_net(rest: &str, income: &str) -> bool {
    let change = ["净增加", "净增长", "净增", "净流入", "净迁入", "净收入", "净减少", "净流出", "净出口"];
    let noun = change.iter().find_map(|word| rest.strip_prefix(word));
    noun.is_some_and(|noun| noun.is_empty() || income.contains(noun.trim_end_matches(['为', '达', '了'])))
}

/// 年初结转126万元，本年收入840万元，本年支出795万元，年末结余171万元.
fn carried_over(prose: &str, figures: &[Figure], last: usize) -> Option<Equation> {
    let row = [last.checked_sub(3)?, last - 2, last - 1, last];
    let [start, income, spending, rest] = row.map(|index| label(prose, figures, index));
    let is_account = ["结转", "年初", "期初", "结余"].iter().any(|word| start.contains(word))
        && income.contains("收入")
        && spending.contains("支出")
        && ["结余", "结存", "结转", "余额"].iter().any(|word| rest.contains(word));
    if !is_account || !is_row(figures, &row) {
        return None;
    }
    let [first, second, third, stated] = row.map(|index| &figures[index]);
    if fits(&[first, second], &[third], stated) || fits(&[second], &[third], stated) {
        return None;
    }
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let expected = first.base_value().plus(second.base_value())?.minus(third.base_value())?;
    let working = format!("{}＋{}－{}", quote(row[0]), quote(row[1]), quote(row[2]));
    Equation::new(figures, last, row[..3].to_vec(), expected, working)
}

/// Exact amounts of one sentence in units that convert into each other.
fn is_row(figures: &[Figure], row: &[usize]) -> bool {
    let first = &figures[row[0]];
    row.iter().all(|index| {
        let figure = &figures[*index];
        figure.sentence == first.sentence
            && figure.exactness == Exactness::Exact
            && figure.upper.is_none()
            && figure.unit.is_comparable(&first.unit)
            && !matches!(figure.unit.dimension(), Dimension::Percent | Dimension::Points | Dimension::Multiple)
    })
}

fn contains(label: &str, words: &[&str]) -> bool {
    words.iter().any(|word| label.contains(word))
}

/// Whether what comes in less what goes out is the rest, within rounding.
fn fits(plus: &[&Figure], minus: &[&Figure], rest: &Figure) -> bool {
    let sum = |figures: &[&Figure]| {
        let zero = Interval::exactly(Decimal::ZERO);
        figures.iter().try_fold(zero, |sum, figure| sum.plus(&figure.interval()))
    };
    let difference = sum(plus).zip(sum(minus)).and_then(|(plus, minus)| plus.minus(&minus));
    difference.is_none_or(|difference| difference.overlaps(&rest.interval()))
}

/// Whether the figure is the difference of any two before it in its sentence.
fn is_difference_of_any(figures: &[Figure], last: usize) -> bool {
    let stated = &figures[last];
    let before: Vec<&Figure> = figures[..last]
        .iter()
        .rev()
        .take(8)
        .filter(|figure| figure.sentence == stated.sentence && figure.unit.is_comparable(&stated.unit))
        .collect();
    before.iter().any(|large| before.iter().any(|small| fits(&[large], &[small], stated)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn wrong(prose: &str) -> Vec<String> {
        let figures = figure::read(&Glance::at(prose), &date::read(&Glance::at(prose)));
        read(prose, &figures)
            .iter()
            .map(|found| figures[found.stated].write_like(found.expected))
            .collect()
    }

    #[test]
    fn remainders_that_do_not_come_out() {
        for (prose, expected) in [
            ("新增市场主体1260户，注销384户，净增786户。", "876户"),
            ("核定编制68名，现有在编人员61名，空编9名。", "7名"),
            ("年初结转126万元，本年收入840万元，本年支出795万元，年末结余181万元。", "171万元"),
            ("安排预算850万元，实际支出796万元，节约64万元。", "54万元"),
        ] {
            assert_eq!(wrong(prose), vec![expected.to_owned()], "{prose}");
        }
    }

    #[test]
    fn remainders_that_do_or_are_of_something_else() {
        for prose in [
            "新增市场主体1260户，注销384户，净增876户。",
            "新增市场主体1260户，注销384户，净增加税收户62户。",
            "引进人才86名，培训23名，净流入72名。",
            "收入3.6亿元，支出3.4亿元，节约资金0.1亿元用于民生。",
            "年初结转126万元，本年收入840万元，本年支出795万元，年末结余171万元。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}

//! What is left of one figure after another: 新增1260户，注销384户，净增876户; 结转、收入、支出与结余.
//!
//! A difference is known by its name. Some names tell what is taken from what (`NAMED`); the others go back to the two figures before them.

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::equation::{Equation, label};
use super::exactness::Exactness;
use super::rate::told_of;
use super::unit::Dimension;

/// Words for what comes in and what goes out.
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

/// A difference whose name tells what is taken from what. Words are parted by spaces.
struct Named {
    /// What its own words end with.
    names: &'static str,
    /// What is said of the larger figure and of that which is taken from it.
    from: &'static str,
    less: &'static str,
}

const NAMED: &[Named] = &[
    Named {
        names: "审减 核减 审减额 核减额 审减金额 核减金额 审减资金 核减资金 审减工程款 核减工程款",
        from: "送审 报审 中标 申报 合同",
        less: "审定 核定 结算",
    },
    Named {
        names: "缺口 资金缺口 缺口资金 尚缺",
        from: "总投资 投资 需 计划 预算 估算 概算",
        less: "落实 到位 筹集 产量 供给 供应 可供 实有 现有 安排",
    },
    Named {
        names: "亏损 净亏 倒挂 价差",
        from: "成本 进价 收购价",
        less: "水价 售价 电价 价格 收费 气价 每吨 执行",
    },
    Named {
        names: "毛利 毛利润",
        from: "营业收入 销售收入 收入",
        less: "营业成本 销售成本 成本",
    },
    Named {
        names: "净资产 所有者权益",
        from: "资产总额 总资产 资产合计",
        less: "负债总额 总负债 负债",
    },
    Named {
        names: "自然增长 自然增加 自然增长人口 净增人口",
        from: "出生",
        less: "死亡",
    },
    Named {
        names: "贸易顺差 顺差 净出口",
        from: "出口",
        less: "进口",
    },
    Named {
        names: "贸易逆差 逆差 净进口",
        from: "进口",
        less: "出口",
    },
    Named {
        names: "超额完成 超额 超计划完成 超目标 超任务",
        from: "实际 完成 已 实现",
        less: "计划 任务 目标",
    },
    Named {
        names: "提前 提前了",
        from: "合同工期 计划工期 定额工期",
        less: "实际用时 实际工期 实际施工 仅用",
    },
];

/// How many figures back the operands of a named difference are looked for.
const REACH: usize = 6;

/// All remainders of a block that do not come out.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Equation> {
    let found = |last: usize| {
        let of_three = || carried_over(prose, figures, last).or_else(|| difference(prose, figures, last));
        named(prose, figures, last).or_else(of_three)
    };
    (2..figures.len()).filter_map(found).collect()
}

/// What may stand between the name of a figure and its number.
const FILLERS: &[char] = &['达', '到', '为', '约', '了', '共', '有', '是', '额'];

/// 送审4826万元，审定4512万元，核减314万元: the two figures of its sentence that the name goes back to.
fn named(prose: &str, figures: &[Figure], last: usize) -> Option<Equation> {
    let stated = &figures[last];
    let own = label(prose, figures, last).trim_end_matches(FILLERS);
    let is_called = |named: &&Named| named.names.split(' ').any(|name| own.ends_with(name));
    let way = NAMED.iter().find(is_called).filter(|_| is_amount(stated))?;
    let operands = |words: &str| -> Vec<usize> {
        let is_operand = |index: &usize| {
            let figure = &figures[*index];
            let told = told_of(prose, figures, *index);
            let is_of_it = figure.sentence == stated.sentence && is_amount(figure) && figure.unit.is_comparable(&stated.unit);
            is_of_it && words.split(' ').any(|word| told.contains(word))
        };
        (0..last).rev().take(REACH).filter(is_operand).collect()
    };
    let (larger, smaller) = (operands(way.from), operands(way.less));
    let (from, less) = (*larger.first()?, *smaller.iter().find(|less| **less != larger[0])?);
    // Another amount beside them may be taken away too.
    let is_other = |index: usize| index != from && index != less && is_amount(&figures[index]) && figures[index].unit.is_comparable(&stated.unit);
    let is_unclear = (from.min(less)..last).any(is_other);
    if is_unclear || figures[from].base_value().at_most(figures[less].base_value()) || is_difference_of_any(figures, last) {
        return None;
    }
    let expected = figures[from].base_value().minus(figures[less].base_value())?;
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let working = format!("{}－{}", quote(from), quote(less));
    Equation::new(figures, last, vec![from.min(less), from.max(less)], expected, working)
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

/// What comes to a stock and what goes from it.
const COMES: &[&str] = &[
    "收入", "征缴", "新增", "新收", "收到", "入库", "转入", "增加", "筹集", "归集", "购入", "存入",
];
const GOES: &[&str] = &[
    "支出", "释放", "减少", "出库", "审结", "拨付", "使用", "转出", "销售", "办结", "领用", "支付",
];

/// 年初结转126万元，本年收入840万元，本年支出795万元，年末结余171万元.
fn carried_over(prose: &str, figures: &[Figure], last: usize) -> Option<Equation> {
    let row = [last.checked_sub(3)?, last - 2, last - 1, last];
    let [start, income, spending, rest] = row.map(|index| label(prose, figures, index));
    let is_account = contains(start, &["结转", "年初", "期初", "结余", "结存", "上年末"])
        && contains(income, COMES)
        && contains(spending, GOES)
        && contains(rest, &["结余", "结存", "结转", "余额", "期末", "年末", "未结", "库存"]);
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
        figure.sentence == first.sentence && is_amount(figure) && figure.unit.is_comparable(&first.unit)
    })
}

fn is_amount(figure: &Figure) -> bool {
    figure.exactness == Exactness::Exact
        && figure.upper.is_none()
        && !matches!(figure.unit.dimension(), Dimension::Percent | Dimension::Points | Dimension::Multiple)
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
    use crate::facts::figure::equation::corrections;

    fn wrong(prose: &str) -> Vec<String> {
        corrections(prose, read)
    }

    #[test]
    fn remainders_that_do_not_come_out() {
        for (prose, expected) in [
            ("新增市场主体1260户，注销384户，净增786户。", "876户"),
            ("核定编制68名，现有在编人员61名，空编9名。", "7名"),
            ("年初结转126万元，本年收入840万元，本年支出795万元，年末结余181万元。", "171万元"),
            ("安排预算850万元，实际支出796万元，节约64万元。", "54万元"),
            ("上年结存286万元，本年征缴1642万元，本年支出1526万元，滚存结余420万元。", "402万元"),
            ("全年出生6842人，死亡4268人，自然增长2754人。", "2574人"),
            ("全年出口58.2亿元，进口28.2亿元，贸易顺差32亿元。", "30亿元"),
            ("送审金额4826.5万元，审定金额4512.3万元，核减341.2万元。", "314.2万元"),
            ("总投资23.8亿元，已落实16.66亿元，资金缺口7.41亿元。", "7.14亿元"),
            ("现行水价每吨2.1元，低于3.2元的完全成本，每供一吨亏损0.9元。", "1.1元"),
            ("今年计划改造小区26个，实际改造28个，超额完成3个。", "2个"),
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
            "总投资23.8亿元，其中一期5.2亿元、二期3.4亿元已落实，资金缺口15.2亿元。",
            "水价每吨2.3元，低于3.2元的完全成本，每供一吨亏损0.9元，全年亏损126万元。",
            "出口58.2亿元，增长6%；进口28.2亿元，其中机电12.6亿元，贸易顺差30亿元。",
            "营业收入4.86亿元，净资产2.1亿元，负债1.8亿元。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}

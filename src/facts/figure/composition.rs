//! Shares that stand in a row: each of its part (A10户，占20%；B25户，占50%), or all of one whole (A占41%，B占52%，其他占7%).

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::exactness::Exactness;
use super::share::{self, Share, Whole};
use super::unit::Dimension;

/// Shares that should come to a hundred per cent and do not.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// Which figures of the block are the shares.
    pub shares: Vec<usize>,
    pub sum: Decimal,
    /// The last is what is left: 其他.
    pub closed: bool,
}

/// Rows longer than this are not looked at.
const LONGEST: usize = 12;

/// Levels of schooling.
const SCHOOLS: &[&str] = &["小学", "初中", "高中", "中专", "大专", "专科", "本科", "研究生", "硕士", "博士"];
const INCOMES: &[&str] = &["工资性", "经营", "财产", "转移"];

/// Shares that do not follow from their parts as their neighbours in the row do.
pub fn odd_shares(prose: &str, figures: &[Figure]) -> Vec<Share> {
    let mut found = Vec::new();
    for sentence in sentences(figures) {
        let pairs: Vec<(usize, usize)> = sentence
            .clone()
            .skip(1)
            .filter(|rate| is_share(prose, figures, *rate))
            .map(|rate| (rate - 1, rate))
            .filter(|(part, _)| figures[*part].exactness == Exactness::Exact && share::is_part(&figures[*part]))
            .collect();
        let Some((first, _)) = pairs.first().filter(|_| (2..=LONGEST).contains(&pairs.len())) else {
            continue;
        };
        let comparable = |part: &usize| figures[*part].unit.is_comparable(&figures[*first].unit);
        if pairs.iter().all(|(part, _)| comparable(part)) {
            // Two shares are of what they come to together; of a whole before them, each is looked at by itself.
            let before = sentence.take_while(|index| index < first && pairs.len() > 2).filter(comparable);
            let wholes = before.map(Whole::Here).chain([Whole::Sum(pairs.iter().map(|(part, _)| *part).collect())]);
            found.extend(wholes.filter_map(|whole| odd_one(figures, &pairs, whole)).next());
        }
    }
    found
}

/// The one share that is not of a whole of which all others are.
fn odd_one(figures: &[Figure], pairs: &[(usize, usize)], whole: Whole) -> Option<Share> {
    let of = match &whole {
        Whole::Here(index) => figures[*index].interval(),
        Whole::Sum(parts) => sum_of(figures, parts)?,
        _ => return None,
    };
    let fits = |(part, rate): &&(usize, usize)| share::is_ratio(&figures[*rate], &figures[*part].interval(), &of);
    let mut wrong = pairs.iter().filter(|pair| !fits(pair));
    let (part, rate) = *wrong.next()?;
    wrong.next().is_none().then_some(Share { rate, part, whole })
}

fn sum_of(figures: &[Figure], parts: &[usize]) -> Option<Interval> {
    let zero = Interval::exactly(Decimal::ZERO);
    parts.iter().try_fold(zero, |sum, part| sum.plus(&figures[*part].interval()))
}

/// Rows of shares that do not come to a hundred per cent.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Composition> {
    let mut found = Vec::new();
    for sentence in sentences(figures) {
        let shares: Vec<usize> = sentence.filter(|rate| is_share(prose, figures, *rate)).collect();
        if (3..=LONGEST).contains(&shares.len()) {
            found.extend(composition(prose, figures, shares));
        }
    }
    found
}

fn composition(prose: &str, figures: &[Figure], shares: Vec<usize>) -> Option<Composition> {
    let clause = |index: usize| &prose[figures[index].clause.start..figures[index].range.start];
    let closed = ["其他", "其它", "其余"]
        .iter()
        .any(|word| clause(*shares.last().unwrap_or(&0)).starts_with(word));
    let some = |word: &str| shares.iter().any(|share| clause(*share).contains(word));
    // 35岁以下, 35至50岁, 50岁以上: classes that leave nothing out.
    let is_of_one_scale = |scale: &[&str]| shares.iter().all(|share| scale.iter().any(|word| clause(*share).contains(word)));
    let classes = some("以下") && some("以上") && (is_of_one_scale(&["岁"]) || is_of_one_scale(SCHOOLS));
    // The four kinds of income that statistics part a household's into.
    let incomes = shares.len() == INCOMES.len() && INCOMES.iter().all(|word| some(word));
    // 满意, 一般, 不满意: answers that leave nothing out.
    let answers = ["满意", "同意", "了解", "清楚", "愿意", "支持"].iter().any(|answer| {
        let denied = |share: &usize| clause(*share).contains(&format!("不{answer}"));
        shares.last().is_some_and(denied)
            && shares[..shares.len() - 1]
                .iter()
                .any(|share| clause(*share).contains(answer) && !denied(share))
    });
    let exact = shares.iter().all(|share| figures[*share].exactness == Exactness::Exact);
    if !(closed || classes || answers || incomes) || !exact || some("其中") || some("女") {
        return None;
    }
    let slack = Decimal::new(5, -1);
    let hundred = Decimal::from(100);
    let misses = |sum: Decimal| sum.minus(hundred).is_some_and(|difference| slack.less_than(difference.abs()));
    // Two rows may stand in one sentence.
    for start in 0..shares.len() {
        for end in start + 2..=shares.len() {
            if !misses(plain_sum(figures, &shares[start..end])?) {
                return None;
            }
        }
    }
    let sum = plain_sum(figures, &shares)?;
    let near = sum.minus(hundred)?.abs().at_most(Decimal::from(12));
    near.then_some(Composition {
        shares,
        sum,
        closed: closed || answers,
    })
}

fn plain_sum(figures: &[Figure], shares: &[usize]) -> Option<Decimal> {
    shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.plus(figures[*share].base_value()))
}

/// 占20%, 占比20%, 占总数的20%: the words between the last mark or figure and the percentage.
fn is_share(prose: &str, figures: &[Figure], rate: usize) -> bool {
    let figure = &figures[rate];
    let start = rate.checked_sub(1).map_or(0, |before| figures[before].range.end).max(figure.clause.start);
    let lead = prose.get(start..figure.range.start).unwrap_or("");
    is_percent(figure) && figure.upper.is_none() && lead.contains('占')
}

fn is_percent(figure: &Figure) -> bool {
    figure.unit.dimension() == Dimension::Percent && !figure.unit.is_rate()
}

/// The figures of each sentence.
fn sentences(figures: &[Figure]) -> Vec<std::ops::Range<usize>> {
    let mut sentences: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, figure) in figures.iter().enumerate() {
        match sentences.last_mut() {
            Some(open) if figures[open.start].sentence == figure.sentence => open.end = index + 1,
            _ => sentences.push(index..index + 1),
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn figures(prose: &str) -> Vec<Figure> {
        let glance = Glance::at(prose);
        figure::read(&glance, &date::read(&glance))
    }

    #[test]
    fn one_share_of_a_row_is_wrong() {
        for (prose, odd) in [
            ("在校生中，农村户籍2140人，占68.2%，城镇户籍1268人，占37.2%。", "68.2%"),
            (
                "总投资400万元，来源为：自筹160万元，占40%；贷款200万元，占55%；债券40万元，占10%。",
                "55%",
            ),
            ("蔬菜32批次，占不合格总数的50%；肉类16批次，占35%；其他16批次，占25%。", "35%"),
        ] {
            let figures = figures(prose);
            let shares = odd_shares(prose, &figures);
            let stated: Vec<&str> = shares.iter().map(|share| &prose[figures[share.rate].range.clone()]).collect();
            assert_eq!(stated, vec![odd], "{prose}");
        }
    }

    #[test]
    fn shares_that_do_not_come_to_a_whole() {
        for (prose, sum) in [
            ("职工中，机关占41.6%，国企占32.3%，私企占24.4%，其他占3.7%。", "102.0"),
            ("认为“很满意”的占45.6%，“满意”的占38.2%，“一般”的占12.4%，“不满意”的占8.3%。", "104.5"),
            ("初中及以下占32.4%，高中和中专占38.6%，大专及以上占39.0%。", "110.0"),
            ("工资性收入占35.2%，经营净收入占28.4%，财产净收入占4.2%，转移净收入占33.2%。", "101.0"),
            ("50岁以上的占48.6%，35岁以下的占9.3%，35岁至50岁的占32.1%。", "90.0"),
        ] {
            let sums: Vec<String> = read(prose, &figures(prose)).iter().map(|found| found.sum.to_string()).collect();
            assert_eq!(sums, vec![sum.to_owned()], "{prose}");
        }
    }

    #[test]
    fn rows_that_are_right_or_cannot_be_told() {
        for prose in [
            "总投资400万元，来源为：自筹160万元，占40%；贷款200万元，占50%；债券40万元，占10%。",
            "销量增长1.2倍，占58.2%；销售额增长1.2倍，占50.0%。",
            "自筹160万元，占37%；贷款200万元，占55%；债券40万元，占15%。",
            "职工中，机关占41.6%，国企占30.3%，私企占24.4%，其他占3.8%。",
            "职工中，女性占45%，机关占40%，国企占55%，其他占5%。",
            "职工中，机关占41%，国企占22%，私企占24%。",
            "初中及以下占32.4%，高中和中专占38.6%，大专及以上占29.0%。",
            "工资性收入占35.2%，经营净收入占28.4%，财产净收入占4.2%，转移净收入占32.2%。",
            "60岁以上的占18.6%，80岁以上的占9.3%，35岁以下的占62.1%，党员占11%。",
        ] {
            let figures = figures(prose);
            assert_eq!(odd_shares(prose, &figures), vec![], "{prose}");
            assert_eq!(read(prose, &figures), vec![], "{prose}");
        }
    }
}

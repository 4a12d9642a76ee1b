//! One quantity in two units: 1500亩（100公顷）, 1.26万吨（12600吨）, 12平方公里，合1.8万亩.

use super::Figure;
use super::equation::Equation;
use super::exactness::Exactness;
use super::unit::Dimension;

/// Words between a quantity and the same in another unit.
const SAME: &[&str] = &["", "约", "合", "约合", "折合", "折合约", "即", "相当于", "约为"];
/// Farther off than by one in so many, the two are hardly one quantity, unless they are so by a power of ten.
const FARTHEST: u64 = 3;
/// What is told in round numbers may be off by one in so many.
const ROUND: u64 = 25;

/// All quantities of a block that are told in two units and are not the same.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Equation> {
    (1..figures.len()).filter_map(|last| conversion(prose, figures, last)).collect()
}

fn conversion(prose: &str, figures: &[Figure], last: usize) -> Option<Equation> {
    let (one, other) = (&figures[last - 1], &figures[last]);
    let is_told = |figure: &Figure| matches!(figure.exactness, Exactness::Exact | Exactness::About) && figure.upper.is_none();
    let is_other_unit = one.unit.factor() != other.unit.factor() || one.multiplier != other.multiplier;
    let is_quantity = !matches!(
        one.unit.dimension(),
        Dimension::Percent | Dimension::Days | Dimension::Years | Dimension::Months
    );
    if !is_told(one) || !is_told(other) || !one.unit.is_comparable(&other.unit) || !is_other_unit || !is_quantity || !is_same(prose, one, other) {
        return None;
    }
    let (from, to) = (one.base_value(), other.base_value());
    let is_right = one.interval().overlaps(&other.interval()) || to.is_near(from, ROUND)?;
    let is_power_of_ten = (-4..=4).any(|power| power != 0 && to.is_near(from.shift(power), ROUND).unwrap_or(false));
    let is_one = is_power_of_ten || to.is_near(from, FARTHEST)?;
    let working = prose[one.range.clone()].to_owned();
    (!is_right && is_one).then(|| Equation::new(figures, last, vec![last - 1], from, working))?
}

/// Whether nothing but the words for a conversion stands between two figures.
fn is_same(prose: &str, one: &Figure, other: &Figure) -> bool {
    let between = &prose[one.range.end..other.range.start];
    if let Some(words) = between.strip_prefix(['（', '(']) {
        return SAME.contains(&words) && prose[other.range.end..].starts_with(['）', ')']);
    }
    between
        .strip_prefix(['，', ','])
        .is_some_and(|words| SAME.contains(&words) && words.contains('合'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figure::equation::corrections;

    fn wrong(prose: &str) -> Vec<String> {
        corrections(prose, read)
    }

    #[test]
    fn one_quantity_in_two_units() {
        for (prose, expected) in [
            ("流转土地1500亩（1000公顷）。", "100公顷"),
            ("规划面积12平方公里（约18万亩）。", "1.8万亩"),
            ("亩产达到1200斤（6000公斤）。", "600公斤"),
            ("减排1.26万吨（126000吨）。", "12600吨"),
            ("面积860亩，合53.7公顷。", "57.3公顷"),
        ] {
            assert_eq!(wrong(prose), [expected], "{prose}");
        }
        for prose in [
            "流转土地1500亩（100公顷）。",
            "规划面积12.3平方公里（约1.85万亩）。",
            "面积860亩，合57.3公顷。",
            "流转土地1500亩（另有20公顷未签约）。",
            "投资2亿元（1.8亿元）。",
            "种植1500亩（30公顷）。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}

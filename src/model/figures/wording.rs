//! How many characters next to two numbers are the same: a phrase that was told again as it stood.

use crate::script;

/// The Han characters right before and right after two places of a text that are alike, up to a number or the end of the sentence.
///
/// Each place is given by the text before it and the text after it.
pub fn alike(a: (&str, &str), b: (&str, &str)) -> usize {
    let before = count(a.0.chars().rev().zip(b.0.chars().rev()));
    let after = count(a.1.chars().zip(b.1.chars()));
    before + after
}

/// Whether two texts end with the same list of at least two members, the first member aside: 柳溪、茅坪、石塘.
pub fn ends_with_one_list(a: &str, b: &str) -> bool {
    let is_of_list = |char: &char| script::is_han(*char) || *char == '、';
    let shared = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(char, _)| char);
    let marks = shared.take(2 * MOST).take_while(is_of_list).filter(|char| *char == '、').count();
    marks >= 1 && (marks >= 2 || count(a.chars().rev().zip(b.chars().rev())) >= 4)
}

/// More than this tells no more.
const MOST: usize = 20;

fn count(pairs: impl Iterator<Item = (char, char)>) -> usize {
    let ends = |char: char| matches!(char, '。' | '！' | '？' | '\n') || char.is_ascii_digit();
    pairs
        .take(2 * MOST)
        .take_while(|(a, b)| a == b && !ends(*a))
        .filter(|(char, _)| script::is_han(*char))
        .take(MOST)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_next_to_both_places_are_counted() {
        assert_eq!(alike(("巩固东山、西河", "个派出所创建成果"), ("东山、西河", "个派出所被命名")), 8);
        assert_eq!(alike(("完成", "吨"), ("生产", "台")), 0);
        assert!(ends_with_one_list("巩固柳溪、茅坪、石塘", "柳溪、茅坪、石塘"));
        assert!(!ends_with_one_list("东山、西河", "北山、西河"));
        assert_eq!(alike(("12个村共", "人"), ("15个村共", "人")), 4);
    }
}

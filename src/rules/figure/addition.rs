//! Additions written out for a person to check: 2＋11＋13＋6＝32.

/// More parts than this are not all written out.
const MOST: usize = 9;
const FIRST: usize = 4;

/// The parts and what they come to.
pub(super) fn written_out(parts: &[String], sum: &str) -> String {
    let Some((last, others)) = parts.split_last().filter(|_| parts.len() > MOST) else {
        return format!("{}＝{sum}", parts.join("＋"));
    };
    format!("{}＋…＋{last}＝{sum}", others[..FIRST].join("＋"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_addition_is_cut() {
        let parts = |count: usize| (1..=count).map(|part| part.to_string()).collect::<Vec<_>>();
        assert_eq!(written_out(&parts(3), "6"), "1＋2＋3＝6");
        assert_eq!(written_out(&parts(12), "78"), "1＋2＋3＋4＋…＋12＝78");
    }
}

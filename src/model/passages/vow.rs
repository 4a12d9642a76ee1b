//! Vows that several people or bodies make in the same words: 控股股东承诺：在本人任职期间……; 董事承诺：在本人任职期间…….

use super::Span;
use crate::border;
use crate::draft::Draft;

/// Words by which somebody who makes a vow speaks of himself.
const FIRST_PERSON: [&str; 6] = ["本人", "本公司", "本企业", "本单位", "本承诺", "我方"];
const VOWS: [&str; 2] = ["承诺", "声明"];

/// Whether a run of text is what somebody vows.
pub(super) fn is_vow(draft: &Draft, span: &Span) -> bool {
    /// Characters before the run among which the word may stand.
    const BEFORE: usize = 80;
    const LONGEST: usize = 2000;
    let start = span.first.start;
    let prose = draft.pieces()[span.first.block].prose();
    let from = prose[..start].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let end = if span.first.block == span.last.block {
        span.last.end
    } else {
        prose.len()
    };
    let end = border::before(prose, end.min(start + LONGEST));
    let speaks = FIRST_PERSON.iter().any(|word| prose[start..end].contains(word));
    speaks && VOWS.iter().any(|word| prose[from..end].contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::Passages;
    use super::*;
    use crate::source::Format;

    fn found(first: &str, second: &str) -> usize {
        let between = "今年公司新设两家门店，翻修旧仓库一座，配送时间缩短到半天以内。\n";
        let text = format!("{first}\n{between}{second}\n");
        Passages::find(&Draft::new(&text, Format::Plain)).repeated.len()
    }

    #[test]
    fn vows_in_the_same_words_are_no_slip() {
        for (first, second, vow) in [
            (
                "控股股东承诺：",
                "董事承诺：",
                "在本人任职期间，每年转让的股份不超过所持股份总数的四分之一，离职后半年内不转让。",
            ),
            (
                "甲方声明如下：",
                "乙方声明如下：",
                "本公司已取得签订和履行合同所需的全部授权，不存在与合同相冲突的其他义务。",
            ),
            (
                "",
                "",
                "本企业所提供的资料真实完整，如有虚假愿承担由此引起的一切责任，特此承诺并接受监督。",
            ),
        ] {
            assert_eq!(found(&format!("{first}{vow}"), &format!("{second}{vow}")), 0, "{vow}");
        }
    }

    #[test]
    fn other_passages_in_the_first_person_are() {
        for passage in [
            "本人坚持每月下村不少于八天，与困难群众同吃同住，帮助解决灌溉和销路两件难事。",
            "本公司全年新签合同四十余份，交付及时，客户回访没有一起投诉，回款也好于往年。",
        ] {
            assert_eq!(found(passage, passage), 1, "{passage}");
        }
    }
}

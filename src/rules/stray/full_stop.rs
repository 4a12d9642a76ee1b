//! Whether a break in mid-paragraph may stand where a sentence ended and lost its full stop, as happens in scans.
//!
//! The words on both sides tell: where the draft has them elsewhere, and never has the characters at the break side by side, no word was torn.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::script::is_han;

/// Characters that hardly end a sentence.
const NEVER_LAST: &str = "的和与及在对把被将从向于并而或如为以至由使让是有要不";
/// Characters that hardly begin one.
const NEVER_FIRST: &str = "的了着得地和与及等们者性";
/// Words that often begin a sentence, in two characters.
const OPENERS: &[&str] = &[
    "力争", "通过", "同时", "今年", "去年", "全年", "目前", "截至", "按照", "根据", "坚持", "加强", "加快", "加大", "推进", "推动", "积极", "认真",
    "建立", "开展", "组织", "为了", "此外", "各级", "各地", "各部", "各单", "全市", "全县", "全区", "全镇", "我们", "我市", "我县", "我区", "我镇",
    "进一", "切实", "严格", "深入", "强化", "大力", "不断", "继续", "努力", "确保", "要求", "另外", "因此", "其中", "一是", "下一",
];

/// The two characters before a break, the two at it, and the two after it.
struct Seam {
    tail: [char; 2],
    across: [char; 2],
    head: [char; 2],
}

impl Seam {
    fn at(prose: &str, joint: usize) -> Option<Seam> {
        let mut before = prose[..joint].chars().rev();
        let mut after = prose[joint..].chars();
        let (last, last_but_one) = (before.next()?, before.next()?);
        let (first, second) = (after.next()?, after.next()?);
        [last_but_one, last, first, second].into_iter().all(is_han).then_some(Seam {
            tail: [last_but_one, last],
            across: [last, first],
            head: [first, second],
        })
    }
}

/// For each break, a block and an offset in its prose, whether a full stop may be missing there.
pub(super) fn may_be_missing(draft: &Draft, breaks: &[(usize, usize)]) -> Vec<bool> {
    let prose = |block: usize| draft.pieces()[block].prose();
    let seams: Vec<Option<Seam>> = breaks.iter().map(|&(block, joint)| Seam::at(prose(block), joint)).collect();
    let mut counts: FxHashMap<[char; 2], usize> = FxHashMap::default();
    for seam in seams.iter().flatten() {
        counts.extend([seam.tail, seam.across, seam.head].map(|pair| (pair, 0)));
    }
    if counts.is_empty() {
        return vec![false; breaks.len()];
    }
    for piece in draft.pieces() {
        let chars = piece.prose().chars();
        for (first, second) in chars.clone().zip(chars.skip(1)) {
            if let Some(count) = counts.get_mut(&[first, second]) {
                *count += 1;
            }
        }
    }
    // Each pair stands at its own break once.
    let elsewhere = |pair: [char; 2]| counts[&pair] > 1;
    let may = |seam: &Seam| {
        let opens = OPENERS.iter().any(|opener| opener.chars().eq(seam.head));
        let can_end = !NEVER_LAST.contains(seam.tail[1]) && !NEVER_FIRST.contains(seam.head[0]);
        can_end && !elsewhere(seam.across) && elsewhere(seam.tail) && (opens || elsewhere(seam.head))
    };
    seams.iter().map(|seam| seam.as_ref().is_some_and(may)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn may(text: &str) -> Vec<bool> {
        let draft = Draft::new(text, Format::Plain);
        let pieces = draft.pieces().iter().enumerate();
        let breaks: Vec<_> = pieces
            .flat_map(|(block, piece)| piece.block().joints.iter().map(move |joint| (block, *joint)))
            .collect();
        may_be_missing(&draft, &breaks)
    }

    #[test]
    fn between_words_that_the_draft_knows_a_full_stop_may_be_missing() {
        let text = "全镇发展势头良好。各村因地制宜，选准路子，稳步推进产业发展\n\n力争三年内村村都有合作社，户户都有增收项目。\n";
        assert_eq!(may(text), [true]);
    }

    #[test]
    fn a_word_that_is_torn_is_no_end_of_a_sentence() {
        let text = "今年完成危房改造。各村因地制宜，选准路子，对摸排出来的农户危\n\n房逐户鉴定，分类改造。\n";
        assert_eq!(may(text), [false]);
    }
}

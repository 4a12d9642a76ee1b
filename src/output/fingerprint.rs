//! What stays the same of a finding while the draft around it changes.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::finding::Finding;

/// Names the findings of one draft by their rule and the text around them, not by their line.
pub struct Fingerprints<'a> {
    path: &'a str,
    draft: &'a Draft,
    seen: FxHashMap<u64, u32>,
}

impl<'a> Fingerprints<'a> {
    pub fn new(path: &'a str, draft: &'a Draft) -> Self {
        Fingerprints {
            path,
            draft,
            seen: FxHashMap::default(),
        }
    }

    /// A name that no other finding of the run has: findings that read alike are numbered.
    pub fn unique(&mut self, finding: &Finding) -> String {
        let base = fnv1a([self.path, finding.rule, &surroundings(self.draft, &finding.range)]);
        let nth = self.seen.entry(base).or_default();
        *nth += 1;
        match *nth {
            1 => format!("{base:016x}"),
            nth => format!("{base:016x}-{nth}"),
        }
    }
}

/// What a finding covers with a few characters before and after it on its lines, without blanks: the part of the draft that must change before
/// the finding counts as another one.
pub fn surroundings(draft: &Draft, range: &Range<usize>) -> String {
    const AROUND: usize = 12;
    /// A long passage is known by its beginning.
    const LONGEST: usize = 60;
    let text = draft.text();
    let line_start = text.line_range(text.line_at(range.start)).start;
    let line_end = text.line_range(text.line_at(range.end)).end;
    let visible = |char: &char| !char.is_whitespace();
    let before = text.slice(line_start..range.start);
    let mut context: Vec<char> = before.chars().rev().filter(visible).take(AROUND).collect();
    context.reverse();
    context.extend(text.slice(range.clone()).chars().filter(visible).take(LONGEST));
    context.extend(text.slice(range.end..line_end).chars().filter(visible).take(AROUND));
    context.into_iter().collect()
}

/// FNV-1a, which is the same on every machine and in every version.
fn fnv1a<const N: usize>(parts: [&str; N]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bilingual, Severity};
    use crate::source::Format;

    fn name(text: &str, quote: &str) -> String {
        let start = text.find(quote).unwrap();
        let finding = Finding::new("stray/space", Severity::Info, start..start + quote.len(), Bilingual::fixed("", ""));
        Fingerprints::new("a.txt", &Draft::new(text, Format::Plain)).unique(&finding)
    }

    #[test]
    fn edits_elsewhere_do_not_change_it() {
        let line = "各镇认真贯彻落实会议精神，扎实推进各项重点工作，按时完成了任务。";
        let moved = format!("新的一段。\n　　{line}（完）");
        assert_eq!(name(line, "扎实"), name(&moved, "扎实"));
        assert_ne!(name(line, "扎实"), name(line, "会议"));
        assert_ne!(name(line, "扎实"), name(&line.replace("扎实推进", "扎实地推进"), "扎实"));
    }

    #[test]
    fn findings_that_read_alike_are_numbered() {
        let draft = Draft::new("甲乙\n甲乙\n", Format::Plain);
        let mut names = Fingerprints::new("a.txt", &draft);
        let at = |range| Finding::new("stray/space", Severity::Info, range, Bilingual::fixed("", ""));
        let (first, second) = (names.unique(&at(0..3)), names.unique(&at(7..10)));
        assert_eq!(second, format!("{first}-2"));
    }
}

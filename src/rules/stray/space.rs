//! `stray/space`: a space inside a Chinese sentence.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::space::Space;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct StraySpace;

static META: Meta = Meta {
    name: "stray/space",
    severity: Severity::Info,
    default: true,
    summary: Bilingual::fixed("汉字之间多了空格", "A space inside a Chinese sentence"),
    explanation: Bilingual::fixed(
        "汉字之间不加空格；从PDF、网页复制来的文字常在句子中间留下空格，查找、统计时就对不上。段首空格、编号后的空格、拉开的姓名、职务与姓名之间、表格和落款里的空格，以及汉字与数字、字母之间的空格都不算。删去即可。",
        "Chinese is written without spaces. Text copied from PDF files and web pages often has one in the middle of a sentence, so that a search misses the word. Indents, spaces after numbering labels, in names set to width, between a post and a name, in tables and signatures, and beside digits and Latin letters are left alone. Delete it.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "今年以来，全市粮食 产量稳定增长，农民收入提高。\n",
            "今年以来，全市粮食产量稳定增长，农民收入提高。\n",
        ),
        Example::plain(
            "今年以来，各项工作扎实推进 ，成效明显。\n",
            "第一条 为了规范管理，制定本条例。\n\n市长 李 明\n",
        ),
    ],
};

impl Rule for StraySpace {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &What| match what {
            What::Space(space) => Some(*space),
            _ => None,
        };
        let spaces = context.models.oddities.of_kind(context.draft, pick);
        let by_sort = spaces.map(|(place, space)| (space, (place, space)));
        let mut groups = fold::groups(by_sort);
        let beside_numbers = groups.iter().flatten().filter(|(_, space)| *space == Space::BesideNumber).count();
        if !is_slip_beside_numbers(context, beside_numbers) {
            groups.retain(|group| group.iter().all(|(_, space)| *space != Space::BesideNumber));
        }
        findings.extend(groups.iter().filter_map(|spaces| report(context, spaces)));
    }
}

/// One or two spaces beside numbers in a long draft are slips; more are its style.
fn is_slip_beside_numbers(context: &Context, spaces: usize) -> bool {
    const MOST: usize = 2;
    const SHORTEST_DRAFT: usize = 3000;
    spaces <= MOST && context.draft.text().len() >= SHORTEST_DRAFT
}

fn report(context: &Context, spaces: &[(Place, Space)]) -> Option<Finding> {
    let (place, space) = spaces.first()?;
    let prose = context.draft.pieces()[place.block].prose();
    let left = prose[..place.start].char_indices().rev().take(2).last().map_or(place.start, |(at, _)| at);
    let right = prose[place.end..].char_indices().nth(2).map_or(prose.len(), |(at, _)| place.end + at);
    let seen = &prose[left..right];
    let (in_all_zh, in_all_en) = fold::count(spaces.len());
    let message = match space {
        Space::BetweenHan | Space::BesideNumber => Bilingual::new(
            format!("“{seen}”中间多了空格{in_all_zh}"),
            format!("A space stands inside “{seen}”{in_all_en}"),
        ),
        Space::BeforeMark => Bilingual::new(
            format!("“{seen}”标点前多了空格{in_all_zh}"),
            format!("A space stands before the mark in “{seen}”{in_all_en}"),
        ),
    };
    let finding = Finding::new(META.name, META.severity, context.source_range(place), message);
    let finding = fold::relate(context, finding, spaces.iter().map(|(place, _)| place));
    let edits = fold::apart(spaces.iter().map(|(place, _)| Edit::delete(context.source_range(place))));
    Some(finding.fix(Fix::r#unsafe(Bilingual::fixed("删去空格", "Delete the space"), edits)))
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::linter::{Settings, lint};
    use crate::source::Format;

    fn count(text: &str) -> usize {
        let findings = lint(&Draft::new(text, Format::Plain), &Settings::default());
        findings.iter().filter(|finding| finding.rule == "stray/space").count()
    }

    #[test]
    fn a_space_beside_a_number_is_a_slip_only_if_it_is_rare() {
        let rest = "今年以来，办理建议12件，办结率100%。\n".repeat(60);
        assert_eq!(count(&format!("今年以来，办理建议15 件，办结率100%。\n{rest}")), 1);
        assert_eq!(count(&"今年以来，办理建议15 件，办结率100%。\n".repeat(60)), 0);
    }
}

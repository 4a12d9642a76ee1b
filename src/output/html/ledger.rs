//! Every figure of a draft under what it measures, for a reader who checks them one by one.

use std::fmt::Write as _;

use super::escape::escaped;
use crate::draft::{Draft, Place};
use crate::finding::Language;
use crate::model::Models;
use crate::model::figures::ledger::{Fact, Ledger};
use crate::source::block::Kind;

/// The named facts of a draft, in the order of the text, with links to where they stand; nothing if there are none.
pub(super) fn ledger(draft: &Draft, models: &Models, id: &str, language: Language) -> String {
    let all = Ledger::of(&models.figures);
    let named: Vec<&Fact> = all.facts.iter().filter(|fact| !name(models, fact).is_empty()).collect();
    if named.is_empty() {
        return String::new();
    }
    let summary = match language {
        Language::Chinese => format!("数字台账（{}项）", named.len()),
        Language::English => format!("Ledger of figures ({})", named.len()),
    };
    let mut out = format!("<details class=\"ledger\"><summary>{summary}</summary>\n<ol>\n");
    let anchors = anchors(draft);
    for fact in named {
        out.push_str("<li>");
        write_fact(&mut out, draft, models, fact, |place| format!("{id}-b{}", anchors[place.block]), language);
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</details>\n");
    out
}

fn write_fact(out: &mut String, draft: &Draft, models: &Models, fact: &Fact, anchor: impl Fn(&Place) -> String, language: Language) {
    let _ = write!(out, "<span lang=\"zh-CN\">{}</span>", escaped(name(models, fact)));
    for index in &fact.mentions {
        let place = &models.figures.mentions[*index].place;
        let line = draft.line_in_words(draft.source_range(place).start);
        let _ = write!(
            out,
            " <a href=\"#{}\" title=\"{}\">{}</a>",
            anchor(place),
            line.get(language),
            escaped(draft.quote(place))
        );
    }
    if fact.contradictory {
        let _ = write!(out, " <strong>{}</strong>", language.pick("前后不一致", "contradictory"));
    }
}

fn name<'a>(models: &'a Models, fact: &Fact) -> &'a str {
    &models.figures.mentions[fact.mentions[0]].name.text
}

/// For each block the one that can be led to: a table is one, whichever of its cells is meant.
fn anchors(draft: &Draft) -> Vec<usize> {
    let table = |block: usize| match &draft.pieces()[block].block().kind {
        Kind::Cell(cell) => Some(cell.table),
        _ => None,
    };
    let mut anchors: Vec<usize> = Vec::with_capacity(draft.pieces().len());
    for block in 0..draft.pieces().len() {
        let goes_on = block > 0 && table(block).is_some() && table(block) == table(block - 1);
        anchors.push(if goes_on { anchors[block - 1] } else { block });
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn of(text: &str) -> String {
        let draft = Draft::new(text, Format::Markdown);
        ledger(&draft, &Models::build(&draft), "d1", Language::Chinese)
    }

    #[test]
    fn facts_lead_to_where_they_stand() {
        let ledger = of("# 小结\n\n上半年浇灌小麦6.8万亩。\n\n| 镇 | 水稻面积（万亩） |\n| --- | --- |\n| 石桥 | 3.2 |\n");
        assert!(ledger.contains("小麦</span> <a href=\"#d1-b1\" title=\"第3行\">6.8万亩</a>"), "{ledger}");
        assert!(ledger.contains("#d1-b2\"") && !ledger.contains("#d1-b5"), "{ledger}");
    }

    #[test]
    fn a_draft_without_figures_has_no_ledger() {
        assert_eq!(of("# 小结\n\n各项工作平稳。\n"), "");
    }
}

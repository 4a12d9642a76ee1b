//! Why a figure was or was not held to contradict others: `jiaogao explain --figure`.

use std::fmt::Write as _;
use std::ops::Range;

use super::Look;
use super::place;
use crate::draft::Draft;
use crate::finding::Language;
use crate::model::Models;
use crate::model::figures::comparison::Comparison;
use crate::model::figures::describe;
use crate::model::figures::mention::Mention;
use crate::model::figures::score::{self, Feature};

/// How many comparisons of each kind are shown.
const MOST: usize = 8;

/// What each figure in some bytes of a draft was taken for, and what it was compared with.
pub fn explain(draft: &Draft, models: &Models, range: &Range<usize>, look: Look) -> String {
    let page = Page { draft, models, look };
    let figures = models.figures.touching(draft, range);
    figures.into_iter().map(|figure| page.figure(figure)).collect::<Vec<_>>().join("\n")
}

/// What a mention was taken for, one thing a line: its heading and the text.
pub fn taken_for(draft: &Draft, models: &Models, mention: &Mention, language: Language) -> Vec<(&'static str, String)> {
    let value = format!("{} {}", describe::plain_value(mention), mention.unit.name());
    let verb = Some(mention.verb.clone()).filter(|verb| !verb.is_empty());
    let owner = Some(mention.owner.clone()).filter(|owner| !owner.is_empty());
    let known = mention
        .known
        .then(|| language.pick("承前文说的", "takes up what was said before").to_owned());
    let rows = [
        (
            language.pick("名称", "subject"),
            Some(mention.name.text.clone()).filter(|name| !name.is_empty()),
        ),
        (language.pick("数值", "value"), Some(value)),
        (
            language.pick("约数", "exactness"),
            describe::exactness(mention, language).map(str::to_owned),
        ),
        (language.pick("主语", "owner"), owner),
        (language.pick("动作", "verb"), verb),
        (language.pick("时间", "period"), describe::period(mention, language)),
        (language.pick("地方", "place"), describe::place(mention)),
        (language.pick("口径", "role"), describe::role(mention, language).map(str::to_owned)),
        (language.pick("语气", "manner"), known),
        (language.pick("所在", "section"), describe::section(draft, &models.numbering, mention)),
    ];
    rows.into_iter().filter_map(|(head, text)| Some((head, text?))).collect()
}

struct Page<'a> {
    draft: &'a Draft,
    models: &'a Models,
    look: Look,
}

impl Page<'_> {
    fn figure(&self, index: usize) -> String {
        let Look { language, palette, .. } = self.look;
        let (strong, help) = (palette.strong, palette.help);
        let mention = &self.models.figures.mentions[index];
        let mut out = format!("{strong}{}{strong:#}  {}\n", self.draft.quote(&mention.place), self.place(mention));
        for (head, text) in taken_for(self.draft, self.models, mention, language) {
            let _ = writeln!(out, "  {help}{head}{}{help:#}{text}", language.pick("：", ": "));
        }
        let comparisons = self.models.figures.comparisons(self.draft, &self.models.numbering, index);
        let (judged, barred): (Vec<&Comparison>, Vec<&Comparison>) = comparisons.iter().partition(|comparison| comparison.outcome.is_ok());
        if comparisons.is_empty() {
            let _ = writeln!(
                out,
                "\n{}",
                language.pick("没有可以与它相比的数字。", "There is no figure to compare it with.")
            );
        }
        for comparison in judged.into_iter().take(MOST) {
            out.push('\n');
            self.judged(comparison, &mut out);
        }
        if !barred.is_empty() {
            let _ = writeln!(out, "\n{}", language.pick("不作比较：", "Not compared:"));
        }
        for comparison in barred.into_iter().take(MOST) {
            let other = &self.models.figures.mentions[comparison.other];
            let reason = comparison.outcome.as_ref().err().map_or("", |barrier| barrier.reason(language));
            let _ = writeln!(out, "  {}  {}  {reason}", self.draft.quote(&other.place), self.place(other));
        }
        out
    }

    /// A comparison with its features, each with what it counts for, and the sum.
    fn judged(&self, comparison: &Comparison, out: &mut String) {
        let Look { language, palette, .. } = self.look;
        let strong = palette.strong;
        let other = &self.models.figures.mentions[comparison.other];
        let against = language.pick("与之相比：", "Compared with ");
        let _ = writeln!(
            out,
            "{against}{strong}{}{strong:#}  {}",
            self.draft.quote(&other.place),
            self.place(other)
        );
        let features = comparison.outcome.as_deref().unwrap_or(&[]);
        for (feature, times) in counted(features) {
            let row = feature.row();
            let times_shown = if times > 1 { format!("×{times}") } else { String::new() };
            let weight = tenths(row.weight * times as i32);
            let _ = writeln!(out, "  {weight:>6}  {}{times_shown}", row.name(language));
        }
        let sum = score::total(features);
        let verdict = match sum {
            score::PROBABLE.. => language.pick("很可能矛盾", "very probably a contradiction"),
            score::WORTH_A_LOOK.. => language.pick("可能矛盾", "perhaps a contradiction"),
            _ => language.pick("不算矛盾", "no contradiction"),
        };
        let limit = tenths(score::WORTH_A_LOOK);
        let _ = match language {
            Language::Chinese => writeln!(out, "  {:>6}  合计，满{limit}提示：{verdict}", tenths(sum)),
            Language::English => writeln!(out, "  {:>6}  in all, {limit} wanted: {verdict}", tenths(sum)),
        };
    }

    fn place(&self, mention: &Mention) -> String {
        place::position(self.draft, self.draft.source_range(&mention.place).start, self.look.language)
    }
}

/// Each feature once, with how often it was found.
fn counted(features: &[Feature]) -> Vec<(Feature, usize)> {
    let mut counted: Vec<(Feature, usize)> = Vec::new();
    for feature in features {
        match counted.last_mut() {
            Some((last, times)) if last == feature => *times += 1,
            _ => counted.push((*feature, 1)),
        }
    }
    counted
}

/// +3.1, -0.6
fn tenths(weight: i32) -> String {
    let sign = if weight < 0 { '-' } else { '+' };
    format!("{sign}{}.{}", weight.abs() / 10, weight.abs() % 10)
}

//! Mentions of one fact: those that agree, and those that contradict them.

use super::Figures;
use super::mention::Mention;
use crate::numeral::decimal::Decimal;

impl Figures {
    /// The mention that covers a place in a block, bytes of its prose, both ends included.
    pub fn at(&self, block: usize, offset: usize) -> Option<usize> {
        let covers = |mention: &Mention| mention.place.block == block && mention.place.start <= offset && offset <= mention.place.end;
        self.mentions.iter().position(covers)
    }

    /// All mentions of the fact that a mention states, itself included, in the order of the text; those that contradict it belong to them.
    pub fn same_fact(&self, seed: usize) -> Vec<usize> {
        let mut seeds = vec![seed];
        for conflict in &self.conflicts {
            let members = || std::iter::once(conflict.odd).chain(conflict.others.iter().copied());
            if members().any(|member| member == seed || agree(&self.mentions[member], &self.mentions[seed])) {
                seeds.extend(members());
            }
        }
        let is_member = |index: &usize| {
            seeds
                .iter()
                .any(|&seed| seed == *index || agree(&self.mentions[seed], &self.mentions[*index]))
        };
        let mut members: Vec<usize> = (0..self.mentions.len()).filter(is_member).collect();
        members.sort_by(|a, b| self.mentions[*a].place.cmp(&self.mentions[*b].place));
        members
    }

    /// Whether another mention of the same fact says otherwise.
    pub fn is_contradicted(&self, mention: usize) -> bool {
        let members = |conflict: &super::conflict::Conflict| conflict.odd == mention || conflict.others.contains(&mention);
        self.conflicts.iter().any(members)
    }
}

/// Whether two mentions state the same fact with the same value.
fn agree(a: &Mention, b: &Mention) -> bool {
    a.definite
        && b.definite
        && a.is_comparable(b)
        && a.interval.overlaps(&b.interval)
        && a.planned == b.planned
        && a.role == b.role
        && a.body == b.body
        && (a.period.is_none() || b.period.is_none() || a.period == b.period)
        && have_one_name(a, b)
}

/// The same name; or, for a value with so many digits that chance is out of the question, names that begin or end alike.
fn have_one_name(a: &Mention, b: &Mention) -> bool {
    let (a_name, b_name) = (a.name.text.as_str(), b.name.text.as_str());
    if a_name.is_empty() || b_name.is_empty() {
        return false;
    }
    let is_telling = |value: Decimal| value.trimmed().mantissa().unsigned_abs() >= 100;
    let is_exact = a.base_value().same_value(b.base_value()) && is_telling(a.value);
    let share_an_end = || {
        let ends = |name: &str| -> Option<(String, String)> {
            let chars: Vec<char> = name.chars().collect();
            (chars.len() >= 2).then(|| (chars[..2].iter().collect(), chars[chars.len() - 2..].iter().collect()))
        };
        matches!((ends(a_name), ends(b_name)), (Some(a), Some(b)) if a.0 == b.0 || a.1 == b.1 || a.0 == b.1 || a.1 == b.0)
    };
    a_name == b_name || is_exact && (a_name.contains(b_name) || b_name.contains(a_name) || share_an_end())
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::source::Format;

    /// The mentions of the fact stated by the first mention whose text is `seed`.
    fn same_fact(text: &str, seed: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        let figures = super::super::of(&draft);
        let quote = |index: usize| draft.quote(&figures.mentions[index].place).to_owned();
        let seed = (0..figures.mentions.len()).find(|index| quote(*index) == seed).expect("the seed");
        figures.same_fact(seed).into_iter().map(quote).collect()
    }

    #[test]
    fn mentions_in_other_forms_and_units_are_found() {
        let text = "一、概况\n全县粮食面积136.7万亩，蔬菜面积12万亩。\n二、成效\n落实粮食面积1367000亩。全县粮食面积一百三十六点七万亩。\n";
        assert_eq!(same_fact(text, "136.7万亩"), ["136.7万亩", "1367000亩", "一百三十六点七万亩"]);
        assert_eq!(same_fact(text, "12万亩"), ["12万亩"]);
    }

    #[test]
    fn contradicting_mentions_belong_together() {
        let text = "一、基本情况\n学校现有48个教学班，学生2364人。\n二、主要工作\n组织学生参观，46个教学班全部完成班级文化建设。\n";
        assert_eq!(same_fact(text, "46个"), ["48个", "46个"]);
        assert_eq!(same_fact(text, "2364人"), ["2364人"]);
    }
}

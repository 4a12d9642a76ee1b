//! Names that settings, the command line and suppressions give to rules.

use crate::finding::Bilingual;
use crate::rule::Meta;
use crate::rules::RULES;

/// A rule (`figure/sum`), a family (`figure`), or `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selector {
    All,
    Family(&'static str),
    Rule(&'static str),
}

/// A name that no rule and no family has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    pub name: String,
    pub suggestion: Option<&'static str>,
}

impl Selector {
    /// # Errors
    /// [`UnknownName`] if no rule and no family is called so.
    pub fn parse(name: &str) -> Result<Selector, UnknownName> {
        if name == "all" {
            return Ok(Selector::All);
        }
        if let Some(family) = families().find(|&family| family == name) {
            return Ok(Selector::Family(family));
        }
        match crate::rules::find(name) {
            Some(rule) => Ok(Selector::Rule(rule.meta().name)),
            None => Err(UnknownName {
                name: name.to_owned(),
                suggestion: closest(name, families().chain(RULES.iter().map(|rule| rule.meta().name))),
            }),
        }
    }

    pub fn matches(self, meta: &Meta) -> bool {
        match self {
            Selector::All => true,
            Selector::Family(family) => meta.family() == family,
            Selector::Rule(name) => meta.name == name,
        }
    }
}

impl UnknownName {
    pub fn message(&self) -> Bilingual {
        let name = &self.name;
        match self.suggestion {
            Some(meant) => Bilingual::new(
                format!("没有名为“{name}”的规则或规则族，是不是“{meant}”？"),
                format!("there is no rule or family `{name}`; did you mean `{meant}`?"),
            ),
            None => Bilingual::new(
                format!("没有名为“{name}”的规则或规则族；`jiaogao rules`列出全部规则"),
                format!("there is no rule or family `{name}`; `jiaogao rules` lists them all"),
            ),
        }
    }
}

/// The families in the order of the register, each once.
pub fn families() -> impl Iterator<Item = &'static str> {
    RULES.iter().enumerate().filter_map(|(index, rule)| {
        let family = rule.meta().family();
        let is_first = RULES[..index].iter().all(|earlier| earlier.meta().family() != family);
        is_first.then_some(family)
    })
}

/// The candidate that a misspelt word probably meant.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this likeness a suggestion confuses more than it helps.
    const ALIKE: f64 = 0.7;
    let kind = |name: &'a str| name.rsplit('/').next().unwrap_or(name);
    candidates
        .into_iter()
        // Someone who writes only the kind, as `gap`, means the rule of that kind.
        .map(|candidate| {
            (
                candidate,
                strsim::jaro_winkler(word, candidate).max(strsim::jaro_winkler(word, kind(candidate))),
            )
        })
        .filter(|&(_, likeness)| likeness >= ALIKE)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_families_and_all_are_known() {
        assert_eq!(Selector::parse("all"), Ok(Selector::All));
        assert_eq!(Selector::parse("stray"), Ok(Selector::Family("stray")));
        assert_eq!(Selector::parse("stray/line-break"), Ok(Selector::Rule("stray/line-break")));
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        let suggestion = |name| Selector::parse(name).unwrap_err().suggestion;
        assert_eq!(suggestion("stray/linebreak"), Some("stray/line-break"));
        assert_eq!(suggestion("line-break"), Some("stray/line-break"));
        assert_eq!(suggestion("zzzzzz"), None);
    }

    #[test]
    fn each_family_stands_once() {
        let mut sorted: Vec<_> = families().collect();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), families().count());
    }
}

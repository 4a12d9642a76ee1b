//! Parts that follow their whole: 共34家，其中A3家、B18家，其余13家.
//!
//! A list of parts begins ([`Opening`]), goes on from figure to figure ([`Step`]) and ends ([`Ending`]); each in a few ways. How it began and ended,
//! and of what kinds the parts are, tells how sure it is that they are all there are.

use super::super::Figure;
use super::super::equation::label;
use super::super::exactness::Exactness;
use super::super::growth;
use super::super::role::Role;
use super::super::unit::Dimension;
use super::evidence::{Evidence, adds_up, exact_sum, exceed, is_near, report};
use super::kinds::{self, Kinds};
use super::{Total, bracket_depth, can_be_added, can_be_added_to, is_held_against, is_part_of, multiplies};
use crate::script::is_han;

/// How a list of parts begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// 其中, 包括, 分为, 30项中: the words between the whole and the first part say that parts follow.
    Announced,
    /// 58处：固定12处、临时46处
    Colon,
    /// 由组长1人、成员24人组成: all there are.
    Composed,
    /// Nothing says so; only 其余 at the end can.
    Unsaid,
}

/// What the next figure is to a list of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Part,
    /// Something told about the part before it: 公办22所（教师410人）.
    Aside,
    /// The list was over before it.
    Over,
    /// The parts cannot be added up.
    Unclear,
}

/// How a list of parts ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// 其余13家: goes back to a whole even where nothing announced the parts.
    Remainder,
    /// 其他8家: what is left of a list.
    Others,
    Open,
}

/// Words that go back to a whole of which this is what is left.
const LEFT: &[&str] = &["其余", "余下", "剩余", "剩下"];
/// Words that begin the last part of a list: 其他8家. Elsewhere they belong to a name, as in 工程建设其他费用.
const OTHERS: &[&str] = &["其他", "其它", "另外"];
/// Words that say that parts follow.
const ANNOUNCING: &[&str] = &["其中", "分为", "包含"];
/// Words after a part that say that it has parts itself: 通过24件，包括修改14件.
const AGAIN: &[&str] = &["其中", "包括", "包含"];
/// Words that tell what has become of the whole, after its parts: 目前已修复112处.
const NEWS: &[&str] = &["目前", "已", "尚", "仍", "截至", "现"];
/// A whole and the parts that follow it.
pub fn after_the_whole(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let mut list = List::begin(prose, figures, whole)?;
    list.read_on()?;
    let evidence = list.evidence()?;
    report(figures, whole, list.parts, evidence)
}

/// A list of parts as far as it has been read.
struct List<'a> {
    prose: &'a str,
    figures: &'a [Figure],
    whole: usize,
    /// The figure after the whole that the list begins with.
    first: usize,
    opening: Opening,
    parts: Vec<usize>,
    ending: Ending,
    /// Where the last figure of the list ends, in bytes.
    at: usize,
    /// The mark between the first two parts.
    joined_by: Option<char>,
    /// Something was told about the first part before the second.
    has_asides: bool,
}

impl<'a> List<'a> {
    fn begin(prose: &'a str, figures: &'a [Figure], whole: usize) -> Option<Self> {
        let first = first_part(prose, figures, whole)?;
        Some(List {
            prose,
            figures,
            whole,
            first,
            opening: opening(&prose[figures[whole].range.end..figures[first].range.start]),
            parts: Vec::new(),
            ending: Ending::Open,
            at: figures[first - 1].range.end,
            joined_by: None,
            has_asides: false,
        })
    }

    /// Takes in the figures of the list; `None` if they cannot be added up, or if they do come to the whole.
    fn read_on(&mut self) -> Option<()> {
        for index in self.first..self.figures.len() {
            match self.step(index) {
                Step::Unclear => return None,
                Step::Over => break,
                Step::Aside => self.has_asides |= self.parts.len() == 1,
                Step::Part => {
                    let between = self.between(index);
                    self.joined_by = self.joined_by.filter(|_| self.parts.len() > 1).or(between.chars().next());
                    self.ending = self.ending_at(index);
                    self.parts.push(index);
                    if adds_up(self.figures, &self.parts, &self.figures[self.whole]) {
                        return None;
                    }
                }
            }
            self.at = self.figures[index].range.end;
            if self.ending != Ending::Open {
                break;
            }
        }
        let closes = self.prose[self.at..].chars().take(8).collect::<String>();
        if self.opening == Opening::Composed && !closes.contains("组成") && !closes.contains("构成") {
            self.opening = Opening::Unsaid;
        }
        Some(())
    }

    fn step(&self, index: usize) -> Step {
        let (figure, total) = (&self.figures[index], &self.figures[self.whole]);
        let first = &self.figures[self.first];
        if figure.sentence != first.sentence {
            // A sentence longer than is looked at goes on with more parts.
            let is_over = self.prose[self.at..figure.range.start].contains(['。', '！', '？', '\n']);
            return if is_over { Step::Over } else { Step::Unclear };
        }
        // 在编310人（管理45人、专技265人）: what stands in brackets after a part is part of that.
        match bracket_depth(&self.prose[first.range.start..figure.range.start]) {
            1.. => return Step::Aside,
            0 => {}
            _ => return Step::Over,
        }
        if !self.may_be_a_part(index) {
            // 甲地、乙地各1例: a part that is told for each of several.
            let is_each = is_part_of(figure, total) && label(self.prose, self.figures, index).contains('各');
            return if is_each { Step::Unclear } else { Step::Aside };
        }
        if self.is_of_another_matter(index) {
            return Step::Over;
        }
        let before = self.before(index);
        match multiplies(before) || is_whole_again(figure, before) {
            true => Step::Unclear,
            false => Step::Part,
        }
    }

    fn may_be_a_part(&self, index: usize) -> bool {
        let (figure, total) = (&self.figures[index], &self.figures[self.whole]);
        // 其中新建3处、提升2处: after the first part, a list goes on with words that elsewhere tell a change.
        let goes_on = !self.parts.is_empty() && figure.role == Role::Change && continues_list(self.between(index)) && is_part_of(figure, total);
        // 由组长1人、成员24人组成 tells no change.
        let is_composed = self.opening == Opening::Composed && figure.role == Role::Base && is_part_of(figure, total);
        // 其中阵地提升86万元: what is spent on raising something.
        let name = label(self.prose, self.figures, index);
        let is_raised = figure.role == Role::Change && name.starts_with("其中") && name.ends_with("提升") && name.chars().count() > 4;
        can_be_added_to(figure, total)
            || goes_on
            || is_composed
            || is_raised && is_part_of(figure, total)
            || exceeds(self.prose, self.figures, index, total)
    }

    /// Whether the list ends before a figure that could be counted with it.
    fn is_of_another_matter(&self, index: usize) -> bool {
        let between = self.between(index);
        let is_begun = !self.parts.is_empty();
        let is_news = NEWS.iter().any(|word| between.trim_start_matches(['，', ',']).starts_with(word));
        // 堤防43处、渠道126处，目前已修复112处: a list that was joined by 、 is over.
        let is_past_list = self.parts.len() > 1 && is_news && self.joined_by == Some('、');
        let is_parted = AGAIN.iter().any(|word| between.contains(word));
        is_begun && is_parted || is_past_list || between.contains(['；', ';']) && self.ends_at_semicolon(index)
    }

    /// 移动用户46.9万户，其中5G用户28.3万户；宽带用户19.7万户: a semicolon ends 其中, unless it parts what has details of its own, or all members.
    fn ends_at_semicolon(&self, index: usize) -> bool {
        // Where other figures stand before 其中, what a semicolon parts is a paragraph of its own, and the parts need not be all.
        if self.first > self.whole + 1 || self.ending != Ending::Open {
            return self.ending != Ending::Open || !self.parts.is_empty();
        }
        let rest = &self.prose[self.figures[index].range.end..self.figures[index].sentence.end];
        let parts_members = self.opening == Opening::Colon || self.has_asides || rest.contains(['；', ';']);
        self.parts.len() > 1 || self.parts.len() == 1 && !parts_members
    }

    fn ending_at(&self, index: usize) -> Ending {
        let (between, before) = (self.between(index), self.before(index));
        if LEFT.iter().any(|word| before.contains(word) || between.ends_with(word)) {
            return Ending::Remainder;
        }
        let is_counter = |char: char| !is_han(char) || "个家名人户所项件次处元".contains(char);
        let name = between.trim_start_matches(is_counter);
        let own = before.trim_start_matches(['，', '、', ',']);
        match OTHERS.iter().any(|word| own.starts_with(word) || name.starts_with(word)) {
            true => Ending::Others,
            false => Ending::Open,
        }
    }

    /// The words between the figure before and this one.
    fn between(&self, index: usize) -> &'a str {
        &self.prose[self.at..self.figures[index].range.start]
    }

    /// Of these, what stands in the figure's own clause.
    fn before(&self, index: usize) -> &'a str {
        let figure = &self.figures[index];
        &self.prose[figure.clause.start.max(self.at)..figure.range.start]
    }

    fn evidence(&self) -> Option<Evidence> {
        let List { prose, figures, whole, .. } = *self;
        let goes_back = self.ending == Ending::Remainder && self.parts.len() == 2 && figures[whole].role != Role::Part && self.is_largest_so_far();
        if self.parts.len() < 2 || self.opening == Opening::Unsaid && !goes_back {
            return None;
        }
        let is_rest = self.ending != Ending::Open;
        let names: Vec<&str> = self.parts.iter().map(|part| &prose[figures[*part].around.clone()]).collect();
        let is_of_people = matches!(
            figures[whole].unit.dimension(),
            Dimension::People | Dimension::PeopleTurns | Dimension::Households
        );
        let kinds = kinds::of(&names, &prose[figures[whole].around.clone()], is_of_people);
        let is_too_much = exceed(figures, &self.parts, whole);
        // 40万亩以上 holds any number of parts, unless they are told year by year.
        let is_bounded = figures[whole].exactness == Exactness::Exact || kinds == Kinds::Years;
        if self.leaves_some_over() && !is_too_much || !is_bounded {
            return None;
        }
        Some(match kinds {
            // Where other figures stand between, what is left may be of something smaller.
            _ if is_rest && self.first == whole + 1 || self.opening == Opening::Composed => Evidence::Said,
            _ if is_rest => Evidence::None,
            Kinds::Overlapping => return None,
            Kinds::Complete => Evidence::Implied,
            Kinds::Exclusive | Kinds::Years if is_too_much => Evidence::Implied,
            _ if self.is_classified() => Evidence::Implied,
            _ if self.follows_at_once() => Evidence::Listed,
            _ => Evidence::None,
        })
    }

    /// 其中公办22所、民办16所，其余为企业办园; 其中产业类23个等: more parts follow without their numbers.
    fn leaves_some_over(&self) -> bool {
        let sentence = &self.prose[self.at..self.figures[self.first].sentence.end];
        let rest: String = sentence.chars().take(24).collect();
        let clauses = rest.split(['，', ',', '、', '；', '。']).skip(1);
        let is_left = |clause: &str| LEFT.iter().chain(OTHERS).any(|word| clause.starts_with(word));
        self.ending == Ending::Open && (clauses.into_iter().any(is_left) || rest.split(['，', '。']).next().is_some_and(|noun| noun.contains('等')))
    }

    /// Whether nothing but rates stands between the whole and its parts: 2.86万户，同比增长8.6%，其中……
    fn follows_at_once(&self) -> bool {
        let between = &self.figures[self.whole + 1..self.first];
        between
            .iter()
            .all(|figure| matches!(figure.unit.dimension(), Dimension::Percent | Dimension::Points))
    }

    /// 支部31个，其中农村支部18个、机关支部8个、企业支部5个: every part is called by the noun of the whole, and they come close to it.
    fn is_classified(&self) -> bool {
        let List { prose, figures, whole, .. } = *self;
        let name = label(prose, figures, whole);
        let Some((at, _)) = name.char_indices().rev().nth(1) else { return false };
        let noun = &name[at..];
        let is_class = |part: &usize| label(prose, figures, *part).ends_with(noun) && label(prose, figures, *part) != noun;
        let sum = exact_sum(figures, &self.parts);
        let is_close = sum.is_some_and(|sum| is_near(sum, figures[whole].base_value(), 10));
        self.parts.len() >= 3 && self.parts.iter().all(is_class) && is_close
    }

    /// Whether no figure before it in its part of the sentence could be its whole.
    fn is_largest_so_far(&self) -> bool {
        let total = &self.figures[self.whole];
        let start = self.prose[total.sentence.start..total.range.start]
            .rfind(['；', ';'])
            .map_or(total.sentence.start, |at| total.sentence.start + at);
        let mut before = self.figures[..self.whole].iter().rev().take_while(|figure| figure.range.start >= start);
        !before.any(|figure| figure.unit.is_comparable(&total.unit) && total.base_value().less_than(figure.base_value()))
    }
}

/// What the words between a whole and its first part say.
fn opening(lead: &str) -> Opening {
    // 30项指标中，25项……、4项……、2项……
    let among = lead.trim_end_matches(['，', ',']).ends_with('中');
    if ANNOUNCING.iter().any(|word| lead.contains(word)) || lead.ends_with("包括") || among {
        return Opening::Announced;
    }
    if lead.trim_start_matches(['，', ',']).starts_with('由') {
        return Opening::Composed;
    }
    let noun = lead.split(['：', ':']).next().unwrap_or(lead);
    match noun.len() < lead.len() && noun.chars().count() <= 8 && !noun.contains(['，', ',', '。']) {
        true => Opening::Colon,
        false => Opening::Unsaid,
    }
}

/// 124件，其中甲类37件、乙类177件: a member of the list that is larger than the whole, whose digits must be wrong.
fn exceeds(prose: &str, figures: &[Figure], index: usize, total: &Figure) -> bool {
    let figure = &figures[index];
    let is_member = figures[index - 1].sentence == figure.sentence && {
        let between = &prose[figures[index - 1].range.end..figure.range.start];
        between.starts_with("，其中") || between.starts_with(",其中") || between.starts_with('、')
    };
    is_member && figure.unit == total.unit && can_be_added(figure) && !is_part_of(figure, total)
}

/// 、提升2处; ，改造提升2处, but not ，提升到2处 or ，比上年增加2处.
fn continues_list(between: &str) -> bool {
    let is_change = between.contains(['比', '较', '到', '至', '同']) || growth::is_change_word(between.chars().take(4).collect::<String>().as_str());
    between.starts_with('、') || between.starts_with(['，', ',']) && between.chars().count() <= 8 && !is_change
}

fn is_whole_again(figure: &Figure, before: &str) -> bool {
    figure.subject.whole && ["共", "合计", "总计", "共计"].iter().any(|word| before.ends_with(word))
}

/// The first figure after a whole that may be a part of it, in its sentence or in the next one that begins with 其中.
fn first_part(prose: &str, figures: &[Figure], whole: usize) -> Option<usize> {
    let total = &figures[whole];
    let is_possible = |index: &usize| {
        let name = label(prose, figures, *index);
        let is_raised = name.starts_with("其中") && name.ends_with("提升") && name.chars().count() > 4;
        let is_of_itself = is_raised || !matches!(figures[*index].role, Role::Change | Role::Comparison);
        is_of_itself && is_part_of(&figures[*index], total) && !is_held_against(prose, figures, *index)
    };
    let same = (whole + 1..figures.len())
        .take_while(|index| figures[*index].sentence == total.sentence)
        .find(|index| is_possible(index) || exceeds(prose, figures, *index, total));
    if same.is_some() {
        return same;
    }
    let after = (whole + 1..figures.len()).find(|index| figures[*index].sentence != total.sentence)?;
    let next = &figures[after];
    let follows = prose.get(total.sentence.end..next.sentence.start).is_some_and(|gap| gap.trim() == "。");
    let begins = prose[next.sentence.clone()].trim_start().starts_with("其中");
    let is_only = !figures[..whole]
        .iter()
        .rev()
        .take_while(|figure| figure.sentence == total.sentence)
        .any(|figure| is_part_of(total, figure) || is_part_of(figure, total));
    let first = (after..figures.len())
        .take_while(|index| figures[*index].sentence == next.sentence)
        .find(is_possible)?;
    (follows && begins && is_only).then_some(first)
}

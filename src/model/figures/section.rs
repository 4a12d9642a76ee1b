//! Which half of a report a block belongs to: what was done, or what is to come.

use crate::draft::Draft;
use crate::model::numbering::{Node, NodeId, Numbering};
use crate::script;

/// Where a block stands in the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Section {
    pub half: Half,
    /// The year that the heading names.
    pub year: Option<u32>,
    /// Counts the headings of the outermost level.
    pub chapter: u32,
    /// The heading over it that is the name of a place or a body: 一、城关镇.
    pub body: Option<NodeId>,
    /// The innermost heading or item.
    pub item: Option<NodeId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Half {
    #[default]
    Unsaid,
    /// 回顾, 做法, 成效
    Review,
    /// 打算, 安排, 目标
    Plan,
}

const PLAN: &[&str] = &[
    "打算",
    "计划",
    "安排",
    "目标",
    "下一步",
    "下步",
    "今后",
    "展望",
    "明年",
    "工作思路",
    "主要任务",
    "重点任务",
    "重点工作",
    "总体要求",
    "对策",
    "建议",
    "努力方向",
    "工作要求",
    "工作部署",
    "规划",
];
const REVIEW: &[&str] = &[
    "回顾",
    "总结",
    "做法",
    "成效",
    "完成情况",
    "基本情况",
    "工作情况",
    "现状",
    "措施",
    "问题",
    "不足",
    "经验",
    "体会",
    "进展",
    "成绩",
    "主要工作",
    "情况",
];

/// The longest line that is a heading, in characters.
const LONGEST_HEADING: usize = 40;

/// The section of every block.
pub fn read(draft: &Draft, numbering: &Numbering) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::with_capacity(numbering.nodes().len());
    let mut chapters = 0;
    for (id, node) in numbering.nodes().iter().enumerate() {
        let within = node.parent.map(|parent| sections[parent]).unwrap_or_default();
        sections.push(match is_heading(draft, node) {
            // The title of the draft is over everything and says nothing of a part.
            true if id == 0 && node.heading == Some(1) => Section::default(),
            true => {
                let title = draft.quote(&node.title);
                let is_chapter = within.chapter == 0;
                chapters += u32::from(is_chapter);
                let dates = &draft.pieces()[node.place.block].facts().dates.dates;
                Section {
                    half: half(title).unwrap_or(within.half),
                    year: dates.first().and_then(|date| date.year).or(within.year),
                    chapter: if is_chapter { chapters } else { within.chapter },
                    body: if names_a_body(title) { Some(id) } else { within.body },
                    item: None,
                }
            }
            false => within,
        });
    }
    let mut signposted = Half::Unsaid;
    let of_block = |block| {
        signposted = signpost(draft, numbering, block).unwrap_or(signposted);
        let item = numbering.section_id(block);
        let section = item.map_or_else(Section::default, |id| sections[id]);
        let half = if section.half == Half::Unsaid { signposted } else { section.half };
        Section { item, half, ..section }
    };
    (0..draft.pieces().len()).map(of_block).collect()
}

/// The longest line without a number that is taken for the heading of a part, in characters.
const LONGEST_SIGNPOST: usize = 20;

/// The half that a short line without number and mark announces, as published reports have them: 2026年重点工作.
fn signpost(draft: &Draft, numbering: &Numbering, block: usize) -> Option<Half> {
    const FIRST_BLOCKS: usize = 3;
    let piece = &draft.pieces()[block];
    let line = piece.prose().trim();
    let opens_a_section = || numbering.section(block).is_some_and(|node| node.place.block == block);
    let is_line = line.chars().nth(LONGEST_SIGNPOST).is_none() && line.ends_with(script::is_han);
    // The first lines are the title of the whole draft.
    if block < FIRST_BLOCKS || piece.block().is_cell() || !is_line || line.contains(['，', '。', '、']) || opens_a_section() {
        return None;
    }
    half(line)
}

/// The longest name of a place or body that a heading consists of, in characters.
const LONGEST_BODY: usize = 12;

/// Whether a heading is the name of a place or a body and nothing more.
fn names_a_body(heading: &str) -> bool {
    let heading = heading.trim_end_matches(|char: char| !char.is_alphanumeric());
    let is_short = heading.chars().nth(LONGEST_BODY).is_none() && heading.chars().nth(2).is_some();
    let says_more = |char: char| "的和与是及、，“”".contains(char);
    let endings = [
        "镇",
        "乡",
        "村",
        "街道",
        "社区",
        "县",
        "公司",
        "局",
        "医院",
        "学校",
        "中学",
        "小学",
        "支队",
        "大队",
        "办事处",
    ];
    is_short && !heading.contains(says_more) && half(heading).is_none() && endings.iter().any(|ending| heading.ends_with(ending))
}

/// Whether a node is a line of its own, not an item that goes on after its first words.
fn is_heading(draft: &Draft, node: &Node) -> bool {
    let prose = draft.pieces()[node.place.block].prose().trim();
    let is_line = || prose.chars().nth(LONGEST_HEADING).is_none() && !prose.ends_with(['。', '；', '，', ';', ',']);
    node.is_section() && (node.heading.is_some() || is_line())
}

fn half(heading: &str) -> Option<Half> {
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let ends_with = |words: &[&str]| words.iter().any(|word| heading.ends_with(word));
    match (says(REVIEW), says(PLAN)) {
        // 计划完成情况 looks back.
        (true, true) if ends_with(&["情况", "成效", "回顾", "进展"]) => Some(Half::Review),
        // 存在的问题和下步打算: of both.
        (true, true) if says(&["问题", "不足", "总结", "回顾"]) => Some(Half::Unsaid),
        (_, true) => Some(Half::Plan),
        (true, false) => Some(Half::Review),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn sections(text: &str, format: Format) -> Vec<Section> {
        let draft = Draft::new(text, format);
        read(&draft, &Numbering::build(&draft))
    }

    #[test]
    fn headings_tell_what_is_done_and_what_is_to_come() {
        let text = "一、工作回顾\n（一）农业\n增收。\n二、2025年工作打算\n（一）抓农业\n1.抓好春耕。全县增收。\n";
        let sections = sections(text, Format::Plain);
        let halves: Vec<Half> = sections.iter().map(|section| section.half).collect();
        assert_eq!(halves, [Half::Review, Half::Review, Half::Review, Half::Plan, Half::Plan, Half::Plan]);
        assert_eq!(sections[5].year, Some(2025));
        assert_eq!((sections[2].chapter, sections[5].chapter), (1, 2));
    }

    #[test]
    fn headings_may_name_the_body_that_is_spoken_of() {
        let sections = sections("一、城关镇\n增收。\n二、柳河镇\n增收。\n三、农业\n增收。\n", Format::Plain);
        assert!(sections[1].body.is_some() && sections[3].body.is_some());
        assert_ne!(sections[1].body, sections[3].body);
        assert_eq!(sections[5].body, None);
    }

    #[test]
    fn lines_without_a_number_tell_too() {
        let text = "某某县政府工作报告\n县长\n2024年1月\n2023年工作回顾\n全县增收。\n2024年重点工作\n（一）抓农业\n再增收。\n";
        let halves: Vec<Half> = sections(text, Format::Plain).iter().map(|section| section.half).collect();
        assert_eq!(halves[4], Half::Review);
        assert_eq!(halves[6..], [Half::Plan, Half::Plan]);
    }

    #[test]
    fn the_title_of_a_draft_is_no_part_of_it() {
        let text = "# 2024年总结和2025年计划\n\n## 一、农业\n\n增收。\n\n## 二、工业\n\n增产。\n";
        let sections = sections(text, Format::Markdown);
        assert_eq!((sections[2].half, sections[2].year, sections[2].chapter), (Half::Unsaid, None, 1));
        assert_eq!(sections[4].chapter, 2);
    }
}

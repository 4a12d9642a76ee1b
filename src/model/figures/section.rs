//! Which half of a report a block belongs to: what was done, or what is to come.

use crate::draft::Draft;
use crate::source::block::Kind;

/// Where a block stands in the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Section {
    pub half: Half,
    /// The year that the heading names.
    pub year: Option<u32>,
    /// Counts the headings of the outermost level.
    pub chapter: u32,
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

/// The section of every block.
pub fn read(draft: &Draft) -> Vec<Section> {
    let mut now = Section::default();
    let mut sections = Vec::with_capacity(draft.pieces().len());
    for (index, piece) in draft.pieces().iter().enumerate() {
        let prose = piece.prose().trim();
        if let Some(outermost) = heading(&piece.block().kind, prose, index) {
            let said = half(prose);
            if outermost {
                now.chapter += 1;
                now.half = Half::Unsaid;
                now.year = None;
            }
            now.half = said.unwrap_or(now.half);
            now.year = piece.facts().dates.dates.first().and_then(|date| date.year).or(now.year);
        }
        sections.push(now);
    }
    sections
}

/// Whether a block is a heading, and if so, whether of the outermost level.
fn heading(kind: &Kind, prose: &str, index: usize) -> Option<bool> {
    match kind {
        Kind::Heading(level) => Some((2..=2).contains(level) || *level == 1 && index > 0),
        Kind::Paragraph => {
            let short = prose.chars().take(41).count() <= 40 && !prose.ends_with(['。', '；', '，', ';', ',']);
            let numbered = prose.starts_with(|char| "一二三四五六七八九十第（(123456789".contains(char));
            if !short || !numbered || index == 0 {
                return None;
            }
            let first: String = prose.chars().take(4).collect();
            Some(first.contains(['、', '章', '部']) && !first.starts_with(['（', '(']) && !first.starts_with(|char: char| char.is_ascii_digit()))
        }
        _ => None,
    }
}

fn half(heading: &str) -> Option<Half> {
    // 问题和下一步打算 looks forward: what is planned decides.
    if PLAN.iter().any(|word| heading.contains(word)) {
        return Some(Half::Plan);
    }
    REVIEW.iter().any(|word| heading.contains(word)).then_some(Half::Review)
}

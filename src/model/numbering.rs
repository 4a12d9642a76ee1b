//! The numbering of a whole draft: its sections and items as a tree, and its lists as they run.
//!
//! Which label stands under which is found from the draft's own use, not from a fixed order: a label of a style that is open goes on with that
//! list, a label of a new style opens a list under the item before it.

pub mod announced;
mod builder;
mod contents;
mod displaced;
pub mod level;
mod lone;
pub mod run;
pub mod slip;

use std::ops::Range;

use crate::draft::{Draft, Place};
use crate::facts::marker::{Doubt, Marker, Prefix, Shape, Style};
use announced::Miscount;
use run::Verdict;
use slip::Slip;

/// An index into [`Numbering::nodes`].
pub type NodeId = usize;
/// An index into [`Numbering::lists`].
pub type ListId = usize;

/// The sections, items and lists of a draft.
#[derive(Debug, Default)]
pub struct Numbering {
    nodes: Vec<Node>,
    lists: Vec<List>,
    /// The innermost section or item that each block stands in, its own if it opens one.
    sections: Vec<Option<NodeId>>,
    miscounts: Vec<Miscount>,
}

/// A heading, a numbered item, or an item of an enumeration inside a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The label, or the whole block of a heading without one.
    pub place: Place,
    /// What the label says; `None` for a heading without one.
    pub marker: Option<Marker>,
    /// The title, or the first sentence after the label.
    pub title: Place,
    /// The blocks of the section, from its own to the last before the next of its level; one block for an item inside a paragraph.
    pub blocks: Range<usize>,
    pub parent: Option<NodeId>,
    /// How many sections it stands in.
    pub level: usize,
    /// Markdown's level, for a Markdown heading.
    pub heading: Option<u8>,
    /// The list that the item belongs to and its place there, counted from zero.
    pub item: Option<(ListId, usize)>,
}

impl Node {
    /// Whether blocks may belong to it: it begins one, and is not the caption of a table or figure.
    pub fn is_section(&self) -> bool {
        self.opens() && !self.is_caption()
    }

    /// Whether it begins a block; the others stand inside a paragraph.
    pub fn opens(&self) -> bool {
        self.marker.as_ref().is_none_or(|marker| marker.opens)
    }

    fn is_caption(&self) -> bool {
        let shape = self.marker.as_ref().map(|marker| marker.reading.style.shape);
        matches!(shape, Some(Shape::Caption(_)))
    }

    fn doubt(&self) -> Doubt {
        self.marker.as_ref().map_or(Doubt::None, |marker| marker.reading.doubt)
    }
}

/// Items that are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The style that most items have.
    pub style: Style,
    pub prefix: Prefix,
    pub items: Vec<NodeId>,
    /// How each item's number fits the others.
    pub verdicts: Vec<Verdict>,
    pub slips: Vec<Slip>,
}

impl Numbering {
    pub fn build(draft: &Draft) -> Self {
        builder::build(draft)
    }

    /// All sections and items, in reading order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All lists, in the order in which they begin.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// Lists that do not have the announced number of items.
    pub fn miscounts(&self) -> &[Miscount] {
        &self.miscounts
    }

    /// The innermost section or item that begins a block and holds `block`, which may be its first.
    pub fn section(&self, block: usize) -> Option<&Node> {
        Some(&self.nodes[self.section_id(block)?])
    }

    /// The same as an index into [`Numbering::nodes`].
    pub fn section_id(&self, block: usize) -> Option<NodeId> {
        *self.sections.get(block)?
    }

    /// The sections and items that hold a block, from the innermost outward. A block that opens a section is in it.
    pub fn section_path(&self, block: usize) -> impl Iterator<Item = &Node> {
        std::iter::successors(self.section(block), |node| node.parent.map(|parent| &self.nodes[parent]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn numbering(text: &str, format: Format) -> (Draft, Numbering) {
        let draft = Draft::new(text, format);
        let numbering = Numbering::build(&draft);
        (draft, numbering)
    }

    /// The tree with two spaces for each level, labels and titles as they stand.
    fn tree(text: &str, format: Format) -> Vec<String> {
        let (draft, numbering) = numbering(text, format);
        let line = |node: &Node| {
            let label = node.marker.as_ref().map_or("", |_| draft.quote(&node.place));
            format!("{}{label}{}", "  ".repeat(node.level), draft.quote(&node.title))
        };
        numbering.nodes().iter().map(line).collect()
    }

    #[test]
    fn levels_follow_the_drafts_own_use() {
        let text = "一、回顾\n1、抓早。\n(1)摸底。\n(2)建档。\n2、抓小。\n二、打算\n1、抓实。\n";
        let expected = [
            "一、回顾",
            "  1、抓早",
            "    (1)摸底",
            "    (2)建档",
            "  2、抓小",
            "二、打算",
            "  1、抓实",
        ];
        assert_eq!(tree(text, Format::Plain), expected);
    }

    #[test]
    fn headings_and_labels_make_one_tree() {
        let text = "# 总结\n\n## 一、回顾\n\n1. 抓早\n2. 抓小\n\n## 概况\n\n1. 人口\n";
        let expected = ["总结", "  一、回顾", "    1.抓早", "    2.抓小", "  概况", "    1.人口"];
        assert_eq!(tree(text, Format::Markdown), expected);
    }

    #[test]
    fn section_paths_lead_from_the_innermost_outward() {
        let (draft, numbering) = numbering("一、回顾\n（一）农业\n增产了。\n二、打算\n再增产。\n", Format::Plain);
        let titles = |block: usize| -> Vec<&str> { numbering.section_path(block).map(|node| draft.quote(&node.title)).collect() };
        assert_eq!(titles(2), ["农业", "回顾"]);
        assert_eq!(titles(4), ["打算"]);
        assert_eq!(numbering.nodes()[0].blocks, 0..3);
    }

    #[test]
    fn articles_run_through_chapters() {
        let text = "第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 罚则\n第三条 丙。\n第四条 丁。\n";
        let (_, numbering) = numbering(text, Format::Plain);
        let lengths: Vec<usize> = numbering.lists().iter().map(|list| list.items.len()).collect();
        assert_eq!(lengths, [2, 4]);
        assert!(
            numbering
                .lists()
                .iter()
                .all(|list| list.verdicts.iter().all(|verdict| *verdict == Verdict::Fits))
        );
    }

    #[test]
    fn a_list_may_stand_inside_an_item_with_the_same_labels() {
        let text = "一、回顾\n二、任务\n一、农业\n二、工业\n三、商业\n三、保障\n四、结语\n";
        let (_, numbering) = numbering(text, Format::Plain);
        let lengths: Vec<usize> = numbering.lists().iter().map(|list| list.items.len()).collect();
        assert_eq!(lengths, [4, 3]);
        assert!(numbering.lists().iter().all(|list| list.slips.is_empty()));
    }

    /// The kinds of slips of a draft and the labels at which they are.
    fn slips(text: &str) -> Vec<(slip::Kind, String)> {
        let (draft, numbering) = numbering(text, Format::Plain);
        let label = |list: &List, slip: &Slip| draft.quote(&numbering.nodes()[list.items[slip.from]].place).to_owned();
        let of = |list: &List| list.slips.iter().map(|slip| (slip.kind, label(list, slip))).collect::<Vec<_>>();
        numbering.lists().iter().flat_map(of).collect()
    }

    #[test]
    fn a_first_item_that_stands_twice_is_a_slip() {
        let found = slips("一、回顾\n增收。\n一、问题\n缺人。\n二、打算\n再增收。\n");
        assert_eq!(found, [(slip::Kind::Repeat { other: 0 }, "一、".to_owned())]);
        let found = slips("1、甲。\n2、乙。\n1、丙。\n4、丁。\n5、戊。\n");
        assert_eq!(found, [(slip::Kind::Repeat { other: 0 }, "1、".to_owned())]);
    }

    #[test]
    fn a_contents_list_is_not_part_of_the_tree() {
        let text = "目录\n一、回顾……1\n二、打算……5\n一、回顾\n增收了。\n二、打算\n再增收。\n";
        assert_eq!(tree(text, Format::Plain), ["一、回顾", "二、打算"]);
        let text = "# 总结\n\n**目录**\n\n- 一、回顾\n- 二、打算\n\n## 一、回顾\n\n增收了。\n\n## 二、打算\n\n再增收。\n";
        assert_eq!(tree(text, Format::Markdown), ["总结", "  一、回顾", "  二、打算"]);
    }

    #[test]
    fn an_item_before_those_it_should_follow_is_out_of_order() {
        for text in [
            "一、防灾\n3、防病虫。\n1. 防春寒。\n2. 防秋雨。\n二、打算\n再增收。\n",
            "（一）早防\n3．防病虫。\n1、防春寒。\n2、防秋雨。\n（二）严防\n再增收。\n",
            "4、防病虫。\n1.防春寒。\n2.防秋雨。\n3.防大风。\n",
        ] {
            assert_eq!(
                slips(text).iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
                [slip::Kind::Order],
                "{text}"
            );
        }
        for text in [
            "1、防春寒。\n2、防秋雨。\n3、防病虫。\n（1）监测。\n（2）防治。\n",
            "1、防春寒。\n2、防秋雨。\n3、防病虫。\n1. 监测。\n2. 防治。\n",
            "3、防病虫。\n1. 监测。\n2. 防治。\n3. 总结。\n4. 上报。\n",
        ] {
            assert!(slips(text).iter().all(|(kind, _)| *kind != slip::Kind::Order), "{text}");
        }
    }

    #[test]
    fn a_list_goes_on_after_a_paragraph_between_its_items() {
        let (_, numbering) = numbering("一是抓早；二是抓小。\n群众很满意。\n三是抓实。\n", Format::Plain);
        assert_eq!(numbering.lists().len(), 1);
        assert_eq!(numbering.lists()[0].items.len(), 3);
    }

    #[test]
    fn what_is_usual_in_reports_is_no_slip() {
        let numbered: String = (1..=9).map(|number| format!("{number}.办好实事。\n")).collect();
        for text in [
            &format!("{numbered}10.9月工业平稳运行。\n11.2026年办好实事。\n12.再办实事。\n"),
            "第一篇目标第一章思想\n向前走。\n第二章任务\n办实事。\n第二篇保障第三章组织\n加强领导。\n第四章经费\n增加投入。\n",
            "任务：一是抓早；二是抓小；三是抓实。\n保障：一是出钱；二是出人。\n",
            "首先，抓宣传。二是抓培训。三是抓考核。\n",
            "一要抓早，二要抓小。一是一、二是二，不准走样。口径统一是基础，大年三十是除夕。\n",
            "（一）任务\n1.抓早。\n2.抓小。\n（二）保障\n3.出钱。\n4.出人。\n",
            "一是抓早。其中，一是早部署，二是早落实。二是抓小。三是抓实。\n",
            "第十五条修改为：增加投入。\n第三条第二款删去。\n第九条改为第八条。\n",
        ] {
            assert_eq!(slips(text), [], "{text}");
        }
    }

    #[test]
    fn a_label_torn_by_a_line_end_is_an_item() {
        for tear in ["（\n三）", "\n（\n三）", "(\n三）"] {
            let text = format!(
                "一、任务\n（一）抓早。早动手。\n（二）抓小。小处着手。{tear}抓实。落到实处。\n（四）抓严。从严要求。\n二、保障\n加强领导。\n"
            );
            assert_eq!(slips(&text), [], "{text}");
        }
    }

    #[test]
    fn a_section_without_a_second_is_worth_a_look() {
        let found = slips("工作总结\n一、主要做法\n（一）抓早。\n（二）抓小。\n全年增收。\n");
        assert_eq!(found, [(slip::Kind::Lone, "一、".to_owned())]);
        for text in [
            "工作总结\n一、主要做法\n抓早抓小。\n二 工作打算\n再增收。\n",
            "工作总结\n一、主要做法\n抓早抓小。\n三、工作打算\n再增收。\n",
            "一、二、三产业融合发展\n全年增收。\n前景可期。\n再接再厉。\n",
            "简讯\n一、昨日召开会议。\n会议很短。\n",
            "第一篇\n一、早动手。\n第二篇\n一、小处着手。\n第三篇\n",
        ] {
            let lone = slips(text).into_iter().find(|(kind, _)| *kind == slip::Kind::Lone);
            assert_eq!(lone, None, "{text}");
        }
    }

    #[test]
    fn one_endless_line_takes_linear_time() {
        const TIMES: usize = 20_000;
        let text = "五个方面：一是抓早；二是抓小；三是抓实，见表3。".repeat(TIMES);
        let (_, numbering) = numbering(&text, Format::Plain);
        assert_eq!(numbering.miscounts().len(), TIMES);
    }
}

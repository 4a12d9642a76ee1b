//! Numbering labels: 一、 （二） 3. ④ 第五章 六是 第七， 图8.
//!
//! A label is read where one may stand: at a block's start, and inside after a mark that ends a clause. Some readings are doubtful: “10.9月份”
//! may be item 10, or a number. These are kept with their doubt, and decided by the sequence around them in `model/numbering`.

pub mod caption;
pub mod label;
pub mod script;

use std::ops::Range;

pub use label::LAST;

use super::glance::{Asker, Glance};
use super::row;
use crate::script::is_han;
use crate::source::block::Kind;
use label::Label;
use script::Script;

/// One label of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Bytes of the prose, with the mark that closes the label.
    pub range: Range<usize>,
    pub reading: Reading,
    /// What the label says if its first reading does not fit: “3.12月” is 3.12, or item 3.
    pub other: Option<Reading>,
    /// Whether the label stands at the block's start.
    pub opens: bool,
}

/// What a label says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub style: Style,
    /// The numbers before the last: 2 in 2.3 and in 表2-3.
    pub prefix: Prefix,
    pub number: u32,
    /// Bytes of the prose that write the number; empty for 首先 and its like.
    pub numeral: Range<usize>,
    pub doubt: Doubt,
}

/// Up to three numbers, zero where there is none.
pub type Prefix = [u32; 3];

/// Whether a label is one, and whether it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// It is a label.
    None,
    /// It is a label with a wrong character in it: 笫五条, 第五十－条.
    Damaged,
    /// It may be a label; it is one if it goes on with a list: 10.9月份…
    Ambiguous,
    /// It is hardly a label, but it is one if a list lacks just it: the 三 of “二是…三加强…四是…”.
    Bare,
}

/// Labels of one style may make one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Style {
    pub shape: Shape,
    pub script: Script,
}

/// What stands around the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// 一、 1、
    Comma,
    /// 一． 1.
    Dot,
    /// （一） (1)
    Paren,
    /// 1） a)
    HalfParen,
    /// ① ⑴ ⒈, which need nothing around them
    Bare,
    /// `1 总则`, in headings
    Space,
    /// 1.1 1.1.1
    Path,
    /// 第一章
    Unit(Unit),
    /// 一是
    Is,
    /// 一要
    Must,
    /// 第一，
    Ordinal,
    /// 第一阶段：
    Stage,
    /// 其一，
    ItsOne,
    /// 首先
    Word,
    /// 一方面
    Side,
    /// 图1
    Caption(Caption),
}

/// What 第N counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// 编
    Book,
    /// 篇
    Volume,
    /// 部分
    Portion,
    /// 章
    Chapter,
    /// 节
    Section,
    /// 条
    Article,
    /// 款
    Paragraph,
}

/// What a caption stands under or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caption {
    /// 图
    Figure,
    /// 表
    Table,
    /// 附件
    Annex,
    /// 附图
    AnnexFigure,
    /// 附表
    AnnexTable,
    /// 公式
    Formula,
}

impl Unit {
    /// How it is written.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Book => "编",
            Unit::Volume => "篇",
            Unit::Portion => "部分",
            Unit::Chapter => "章",
            Unit::Section => "节",
            Unit::Article => "条",
            Unit::Paragraph => "款",
        }
    }
}

impl Shape {
    /// Labels that stand in running text and lead a clause: 一是, 第一， 首先.
    pub fn is_spoken(self) -> bool {
        matches!(
            self,
            Shape::Is | Shape::Must | Shape::Ordinal | Shape::Stage | Shape::ItsOne | Shape::Word | Shape::Side
        )
    }
}

/// The labels of a block in order. A cell of a table has none: its numbers are the table's.
pub fn read(kind: &Kind, glance: &Glance) -> Vec<Marker> {
    let prose = glance.prose();
    let mut markers = Vec::new();
    if matches!(kind, Kind::Cell(_)) || row::is_row(prose) {
        return markers;
    }
    let start = prose.len() - prose.trim_start_matches(is_blank).len();
    let start = start + note_length(&prose[start..]);
    let mut at = start;
    let opening = label::at_block_start(&prose[start..], matches!(kind, Kind::Heading(_)));
    if let Some(label) = opening {
        at = start + label.len;
        markers.push(marker(start, label, true));
    }
    let heads_chapters = markers.first().is_some_and(|marker| matches!(marker.reading.style.shape, Shape::Unit(_)));
    if heads_chapters && is_title_line(prose) {
        read_run_together(prose, at, &mut markers);
    } else {
        read_inside(glance, at, &mut markers);
    }
    markers
}

/// The length of the sign of a note at the start of a block, [注1] or 【注】, behind which a list may begin.
fn note_length(text: &str) -> usize {
    const LONGEST: usize = 5;
    let close = match text.chars().next() {
        Some('[') => ']',
        Some('【') => '】',
        Some('〔') => '〕',
        _ => return 0,
    };
    let end = text.char_indices().take(LONGEST + 1).find(|(_, char)| *char == close);
    end.filter(|(end, _)| text[..*end].contains('注'))
        .map_or(0, |(end, _)| end + close.len_utf8())
}

/// White space, and what the prose has in the place of a picture.
fn is_blank(char: char) -> bool {
    char.is_whitespace() || char == '\u{FFFC}'
}

/// A line that is a title or several, without a sentence.
fn is_title_line(prose: &str) -> bool {
    const LONGEST: usize = 300;
    prose.chars().nth(LONGEST).is_none() && !prose.contains(['。', '，', '；', '：'])
}

/// Titles that lost the line ends between them: 第三篇改革第十三章深化改革.
fn read_run_together(prose: &str, from: usize, markers: &mut Vec<Marker>) {
    let mut skip_to = from;
    for (at, _) in prose.match_indices('第').filter(|&(at, _)| at >= from) {
        if at < skip_to {
            continue;
        }
        let unit = label::at_block_start(&prose[at..], true).filter(|label| matches!(label.reading.style.shape, Shape::Unit(_)));
        if let Some(label) = unit {
            skip_to = at + label.len;
            markers.push(marker(at, label, false));
        }
    }
}

/// Labels after the start of a block, in one pass. What stands before a place tells whether a label may stand there.
fn read_inside(glance: &Glance, from: usize, markers: &mut Vec<Marker>) {
    let prose = glance.prose();
    let mut read = from;
    for (at, char) in glance.of(Asker::Labels) {
        if at < read {
            continue;
        }
        let before = prose[read..at].trim_end_matches(is_blank).chars().next_back();
        let before = before.or_else(|| prose[..read].chars().next_back());
        if let Some(label) = before.and_then(|before| label::inside(&prose[at..], char, before)) {
            read = at + label.len;
            markers.push(marker(at, label, false));
        }
    }
}

/// A label's ranges are relative to its own start.
fn marker(at: usize, label: Label, opens: bool) -> Marker {
    let shift = |mut reading: Reading| {
        reading.numeral = at + reading.numeral.start..at + reading.numeral.end;
        reading
    };
    Marker {
        range: at..at + label.len,
        reading: shift(label.reading),
        other: label.other.map(shift),
        opens,
    }
}

impl Marker {
    /// Bytes of the title or of the first sentence that the label leads.
    pub fn title(&self, prose: &str) -> Range<usize> {
        const LONGEST: usize = 120;
        let start = prose.len() - prose[self.range.end..].trim_start().len();
        let rest = &prose[start..];
        let end = rest
            .char_indices()
            .enumerate()
            .find(|&(count, (_, char))| count == LONGEST || matches!(char, '。' | '！' | '？' | '：' | ':' | '；' | ';'))
            .map_or(rest.len(), |(_, (at, _))| at);
        start..start + rest[..end].trim_end().len()
    }
}

/// Whether what follows reads on as words: Han text, a quotation or a bracket.
fn begins_words(text: &str) -> bool {
    text.trim_start_matches(is_blank)
        .chars()
        .next()
        .is_some_and(|char| is_han(char) || char.is_alphabetic() || matches!(char, '“' | '《' | '‘' | '"' | '「' | '【' | '（' | '(' | '〔'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the labels of a paragraph say, doubtful ones with a question mark.
    fn labels(prose: &str) -> Vec<String> {
        let describe = |marker: &Marker| {
            let doubt = if marker.reading.doubt == Doubt::None { "" } else { "?" };
            format!("{}={}{doubt}", &prose[marker.range.clone()], marker.reading.number)
        };
        read(&Kind::Paragraph, &Glance::at(prose)).iter().map(describe).collect()
    }

    #[test]
    fn every_style_opens_a_block() {
        for (prose, label, number, shape) in [
            ("一、工作回顾", "一、", 1, Shape::Comma),
            ("十二．工作回顾", "十二．", 12, Shape::Dot),
            ("(三)抓好落实。", "(三)", 3, Shape::Paren),
            ("（十五）抓好落实。", "（十五）", 15, Shape::Paren),
            ("1.推广良种。", "1.", 1, Shape::Dot),
            ("2、推广良种。", "2、", 2, Shape::Comma),
            ("３．推广良种。", "３．", 3, Shape::Dot),
            ("4）推广良种。", "4）", 4, Shape::HalfParen),
            ("(5) 推广良种。", "(5)", 5, Shape::Paren),
            ("⑥推广良种。", "⑥", 6, Shape::Bare),
            ("⑺推广良种。", "⑺", 7, Shape::Bare),
            ("Ⅱ. 方法", "Ⅱ.", 2, Shape::Bare),
            ("A. 方法", "A.", 1, Shape::Dot),
            ("a) 方法", "a)", 1, Shape::HalfParen),
            ("第三章 法律责任", "第三章", 3, Shape::Unit(Unit::Chapter)),
            ("第 四 节　附则", "第 四 节", 4, Shape::Unit(Unit::Section)),
            ("第二十五条　本办法自发布之日起施行。", "第二十五条", 25, Shape::Unit(Unit::Article)),
            ("第二部分 主要任务", "第二部分", 2, Shape::Unit(Unit::Portion)),
            ("1.1 项目概况", "1.1", 1, Shape::Path),
            ("2.3.4 设备选型", "2.3.4", 4, Shape::Path),
            ("一是抓示范。", "一是", 1, Shape::Is),
            ("二要抓落实。", "二要", 2, Shape::Must),
            ("第三，抓监督。", "第三，", 3, Shape::Ordinal),
            ("第二阶段（6月至8月）：集中整治。", "第二阶段", 2, Shape::Stage),
            ("第三步，验收销号。", "第三步", 3, Shape::Stage),
            ("首先，抓宣传。", "首先", 1, Shape::Word),
            ("其次,抓培训。", "其次", 2, Shape::Word),
            ("其二，抓考核。", "其二，", 2, Shape::ItsOne),
            ("另一方面，人手不足。", "另一方面", 2, Shape::Side),
            ("图1　全县总产", "图1", 1, Shape::Caption(Caption::Figure)),
            ("表2-1 分品种产量", "表2-1", 1, Shape::Caption(Caption::Table)),
            ("附件3：联系人名单", "附件3", 3, Shape::Caption(Caption::Annex)),
            ("公式(4)", "公式(4)", 4, Shape::Caption(Caption::Formula)),
        ] {
            let markers = read(&Kind::Paragraph, &Glance::at(prose));
            let marker = markers.first().unwrap_or_else(|| panic!("{prose}"));
            assert!(marker.opens);
            assert_eq!(&prose[marker.range.clone()], label);
            assert_eq!((marker.reading.number, marker.reading.style.shape), (number, shape), "{prose}");
        }
    }

    #[test]
    fn damaged_labels_are_still_seen() {
        for (prose, number) in [("笫五条　罚则。", 5), ("第五十－条　罚则。", 51)] {
            let markers = read(&Kind::Paragraph, &Glance::at(prose));
            assert_eq!((markers[0].reading.number, markers[0].reading.doubt), (number, Doubt::Damaged), "{prose}");
        }
        assert_eq!(
            labels("一是抓早。二是抓小。三加强联动。四是抓实。"),
            ["一是=1", "二是=2", "三=3?", "四是=4"]
        );
    }

    #[test]
    fn labels_inside_a_paragraph() {
        assert_eq!(labels("办法有三：一是抓早，二是抓小，三是抓实。"), ["一是=1", "二是=2", "三是=3"]);
        assert_eq!(labels("要求：（一）摸底；（二）建档；（三）销号。"), ["（一）=1", "（二）=2", "（三）=3"]);
        assert_eq!(labels("内容包括：①摸底；②建档。"), ["①=1", "②=2"]);
        assert_eq!(labels("内容包括①摸底②建档"), ["①=1?", "②=2?"]);
        assert_eq!(labels("我们体会：第一，靠群众。第二，靠制度。"), ["第一，=1", "第二，=2"]);
        assert_eq!(labels("办法：1.摸底；2.建档。"), ["1.=1?", "2.=2?"]);
    }

    #[test]
    fn labels_that_lost_their_place_are_still_seen() {
        assert_eq!(labels("第三篇改革开放第十三章深化改革"), ["第三篇=3", "第十三章=13"]);
        assert_eq!(labels("ç¬¬ä¸€，稳面积。"), ["ç¬¬ä¸€，=1"]);
        assert_eq!(labels("关键是一要抓早，二要抓小。"), ["一要=1", "二要=2"]);
    }

    #[test]
    fn a_number_after_the_dot_leaves_the_label_open_to_doubt() {
        let markers = read(&Kind::Paragraph, &Glance::at("10.9月工业经济平稳运行。"));
        assert_eq!((markers[0].reading.number, markers[0].reading.doubt), (10, Doubt::Ambiguous));
        let markers = read(&Kind::Paragraph, &Glance::at("3.12重点任务"));
        assert_eq!((markers[0].reading.style.shape, markers[0].reading.number), (Shape::Path, 12));
        assert_eq!(markers[0].other.as_ref().map(|other| other.number), Some(3));
    }

    #[test]
    fn a_number_written_digit_by_digit_leaves_the_label_open_to_doubt() {
        let doubt = |prose| read(&Kind::Paragraph, &Glance::at(prose))[0].reading.doubt;
        assert_eq!(doubt("节前要多体检。五一、国庆两个长假客流集中。"), Doubt::Ambiguous);
        assert_eq!(doubt("二十一、抓好信访工作"), Doubt::None);
    }

    #[test]
    fn what_is_not_numbering_is_not_read() {
        for prose in [
            "一、二、三产业融合发展。",
            "结构优化。一、二、三产业融合发展。",
            "第一书记驻村帮扶。",
            "会后，第一时间传达。",
            "要求说一是一、二是二，不准走样。",
            "统一是前提。",
            "其中大年三十是除夕。",
            "全年到了二十是多少。",
            "2011.12.26",
            "0576-83310029",
            "1、2、3号机组并网。",
            "第一、第二产业增长较快。",
            "依照第（四）项的规定",
            "由式(1)得出结论",
            "全省第二，全国第五。",
            "表1显示，产量稳定。",
            "图2中的曲线平稳。",
            "甲醇①②对照",
            "100. 亿元项目",
        ] {
            let sure: Vec<_> = read(&Kind::Paragraph, &Glance::at(prose))
                .into_iter()
                .filter(|marker| marker.reading.doubt != Doubt::Bare)
                .collect();
            assert!(sure.is_empty() || prose.starts_with("100."), "{prose}: {sure:?}");
        }
    }

    #[test]
    fn a_label_may_stand_behind_the_sign_of_a_note() {
        for (prose, expected) in [("[注1]（1）按月计提。", "（1）=1"), ("【注】1、按月计提。", "1、=1")] {
            assert_eq!(labels(prose), [expected], "{prose}");
            assert!(read(&Kind::Paragraph, &Glance::at(prose))[0].opens);
        }
        assert!(labels("[2009]（1）").is_empty());
    }

    #[test]
    fn titles_end_with_the_first_sentence() {
        let prose = "3、抓点示范。全县建成示范点。";
        let marker = &read(&Kind::Paragraph, &Glance::at(prose))[0];
        assert_eq!(&prose[marker.title(prose)], "抓点示范");
    }
}

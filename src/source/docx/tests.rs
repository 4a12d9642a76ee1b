//! What a reader of the page sees of each construct.

use super::sample::p;
use super::{Changes, Document, Error, read};
use crate::source::block::{Cell, Kind};
use crate::source::office::Story;
use crate::source::office::package::Package;
use crate::source::office::sample::Sample;

fn document(sample: &Sample) -> Document {
    read(&sample.bytes(), Changes::Accepted).unwrap()
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.prose.text()).collect()
}

/// The blocks of a body that stands alone.
#[track_caller]
fn assert_reads(body: &str, expected: &[&str]) {
    assert_eq!(texts(&document(&Sample::new(body))), expected);
}

#[test]
fn a_word_split_over_runs_is_one_word() {
    assert_reads(
        "<w:p><w:r w:rsidR=\"00A1\"><w:t>增</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr><w:t>长</w:t></w:r></w:p>",
        &["增长"],
    );
}

#[test]
fn elements_stand_for_characters() {
    assert_reads(
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙&amp;&#x4E01;</w:t>\
         <w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"宋体\" w:char=\"2103\"/></w:r></w:p>",
        &["甲\t乙-丙&丁\u{FFFC}℃"],
    );
}

#[test]
fn breaks_end_a_line() {
    assert_reads(
        "<w:p><w:r><w:br w:type=\"page\"/><w:t>一、甲。</w:t><w:br/><w:t>二、乙。</w:t></w:r></w:p>",
        &["一、甲。", "二、乙。"],
    );
}

#[test]
fn white_space_at_the_ends_of_a_text_counts_only_where_it_is_preserved() {
    assert_reads(
        "<w:p><w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space=\"preserve\">乙 </w:t></w:r><w:r><w:t>\n  丙\r\n丁</w:t></w:r></w:p>",
        &["甲乙 丙 丁"],
    );
}

#[test]
fn headings_are_told_by_style_and_outline_level() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"heading 2\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"a2\"><w:name w:val=\"公文标题\"/><w:basedOn w:val=\"a1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"a3\"><w:name w:val=\"Title\"/></w:style>";
    let styled = |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = styled("a3", "总结")
        + &styled("a2", "一、农业")
        + "<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr><w:r><w:t>（一）粮食</w:t></w:r></w:p>"
        + "<w:p><w:pPr><w:pStyle w:val=\"a1\"/><w:outlineLvl w:val=\"9\"/></w:pPr><w:r><w:t>正文。</w:t></w:r></w:p>";
    let document = document(&Sample::new(&body).with_related(&[("styles", styles)]));
    let kinds: Vec<Kind> = document.blocks.into_iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Kind::Heading(1), Kind::Heading(2), Kind::Heading(3), Kind::Paragraph]);
}

#[test]
fn cells_are_one_line_each_and_know_their_place() {
    let cell = |properties: &str, content: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr></w:tbl>{}",
        cell("<w:gridSpan w:val=\"2\"/>", &(p("基本") + &p("情况"))),
        cell("<w:vMerge w:val=\"restart\"/>", &(p("12") + &p("34"))),
        cell("", &p("甲")),
        cell("<w:vMerge/>", "<w:p/>"),
        p("表后。"),
    );
    let document = document(&Sample::new(&body));
    let cells: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            Kind::Cell(cell) => Some((block.prose.text(), cell.row, cell.column)),
            _ => None,
        })
        .collect();
    assert_eq!(cells, [("基本情况", 0, 0), ("12 34", 0, 2), ("甲", 1, 1)]);
    assert_eq!(document.text, "基本情况\n12 34\n甲\n\n表后。\n");
}

#[test]
fn a_form_filled_with_paragraphs_is_read_like_the_page() {
    let long = "全年完成重点项目八个，新增就业三千余人，群众满意度进一步提高，各项工作走在全县前列，受到上级充分肯定。";
    let inner = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("内"));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>",
        p("一、成绩"),
        p(long),
        p("外"),
        p("后")
    );
    let document = document(&Sample::new(&body));
    let is_cell: Vec<bool> = document.blocks.iter().map(|block| block.is_cell()).collect();
    assert_eq!(texts(&document), ["一、成绩", long, "外", "内", "后"]);
    assert_eq!(is_cell, [false, false, false, true, false]);
    assert_eq!(
        document.layout.paragraphs[1].cell.as_ref().map(|cell| (cell.row, cell.column)),
        Some((0, 0))
    );
}

#[test]
fn notes_stand_behind_the_paragraph_that_calls_them() {
    let note = |kind: &str, id: u32, text: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(text));
    let footnotes = format!("<w:footnote w:id=\"0\" w:type=\"separator\">{}</w:footnote>", p("线")) + &note("footnote", 2, "脚注。");
    let body = "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
                <w:r><w:t>。</w:t></w:r></w:p>"
        .to_owned()
        + &p("乙。");
    let sample = Sample::new(&body).with_related(&[("footnotes", &footnotes), ("endnotes", &note("endnote", 1, "尾注。"))]);
    let document = document(&sample);
    assert_eq!(texts(&document), ["甲。", "脚注。", "乙。", "尾注。"]);
    let stories: Vec<Story> = document.layout.paragraphs.iter().map(|paragraph| paragraph.story).collect();
    assert_eq!(stories, [Story::Body, Story::Footnote, Story::Body, Story::Endnote]);
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("框中。"));
    let body = format!(
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{content}</wps:txbx>\
         <a:p><a:r><a:t>图形</a:t></a:r></a:p></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>\
         </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后。</w:t></w:r></w:p>"
    );
    assert_reads(&body, &["前后。", "框中。"]);
}

#[test]
fn of_several_forms_of_a_drawing_one_is_read() {
    let textbox = |text: &str| format!("<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>", p(text));
    let drawn = |forms: &str| format!("<w:p><w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r></w:p>");
    let both = ["甲。", "乙。"].map(|text| format!("<mc:Choice Requires=\"wps\">{}</mc:Choice>", textbox(text)));
    let fallback = format!("<mc:Fallback>{}</mc:Fallback>", textbox("丙。"));
    assert_reads(&(drawn(&(both.concat() + &fallback)) + &drawn(&fallback)), &["甲。", "丙。"]);
}

#[test]
fn fields_show_their_result_and_controls_their_content() {
    assert_reads(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>码</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:fldSimple w:instr=\" DATE \"><w:r><w:t>今天</w:t></w:r></w:fldSimple>\
         <w:sdt><w:sdtPr><w:alias w:val=\"题\"/></w:sdtPr><w:sdtContent><w:hyperlink><w:r><w:t>内容</w:t></w:r></w:hyperlink></w:sdtContent></w:sdt></w:p>",
        &["7今天内容"],
    );
}

#[test]
fn a_field_without_an_end_hides_nothing() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText>TOC \\o</w:instrText></w:r>";
    for marks in [mark("begin"), mark("begin") + code, mark("begin") + code + &mark("separate")] {
        assert_reads(
            &format!("<w:p>{marks}<w:r><w:t>目录</w:t></w:r></w:p>{}", p("一、甲")),
            &["目录", "一、甲"],
        );
    }
}

#[test]
fn a_table_of_contents_is_known_as_one() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "{}<w:p>{}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{}<w:r><w:t>一、甲\t1</w:t></w:r></w:p><w:p><w:r><w:t>二、乙\t2</w:t></w:r>{}</w:p>\
         <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        p("目录"),
        field("begin"),
        field("separate"),
        field("end"),
        p("一、甲"),
        p("一、甲")
    );
    let document = document(&Sample::new(&body));
    assert_eq!(texts(&document), ["目录", "一、甲"]);
    assert_eq!(document.text.lines().count(), 5);
}

#[test]
fn tracked_changes_are_read_from_the_side_asked_for() {
    let body = "<w:p><w:r><w:t>完成</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>八</w:delText></w:r></w:del>\
                <w:ins w:id=\"2\"><w:r><w:t>九</w:t></w:r></w:ins><w:r><w:t>项。</w:t></w:r></w:p>\
                <w:p><w:pPr><w:outlineLvl w:val=\"0\"/><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>\
                <w:p><w:r><w:t>后半。</w:t></w:r></w:p>\
                <w:p><w:pPr><w:rPr><w:ins w:id=\"4\"></w:ins></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p><w:p><w:r><w:t>下</w:t></w:r></w:p>";
    let sample = Sample::new(body).bytes();
    let accepted = read(&sample, Changes::Accepted).unwrap();
    let rejected = read(&sample, Changes::Rejected).unwrap();
    assert_eq!(texts(&accepted), ["完成九项。", "前半，后半。", "上", "下"]);
    assert_eq!(accepted.blocks[1].kind, Kind::Paragraph);
    assert_eq!(texts(&rejected), ["完成八项。", "前半，", "后半。", "上下"]);
}

#[test]
fn rows_and_properties_are_those_of_the_side_asked_for() {
    let row = |properties: &str, text: &str| format!("<w:tr><w:trPr>{properties}</w:trPr><w:tc>{}</w:tc></w:tr>", p(text));
    let body = format!(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/><w:pPrChange w:id=\"1\"><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:pPrChange></w:pPr>\
         <w:r><w:t>题</w:t></w:r></w:p><w:tbl>{}{}{}</w:tbl>",
        row("<w:del w:id=\"2\"/>", "旧"),
        row("<w:ins w:id=\"3\"/>", "新"),
        row("", "留"),
    );
    let sample = Sample::new(&body).bytes();
    let seen = |changes| {
        let blocks = read(&sample, changes).unwrap().blocks.into_iter();
        blocks.map(|block| (block.prose.text().to_owned(), block.kind)).collect::<Vec<_>>()
    };
    let cell = |text: &str, row| {
        let place = Cell { table: 0, row, column: 0 };
        (text.to_owned(), Kind::Cell(place))
    };
    let heading = |level| ("题".to_owned(), Kind::Heading(level));
    assert_eq!(seen(Changes::Accepted), [heading(1), cell("新", 0), cell("留", 1)]);
    assert_eq!(seen(Changes::Rejected), [heading(2), cell("旧", 0), cell("留", 1)]);
}

#[test]
fn hidden_text_formulas_and_comments_are_not_words() {
    assert_reads(
        "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>设</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>\
         <m:oMath><m:r><m:t>x=</m:t><w:t>1</w:t></m:r></m:oMath><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>。</w:t></w:r></w:p>",
        &["设\u{FFFC}。"],
    );
}

#[test]
fn another_prefix_and_the_strict_form_are_read() {
    let strict =
        "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>";
    let bare = "<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><body><p><r><t>甲</t></r></p></body></document>";
    for xml in [strict, bare] {
        assert_eq!(texts(&document(&Sample::new("").with("word/document.xml", xml))), ["甲"], "{xml}");
    }
}

fn numbered(list: u32, level: u32, text: &str) -> String {
    format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn level(level: u32, format: &str, text: &str) -> String {
    format!("<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>")
}

#[test]
fn automatic_numbers_are_written_as_the_reader_sees_them() {
    let levels = level(0, "chineseCounting", "%1、")
        + &level(1, "chineseCounting", "（%2）")
        + &level(2, "decimal", "%3.")
        + &level(3, "decimalEnclosedCircle", "%4");
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"5\">{levels}</w:abstractNum><w:abstractNum w:abstractNumId=\"6\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"6\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"6\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"4\"><w:abstractNumId w:val=\"6\"/><w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride></w:num>",
        level(0, "ideographTraditional", "%1、") + &level(1, "bullet", "●"),
        level(0, "upperLetter", "第%1条"),
    );
    let body = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "乙"),
        numbered(1, 2, "丙"),
        numbered(1, 3, "丁"),
        numbered(1, 3, "戊"),
        numbered(1, 2, "己"),
        numbered(1, 1, "庚"),
        numbered(1, 2, "辛"),
        numbered(1, 0, "壬"),
        numbered(2, 0, "子"),
        numbered(2, 1, "丑"),
        numbered(2, 0, "寅"),
        numbered(3, 0, "卯"),
        numbered(4, 0, "辰"),
        numbered(0, 0, "无"),
    ];
    let document = document(&Sample::new(&body.concat()).with_related(&[("numbering", &numbering)]));
    let expected = [
        "一、甲",
        "（一）乙",
        "1. 丙",
        "①丁",
        "②戊",
        "2. 己",
        "（二）庚",
        "1. 辛",
        "二、壬",
        "甲、子",
        "丑",
        "乙、寅",
        "甲、卯",
        "第B条 辰",
        "无",
    ];
    assert_eq!(texts(&document), expected);
    assert_eq!(document.blocks[0].automatic_label, "一、".len());
    assert_eq!(document.blocks[14].automatic_label, 0);
}

#[test]
fn a_level_without_a_number_shows_its_words_and_an_overridden_start_holds_again() {
    let start = "<w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"3\"/></w:lvlOverride>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"5\">{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/>{start}</w:num>",
        level(0, "decimal", "%1.") + &level(1, "chineseCounting", "（%2）") + &level(2, "none", "注：") + &level(3, "none", "%4"),
    );
    let levels = [0, 1, 1, 0, 1, 2, 3];
    let body: String = levels.into_iter().map(|level| numbered(1, level, "甲")).collect();
    let document = document(&Sample::new(&body).with_related(&[("numbering", &numbering)]));
    assert_eq!(texts(&document), ["1. 甲", "（三）甲", "（四）甲", "2. 甲", "（三）甲", "注：甲", "甲"]);
}

#[test]
fn numbers_cannot_make_a_text_of_any_length() {
    let long = level(0, "chineseCounting", &"%1".repeat(32)).replace("<w:start w:val=\"1\"/>", "<w:start w:val=\"8888\"/>");
    let numbering = format!("<w:abstractNum w:abstractNumId=\"5\">{long}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num>");
    let sample = Sample::new(&numbered(1, 0, "").repeat(36_000)).with_related(&[("numbering", &numbering)]);
    let part = "word/document.xml".to_owned();
    assert_eq!(read(&sample.bytes(), Changes::Accepted).err(), Some(Error::TooLarge { part }));
}

#[test]
fn places_lead_back_to_the_xml() {
    let body = "<w:p><w:r><w:t>前&amp;</w:t></w:r></w:p><w:p><w:r><w:t>一段</w:t><w:tab/><w:t>话</w:t></w:r></w:p>";
    let sample = Sample::new(body);
    let document = document(&sample);
    let bytes = sample.bytes();
    let mut package = Package::open(&bytes).unwrap();
    let xml = package.part("word/document.xml").unwrap().xml;
    let pieces: Vec<_> = document
        .layout
        .spans
        .iter()
        .map(|span| (&document.text[span.text.clone()], &xml[span.xml.clone()], span.verbatim))
        .collect();
    assert_eq!(
        pieces,
        [
            ("前", "前", true),
            ("&", "&amp;", false),
            ("一段", "一段", true),
            ("\t", "<w:tab/>", false),
            ("话", "话", true)
        ]
    );
    let numbers: Vec<usize> = document.layout.paragraphs.iter().map(|paragraph| paragraph.number).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn broken_and_hostile_documents_are_refused() {
    let fails = |xml: &str| {
        let sample = Sample::new("").with("word/document.xml", xml);
        read(&sample.bytes(), Changes::Accepted).unwrap_err().message().en.into_owned()
    };
    for (xml, reason) in [
        ("<w:document><w:body>", "word/document.xml"),
        ("<w:document></w:body>", "word/document.xml"),
        ("", "word/document.xml"),
        ("<!DOCTYPE x [<!ENTITY a \"b\">]><w:document/>", "declaration"),
        (&format!("<w:document>{}", "<w:sdt>".repeat(300)), "absurd"),
    ] {
        let message = fails(xml);
        assert!(message.contains(reason), "{xml}: {message}");
    }
    let bomb = Sample::new("").with("word/document.xml", " ".repeat(8 << 20));
    let message = read(&bomb.bytes(), Changes::Accepted).unwrap_err().message().en.into_owned();
    assert!(message.contains("absurd"), "{message}");
    let missing = Sample::new("").with("_rels/.rels", "<Relationships/>");
    assert_eq!(read(&missing.bytes(), Changes::Accepted).unwrap_err(), Error::NotADocument);
}

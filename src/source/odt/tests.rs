//! What a reader of the page sees of each construct.

use crate::source::block::Kind;
use crate::source::office::sample::Sample;
use crate::source::office::{Changes, Document, Error, Story, read};

const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

/// A document with these styles and this text.
fn sample(styles: &str, body: &str) -> Sample {
    let part = |root: &str, content: &str| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:{root}>{content}</office:{root}>");
    let content = format!("<office:automatic-styles/><office:body><office:text>{body}</office:text></office:body>");
    Sample::empty()
        .with("mimetype", MIMETYPE)
        .with("styles.xml", part("document-styles", styles))
        .with("content.xml", part("document-content", &content))
}

fn document(styles: &str, body: &str) -> Document {
    read(&sample(styles, body).bytes(), Changes::Accepted).unwrap()
}

#[track_caller]
fn assert_reads(styles: &str, body: &str, expected: &[&str]) {
    assert_eq!(texts(&document(styles, body)), expected);
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.prose.text()).collect()
}

fn list_style(name: &str, levels: &str) -> String {
    format!("<text:list-style style:name=\"{name}\">{levels}</text:list-style>")
}

fn level(number: usize, format: &str, before: &str, behind: &str) -> String {
    format!(
        "<text:list-level-style-number text:level=\"{number}\" style:num-format=\"{format}\" style:num-prefix=\"{before}\" style:num-suffix=\"{behind}\"/>"
    )
}

#[test]
fn text_is_put_together_from_spans_and_elements() {
    assert_reads(
        "",
        "<text:p>增<text:span text:style-name=\"T1\">长</text:span>\n   <text:s text:c=\"2\"/>甲<text:tab/>乙&amp;<text:soft-page-break/>&#x4E01;</text:p>\
         <text:p>一、丙。<text:line-break/>二、丁。</text:p>\
         <text:p>字<text:ruby><text:ruby-base>母</text:ruby-base><text:ruby-text>mu</text:ruby-text></text:ruby>\
         <office:annotation><text:p>批注</text:p></office:annotation>表</text:p>",
        &["增长   甲\t乙&丁", "一、丙。", "二、丁。", "字母表"],
    );
}

#[test]
fn headings_are_numbered_by_the_outline() {
    let styles = "<style:style style:name=\"T\" style:family=\"paragraph\" style:parent-style-name=\"Title\"/>\
         <style:style style:name=\"Title\" style:family=\"paragraph\"/>\
         <style:style style:name=\"Bare\" style:family=\"paragraph\" style:list-style-name=\"\"/>\
         <text:outline-style><text:outline-level-style text:level=\"1\" style:num-format=\"一, 二, 三, ...\" style:num-suffix=\"、\"/>\
         <text:outline-level-style text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\"/></text:outline-style>";
    let heading = |level: u8, style: &str, text: &str| format!("<text:h text:style-name=\"{style}\" text:outline-level=\"{level}\">{text}</text:h>");
    let body = "<text:p text:style-name=\"T\">总结</text:p>".to_owned()
        + &heading(1, "H", "农业")
        + &heading(2, "H", "粮食")
        + &heading(2, "Bare", "（二）林果")
        + &heading(1, "H", "工业");
    let document = document(styles, &body);
    assert_eq!(texts(&document), ["总结", "一、农业", "一.1 粮食", "（二）林果", "二、工业"]);
    let kinds: Vec<Kind> = document.blocks.iter().map(|block| block.kind.clone()).collect();
    assert_eq!(kinds, [1, 1, 2, 2, 1].map(Kind::Heading));
    assert_eq!(document.blocks[1].automatic_label, "一、".len());
}

#[test]
fn lists_count_restart_and_go_on() {
    let styles = list_style("L", &(level(1, "1", "", ".") + &level(2, "①, ②, ③, ...", "", "")));
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let list = |attributes: &str, items: &str| format!("<text:list text:style-name=\"L\" {attributes}>{items}</text:list>");
    let nested = format!(
        "<text:list-item><text:p>乙</text:p><text:p>续</text:p><text:list>{}{}</text:list></text:list-item>",
        item("子"),
        item("丑")
    );
    let body = list("xml:id=\"a\"", &(item("甲") + &nested))
        + "<text:p>正文。</text:p>"
        + &list("text:continue-list=\"a\"", &item("丙"))
        + &list("text:continue-numbering=\"true\"", &item("丁"))
        + &list("", &item("戊"))
        + &list(
            "",
            "<text:list-header><text:p>头</text:p></text:list-header><text:list-item text:start-value=\"5\"><text:p>己</text:p></text:list-item>",
        );
    assert_reads(
        &styles,
        &body,
        &["1. 甲", "2. 乙", "续", "①子", "②丑", "正文。", "3. 丙", "4. 丁", "1. 戊", "头", "5. 己"],
    );
}

#[test]
fn cells_notes_and_boxes_find_their_place() {
    let body = "<text:p>甲<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注。</text:p>\
         </text:note-body></text:note>乙。<draw:custom-shape>\n <text:p>框内。</text:p>\n</draw:custom-shape></text:p>\
         <table:table><table:table-column/><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>表头</text:p></table:table-cell>\
         <table:covered-table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell><text:p>5</text:p></table:table-cell></table:table-row></table:table>\
         <text:p>尾<text:note text:note-class=\"endnote\"><text:note-body><text:p>尾注。</text:p></text:note-body></text:note>。</text:p>\
         <text:p>图<draw:frame text:anchor-type=\"as-char\"><draw:image/><draw:image/></draw:frame>后。</text:p>";
    let document = document("", body);
    assert_eq!(
        texts(&document),
        ["甲乙。", "框内。", "脚注。", "表头", "5", "尾。", "图\u{FFFC}后。", "尾注。"]
    );
    let cells: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            Kind::Cell(cell) => Some((cell.row, cell.column)),
            _ => None,
        })
        .collect();
    assert_eq!(cells, [(0, 0), (1, 2)]);
    let stories: Vec<Story> = document.layout.paragraphs.iter().map(|paragraph| paragraph.story).collect();
    use Story::{Body, Endnote, Footnote, TextBox};
    assert_eq!(stories, [Body, TextBox, Footnote, Body, Body, Body, Body, Endnote]);
}

#[test]
fn what_is_not_on_the_page_is_not_read() {
    let styles = "<style:style style:name=\"S\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let body = "<text:sequence-decls/><text:table-of-content><text:table-of-content-source><text:index-title-template>目录</text:index-title-template>\
         </text:table-of-content-source><text:index-body><text:p>一、农业<text:tab/>1</text:p></text:index-body></text:table-of-content>\
         <text:section text:display=\"none\"><text:p>藏</text:p></text:section>\
         <text:p>看<text:span text:style-name=\"S\">不<text:span>见</text:span></text:span>得见</text:p>";
    let document = document(styles, body);
    assert_eq!(texts(&document), ["看得见"]);
    assert!(document.text.contains("一、农业\t1"));
}

#[test]
fn tracked_changes_are_read_as_accepted_or_as_rejected() {
    let region = |id: &str, change: &str| format!("<text:changed-region text:id=\"{id}\">{change}</text:changed-region>");
    let deletion = |content: &str| format!("<text:deletion><office:change-info><dc:date>x</dc:date></office:change-info>{content}</text:deletion>");
    let body = format!(
        "<text:tracked-changes>{}{}{}</text:tracked-changes>\
         <text:p>建成<text:change text:change-id=\"d\"/><text:change-start text:change-id=\"i\"/>互助养<text:change-end text:change-id=\"i\"/>老院。</text:p>\
         <text:p>前段<text:change text:change-id=\"e\"/>后段</text:p>\
         <text:p>一句<text:change-start text:change-id=\"i\"/>。</text:p><text:p>又<text:change-end text:change-id=\"i\"/>一句。</text:p>",
        region("d", &deletion("<text:p>敬</text:p>")),
        region("e", &deletion("<text:p>之末。</text:p><text:h>二、标题</text:h><text:p>再起</text:p>")),
        region("i", "<text:insertion/>"),
    );
    let bytes = sample("", &body).bytes();
    let accepted = read(&bytes, Changes::Accepted).unwrap();
    assert_eq!(texts(&accepted), ["建成互助养老院。", "前段后段", "一句。", "又一句。"]);
    let rejected = read(&bytes, Changes::Rejected).unwrap();
    assert_eq!(texts(&rejected), ["建成敬老院。", "前段之末。", "二、标题", "再起后段", "一句一句。"]);
}

#[test]
fn files_that_cannot_be_read_are_told_apart() {
    let fails = |sample: Sample| read(&sample.bytes(), Changes::Accepted).unwrap_err();
    let sheet = sample("", "").with("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    assert_eq!(fails(sheet), Error::NotADocument);
    let encrypted = sample("", "").with(
        "META-INF/manifest.xml",
        "<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
    );
    assert_eq!(fails(encrypted), Error::Encrypted);
    let missing = Sample::empty().with("mimetype", MIMETYPE);
    assert!(matches!(fails(missing), Error::Broken { part, .. } if part == "content.xml"));
    let deep = sample("", &"<text:section>".repeat(10_000));
    assert!(matches!(fails(deep), Error::TooLarge { .. }));
    let many = sample("", &"<text:p/>".repeat(1_100_000));
    assert!(matches!(fails(many), Error::TooLarge { .. }));
}

//! HTML into blocks, by the tokenizer html5gum.
//!
//! A parser that builds the whole tree forgets where its text stood, so the little that reading takes is kept here: which block is open, which
//! lists and tables, and what is not read (scripts, styles, navigation). Nothing recurses, so nesting may be as deep as it likes. Where a page
//! tells its `main` part or its `article`, only that is read. The numbers of ordered lists are written before their items, as a browser does.
mod encoding;
mod list;
mod reader;
mod table;
mod tag;
mod text;
mod tokens;

use std::ops::Range;

use html5gum::emitters::callback::CallbackEvent;

use super::block::Block;
pub use encoding::declared_encoding;
use reader::Reader;
use tokens::tokens;

pub(super) fn split(text: &str) -> Vec<Block> {
    let mut reader = Reader::new(text);
    tokens(text, |event, range| reader.take(event, range));
    reader.finish()
}

/// The ranges of comments.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    tokens(text, |event, range| {
        let is_whole = |text: &str| text.len() >= "<!---->".len() && text.starts_with("<!--") && text.ends_with("-->");
        if matches!(event, CallbackEvent::Comment { .. }) && text.get(range.clone()).is_some_and(is_whole) {
            comments.push(range);
        }
    });
    comments
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::block::{Item, Kind};

    fn texts(html: &str) -> Vec<String> {
        split(html).iter().map(|block| block.prose.text().to_owned()).collect()
    }

    #[test]
    fn only_what_is_read_is_read() {
        let html = "<!DOCTYPE html><html><head><title>题</title><style>p{}</style></head><body><nav>首页</nav><header>某网</header>\
            <main><h1>总结</h1><script>if (1 < 2) {}</script><p>正文<b>重点</b>，见<a href='x'>链接</a>和<code>x<b>y</b></code>。<br>　　另一段。</p>\
            <div hidden>藏</div><noscript>请开启</noscript></main><footer>版权</footer></body></html>";
        assert_eq!(texts(html), ["总结", "正文重点，见链接和\u{FFFC}。", "另一段。"]);
        assert_eq!(
            texts("<p hidden>藏<p>甲<b style='display: none'>藏</b>乙<p hidden>藏</p>丙"),
            ["甲乙", "丙"]
        );
        assert_eq!(
            texts("<p><ruby>镇<rp>(<rt>zhen<rp>)</ruby>里<ruby>甲<rt>jia</rt></ruby>乙<ruby>丙<rt>bing<p>丁"),
            ["镇里甲乙丙", "丁"]
        );
        assert_eq!(texts("<div><p hidden>藏<ruby>字<rt>zi</ruby>藏</div>后"), ["后"]);
        assert_eq!(texts("<p>甲<article><p>乙</article>丙"), ["乙"]);
        assert_eq!(texts("<h2>一、甲</h2>乙<p>丙"), ["一、甲", "乙", "丙"]);
    }

    #[test]
    fn every_word_leads_back_to_the_file() {
        let html = "<p>\r\n  甲&amp;乙 &lt;丙&gt;&nbsp;&#x4E01;<i>戊</i>\n己 a\n  b</p>";
        let block = &split(html)[0];
        let prose = block.prose.text();
        assert_eq!(prose, "甲&乙 <丙>\u{A0}丁戊己 a b");
        for (shown, source) in [
            ("甲", "甲"),
            ("&", "&amp;"),
            ("乙", "乙"),
            ("<", "&lt;"),
            ("丁", "&#x4E01;"),
            ("戊", "戊"),
            ("己", "己"),
            ("b", "b"),
        ] {
            let at = prose.find(shown).unwrap();
            assert_eq!(&html[block.source_range(at..at + shown.len())], source, "{shown}");
        }
    }

    #[test]
    fn ordered_items_carry_the_number_that_is_shown() {
        let html = "<ol start=3><li>甲<li><p>乙</p><p>续</p><ul><li>子</ul><li value=9>丙</ol><ol type=A><li>丁</ol><ol><li>1、戊</ol>\
            <ol style='list-style-type: cjk-ideographic' start=42><li>己</ol><ol type=a start=27><li>庚</ol><ol type=i start=1994><li>辛</ol>";
        assert_eq!(
            texts(html),
            [
                "3. 甲",
                "4. 乙",
                "续",
                "子",
                "9. 丙",
                "A. 丁",
                "1、戊",
                "四十二、己",
                "aa. 庚",
                "mcmxciv. 辛"
            ]
        );
        let blocks = split(html);
        assert_eq!((blocks[0].automatic_label, blocks[3].automatic_label), (3, 0));
        assert_eq!(&html[blocks[0].source_range(0..3)], "<li>");
        assert!(matches!(
            blocks[4].kind,
            Kind::Item(Item {
                list: 0,
                depth: 0,
                shown: Some(9)
            })
        ));
    }

    #[test]
    fn cells_know_their_place_and_layout_tables_have_none() {
        let html = "<table><tr><th>县<th rowspan=2>产量<th>备注<tr><td colspan=1><p>甲</p><td>无</table>";
        let places: Vec<_> = split(html)
            .iter()
            .filter_map(|block| match &block.kind {
                Kind::Cell(cell) => Some((block.prose.text().to_owned(), cell.row, cell.column)),
                _ => None,
            })
            .collect();
        let at = |text: &str, row, column| (text.to_owned(), row, column);
        assert_eq!(
            places,
            [at("县", 0, 0), at("产量", 0, 1), at("备注", 0, 2), at("甲", 1, 0), at("无", 1, 2)]
        );
        let layout = "<table><tr><td><p>一段。<p>二段。<p>三段。<p>四段。</table>";
        assert!(split(layout).iter().all(|block| block.kind == Kind::Paragraph));
    }

    #[test]
    fn comments_are_found_where_they_are_comments() {
        let html = "<!-- 甲 --><p>乙<!--丙--><script>'<!-- 丁 -->'</script><!戊>";
        let found: Vec<_> = comments(html).into_iter().map(|range| &html[range]).collect();
        assert_eq!(found, ["<!-- 甲 -->", "<!--丙-->"]);
    }

    /// Broken markup must neither fail nor cost more than its length.
    #[test]
    fn deep_and_broken_pages_do_no_harm() {
        for html in [
            "<",
            "<p",
            "&",
            "&#xFFFFFFFF;甲",
            "</p></table></ol>",
            "<td>甲<li>乙",
            "<p>甲<!-- ",
            "<script>甲",
            "\0<p>\u{FEFF}甲",
        ] {
            split(html);
            comments(html);
        }
        for element in ["<div>", "<ul><li>", "<table><tr><td>", "<nav>", "<ol>", "<b>"] {
            let deep = format!("{}甲", element.repeat(100_000));
            assert!(split(&deep).len() <= 1);
        }
        let wide = format!("<table><tr>{}</table>", "<td rowspan=9999999999 colspan=999999999>甲".repeat(200));
        assert_eq!(split(&wide).len(), 200);
        // Claimed columns cost memory, so a page has only so many.
        let rows = format!("<table>{}</table>", "<tr><td rowspan=200 colspan=200>甲<tr><td>乙".repeat(8_000));
        let columns = split(&rows).into_iter().map(|block| match block.kind {
            Kind::Cell(cell) => u64::from(cell.column),
            _ => 0,
        });
        assert!(columns.sum::<u64>() < 4 << 20);
    }

    /// Pieces of pages that mostly do not fit each other.
    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<div hidden>",
        "</div>",
        "<h2>",
        "</h2>",
        "<ol start=-3 type=a>",
        "<ol>",
        "</ol>",
        "<li value=99999999999>",
        "<li>",
        "<table>",
        "</table>",
        "<tr>",
        "<td rowspan=3 colspan=2>",
        "</td>",
        "<article>",
        "</article>",
        "<main>",
        "<nav>",
        "</nav>",
        "<br/>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<script>",
        "</script>",
        "<title>",
        "<!-- ",
        "-->",
        "<![CDATA[",
        "]]>",
        "<p a='",
        "\"",
        ">",
        "<",
        "&",
        "&amp;",
        "&#x4E00;",
        "&notit;",
        "&nbsp;",
        "\0",
        "\r\n",
        " ",
        "\u{3000}",
        "一、甲。",
        "乙b",
        "𠮷",
    ];

    #[test]
    fn whatever_the_page_blocks_stand_in_it_in_order() {
        use proptest::prelude::*;
        use proptest::test_runner::TestRunner;
        let page = prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat());
        let result = TestRunner::deterministic().run(&page, |page| {
            let mut end = 0;
            for block in split(&page) {
                prop_assert!(
                    block.range.start >= end && page.get(block.range.clone()).is_some(),
                    "{:?} in {page:?}",
                    block.range
                );
                end = block.range.end;
                let prose = block.prose.text();
                for (at, char) in prose.char_indices() {
                    let source = block.source_range(at..at + char.len_utf8());
                    prop_assert!(
                        page.get(source.clone()).is_some() && source.end <= end,
                        "{char:?} of {prose:?} at {source:?} in {page:?}"
                    );
                }
                prop_assert!(prose.is_char_boundary(block.automatic_label));
            }
            for comment in comments(&page) {
                prop_assert!(page.get(comment).is_some());
            }
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{error}"));
    }
}

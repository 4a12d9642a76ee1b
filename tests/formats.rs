//! One draft in several formats has the same findings.

use jiaogao::draft::Draft;
use jiaogao::linter::{self, Settings};
use jiaogao::source::Format;

/// Headings by the depth of `#`, everything else paragraphs; block n of each format stands on line 2n + 1, so that messages name the same lines.
const BLOCKS: &[&str] = &[
    "# 清河镇2031年上半年工作小结",
    "春旱期间，全镇完成8.6万亩小麦抗旱工作，夏粮丰收已成定局。",
    "## 一、党建工作",
    "围绕庆“七?一”，开展了四项活动：一是举办红歌会。二是走访老党员。三是上好专题党课。三是评选先进个人。",
    "各村党组织共走访困难群众312户，发放慰问金15.6万元，解决实际问题86个。",
    "## 三、民生工作",
    "逐户落实帮扶责任，各村党组织共走访困难群众312户，发放慰问金15.6万元，解决实际问题86个，，群众满意。",
    "## 四、农业生产",
    "检修机井380眼，抢修渠道42公里，浇灌小麦6.8万亩。",
];

fn written(block: impl Fn(usize, &str) -> String) -> String {
    let blocks = BLOCKS.iter().map(|text| {
        let title = text.trim_start_matches('#');
        block(text.len() - title.len(), title.trim_start())
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// Rule, severity, message and what is underlined.
fn findings(text: &str, format: Format) -> Vec<[String; 4]> {
    let findings = linter::lint(&Draft::new(text, format), &Settings::default().with_everything_on());
    let told = findings.into_iter().map(|finding| {
        [
            finding.rule.to_owned(),
            finding.severity.name().to_owned(),
            finding.message.zh.into_owned(),
            text[finding.range].to_owned(),
        ]
    });
    told.collect()
}

#[test]
fn plain_text_markdown_and_html_have_the_same_findings() {
    let plain = findings(&written(|_, text| text.to_owned()), Format::Plain);
    let markdown = written(|level, text| format!("{} {text}", "#".repeat(level)).trim_start().to_owned());
    let html = written(|level, text| match level {
        0 => format!("<p>&emsp;&emsp;<span class=\"a\">{text}</span></p>"),
        level => format!("<h{level}>{text}</h{level}>"),
    });
    assert!(plain.len() >= 5, "{plain:#?}");
    assert_eq!(findings(&markdown, Format::Markdown), plain);
    assert_eq!(findings(&html, Format::Html), plain);
    let page = format!("<html><body><nav><a>首页</a></nav><article>{html}</article><footer>一、版权 三、备案</footer></body></html>");
    assert_eq!(findings(&page, Format::Html), plain);
}

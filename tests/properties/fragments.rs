//! Drafts out of arbitrary bytes.
//!
//! Bytes taken for characters make no reports: numbering, figures and repeated passages need whole words to come about. So each byte stands for
//! a fragment of a report, and the highest ones for what takes parameters. One byte changed, dropped or doubled is then one fragment changed,
//! dropped or doubled, which is how fuzzers try things out.

/// Longer drafts find nothing that shorter ones do not, only later.
const LONGEST: usize = 20_000;

/// The text that the bytes spell out.
pub fn text(data: &[u8]) -> String {
    spell(data, push_fragment)
}

/// The page that the bytes spell out: markup by every other byte.
pub fn page(data: &[u8]) -> String {
    spell(data, |text, input| {
        text.push_str(pick(MARKUP, input.byte()));
        push_fragment(text, input);
    })
}

fn spell(data: &[u8], push: impl Fn(&mut String, &mut Input)) -> String {
    let mut input = Input(data);
    let mut text = String::new();
    while !input.is_empty() && text.len() < LONGEST {
        push(&mut text, &mut input);
    }
    text
}

fn push_fragment(text: &mut String, input: &mut Input) {
    match input.byte() {
        MARKED_UP => text.push_str(pick(MARKUP, input.byte())),
        HAN_NUMERAL => text.push_str(&jiaogao::numeral::format_han(u64::from(input.byte()))),
        NUMBER => text.push_str(&input.pair().to_string()),
        DECIMAL => text.push_str(&format!("{}.{}", input.byte(), input.byte())),
        REPEATED => {
            let (length, times) = (usize::from(input.byte()) * 3, input.byte() % 8);
            let start = jiaogao::border::before(text, text.len().saturating_sub(length));
            let piece = text[start..].to_owned();
            (0..times).for_each(|_| text.push_str(&piece));
        }
        CHARACTER => {
            let scalar = u32::from(input.byte() & 0x1F) << 16 | u32::from(input.pair());
            text.extend(char::from_u32(scalar));
        }
        LONG_LINE => {
            let piece = pick(FRAGMENTS, input.byte());
            (0..60).for_each(|_| text.push_str(piece));
        }
        plain => text.push_str(pick(FRAGMENTS, plain)),
    }
}

fn pick(fragments: &[&'static str], byte: u8) -> &'static str {
    fragments[usize::from(byte) % fragments.len()]
}

/// A row of bytes that decisions are taken from; when it is used up, every decision is 0.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    pub fn pair(&mut self) -> u16 {
        u16::from(self.byte()) << 8 | u16::from(self.byte())
    }

    pub fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A text of as many bytes of input as the next byte tells.
    pub fn text(&mut self) -> String {
        let count = usize::from(self.byte());
        text(self.take(count))
    }
}

const MARKED_UP: u8 = 255;
const HAN_NUMERAL: u8 = 254;
const NUMBER: u8 = 253;
const DECIMAL: u8 = 252;
const REPEATED: u8 = 251;
const CHARACTER: u8 = 250;
const LONG_LINE: u8 = 249;

/// What reports are made of. New fragments go to the end, so that the bytes that are kept go on meaning the same.
#[rustfmt::skip]
const FRAGMENTS: &[&str] = &[
    "，", "。", "、", "；", "：", "？", "！", "“", "”", "‘", "’", "（", "）", "《", "》", "——", "……", "·", "?", ",", ".", "(", ")", ";", ":", "\"",
    "%", "％", "‰", "~", "～", "-", "－", "…", "/", "\n", "\n\n", "\r\n", "\r", "\u{2028}", "\u{3000}\u{3000}", " ", "\u{A0}", "\t", "\u{200B}",
    "\u{FEFF}", "\u{FFFD}", "\u{E004}", "\u{301}", "𠮷", "😀", "⼀", "㎡", "锟斤拷", "×", "○", "××", "一、", "二、", "三、", "四、", "（一）", "（二）",
    "（三）", "(1)", "(2)", "1.", "2.", "3.", "1、", "2、", "3、", "①", "②", "第一章", "第二章", "第一条", "第三条", "一是", "二是", "三是", "四是",
    "首先", "其次", "第一，", "第二，", "附件1", "附件：1.", "图1", "表2-1", "如下表", "见第三章", "0", "1", "2", "3", "5", "9", "１", "２", "一", "二",
    "三", "十", "百", "千", "万", "亿", "点", "分之", "百分之", "多", "余", "约", "近", "以上", "几", "数", "零", "〇", "1,234", "亩", "元", "万元",
    "亿元", "个", "人", "户", "公里", "个百分点", "吨", "次", "倍", "万人次", "平方米", "天", "年", "月", "日", "2024年", "2023年", "6月30日", "05月",
    "星期三", "去年", "今年", "“十四五”", "上半年", "一季度", "截至", "底", "前", "全县", "全镇", "全区", "我局", "县委书记李明", "张三", "粮食", "小麦",
    "高标准农田", "困难户", "云岭县", "云岭市", "主题教育活动", "主题教活动", "云岭建设有限公司", "云岭建没有限公司", "便民服务站", "项目", "完成", "新建",
    "增长", "下降", "同比", "比上年", "由", "从", "到", "增加到", "增至", "减少", "达到", "共", "其中", "分别", "合计", "占", "占比", "全部", "各", "计划",
    "力争", "投入", "发放", "加快建设", "的", "和", "等", "十项活动", "开展了五项活动", "三个方面", "共27条，主要包括：", "各部门要按照职责分工抓好贯彻落实。",
    "共访困难户2920人，为群众办实事3621件，发放慰问金30多万元。", "完成176万亩小麦抗旱工作，", "浇灌小麦136.7万亩，", "办展览。", "待补充", "XX",
    "〔2024〕5号", "见www.a.cn/b。", "— 3 —", "全县一大批典型涌现出来，发挥了作用。达到了抓点示范、以点带面、联点成", "线、辐射成带的目的。", "目录",
    "第一章 总则……………1", "abc", "Ａ", "的的", "一一", "注：", "单位：万元",
];

/// Markup of Markdown and HTML.
#[rustfmt::skip]
const MARKUP: &[&str] = &[
    "# ", "## ", "- ", "1. ", "3) ", "* ", "> ", "| 甲 | 乙 |\n|---|---|\n", "| ", " |\n", "**", "*", "`", "```\n", "[", "](", ")", "http://a.cn/b?c=",
    "![", "&amp;", "&#x4e00;", "&#0;", "&lt", "&nbsp;", "<!-- ", " -->", "<!-- jiaogao-ignore figure/conflict: x -->", "<!-- jiaogao-ignore-file -->",
    "<!-- jiaogao-ignore -->\n", "\\", "---\n", "===\n", "[^1]", "[^1]: ", "$", "<br>", "    ", "~~", "- [ ] ", "<p>", "</p>", "<table>", "<tr>",
    "<td>", "<th>", "<td colspan=2 rowspan=9>", "<td rowspan=0 colspan=99999>", "</td>", "</tr>", "</table>", "<h1>", "</h1>", "<h9>", "<ol start=3>",
    "<ol start=-1>", "<ol reversed>", "<ul>", "<li>", "<li value=7>", "</li>", "</ol>", "<script>", "</script>", "<style>", "<pre>", "</pre>", "<div>",
    "</div>", "<br/>", "<title>", "</title>", "<!DOCTYPE html>", "<meta charset=gbk>", "<svg>", "<math>", "<template>", "<textarea>", "<a href='x'>",
    "</a>", "<span ", "hidden", "style='display:none'", ">", "<", "</", "<ruby>", "<rt>", "<img alt=甲>", "<del>", "</del>", "<![CDATA[", "]]>", "<?", "<td",
    "<caption>", "<thead>", "<select><option>", "<body>", "<html>", "<head>", "<noscript>", "<sup>", "</sup>",
];

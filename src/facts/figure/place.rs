//! The place or body a figure is said of.

use std::ops::Range;

use super::word::{Class, Word};
use crate::charset::CharSet;

/// Whose figure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// 全县, 我区: the body itself; the last character tells its level.
    Own(char),
    /// 大杨镇, 庆岭县, in bytes of the prose.
    Named(Range<usize>),
}

/// Endings of names of places and bodies.
const ENDINGS: &[&str] = &[
    "街道", "公司", "中学", "小学", "学院", "医院", "镇", "乡", "村", "县", "市", "区", "省", "州", "旗", "社区",
];

/// What ends like a name of a place and is none.
const COMMON: &[&str] = &[
    "乡镇",
    "业县",
    "示范县",
    "试点县",
    "重点县",
    "山区县",
    "灌区",
    "农村",
    "乡村",
    "城镇",
    "城市",
    "城区",
    "社区",
    "小区",
    "园区",
    "新区",
    "地区",
    "市区",
    "灾区",
    "山区",
    "库区",
    "景区",
    "校区",
    "片区",
    "街区",
    "牧区",
    "林区",
    "矿区",
    "辖区",
    "示范区",
    "开发区",
    "保护区",
    "行政村",
    "自然村",
    "示范村",
    "贫困村",
    "脱贫村",
    "重点村",
    "中心村",
    "建制村",
    "个村",
    "各村",
    "全村",
    "县市",
    "市县",
    "各县",
    "各市",
    "各区",
    "上市",
    "超市",
    "都市",
    "股市",
    "楼市",
    "门市",
    "外省",
    "全省",
    "我省",
    "本省",
    "各省",
    "子公司",
    "分公司",
    "总公司",
    "有限公司",
    "上市公司",
    "村镇",
    "集镇",
    "城乡",
    "返乡",
    "下乡",
    "故乡",
    "老乡",
    "全县",
    "全市",
    "全区",
    "全镇",
    "全乡",
    "试验区",
    "先行区",
    "实验区",
    "功能区",
    "居民区",
    "厂区",
    "专区",
    "特区",
    "湖区",
    "牧区",
    "宿舍区",
    "新农村",
    "建成区",
    "自治区",
    "直辖市",
    "地级市",
    "县级市",
    "产粮大县",
    "大县",
    "强县",
    "强镇",
    "名镇",
    "美丽乡村",
    "现代化城市",
    "中心城市",
    "重点城市",
    "进城",
    "入乡",
    "文明城市",
    "棚户区",
    "危险区",
    "风险区",
    "项目区",
    "名胜区",
    "作业区",
    "生活区",
    "工业区",
    "商业区",
    "办公区",
    "核心区",
    "协作区",
    "集聚区",
    "经济区",
    "养区",
    "校院区",
    "新院区",
    "办案区",
    "小镇",
    "特色镇",
    "立县",
    "富县",
    "兴县",
    "强市",
    "富民村",
    "涣散村",
    "配强村",
    "快递进村",
    "兄弟街道",
    "参股公司",
    "控股公司",
    "保险公司",
    "物业公司",
    "产业学院",
];

/// Words for bodies that are not the draft's own.
const OTHERS: &[&str] = &[
    "邻县",
    "邻区",
    "邻镇",
    "邻乡",
    "邻村",
    "邻市",
    "邻省",
    "外县",
    "外区",
    "外市",
    "外省",
    "外地",
    "周边县",
    "兄弟县",
    "兄弟市",
];

/// Verbs whose object is a body that is only now set up: 大杨镇组建富民公司 is said of 大杨镇.
const FOUNDING: &[&str] = &["组建", "成立", "设立", "创办", "创建", "新建", "新设", "引进", "建立"];

/// The last place said before a figure in its sentence.
pub fn read(prose: &str, words: &[Word], range: Range<usize>) -> Option<Place> {
    let first = words.partition_point(|word| word.range.start < range.start);
    let mut place = None;
    let mut at = range.start;
    let mut is_founded = false;
    for word in words[first..].iter().take_while(|word| word.range.end <= range.end) {
        if let Some(named) = named_at_start(prose, at..word.range.start).filter(|_| !is_founded) {
            place = Some(named);
        }
        at = word.range.end;
        is_founded = FOUNDING.contains(&&prose[word.range.clone()]);
        // 约为我县的54% sets another's figure against the own one.
        let compared = prose[..word.range.start].ends_with(['比', '为', '于', '较', '占', '与', '和']);
        if word.class == Class::Own && !compared && !is_of_named(prose, &place, &prose[word.range.clone()]) {
            place = prose[word.range.clone()].chars().next_back().map(Place::Own);
        }
    }
    named_at_start(prose, at..range.end).filter(|_| !is_founded).or(place)
}

/// Whether 全县 is said of the county that the sentence named before.
fn is_of_named(prose: &str, place: &Option<Place>, own: &str) -> bool {
    match place {
        Some(Place::Named(named)) => own.starts_with('全') && own.chars().next_back() == prose[named.clone()].chars().next_back(),
        _ => false,
    }
}

/// A name of a place with which a stretch between words, or a part of it between marks, begins.
fn named_at_start(prose: &str, range: Range<usize>) -> Option<Place> {
    let text = prose.get(range.clone())?;
    let mut found = None;
    let mut start = 0;
    let is_mark = |char: char| !matches!(char, '\u{4E00}'..='\u{9FFF}') && !char.is_alphanumeric();
    for part in text.split_inclusive(is_mark) {
        if let Some(length) = name_length(part) {
            found = Some(Place::Named(range.start + start..range.start + start + length));
        }
        start += part.len();
    }
    found
}

/// The bytes of the place name that a text begins with: two to six characters that end in 镇, 县 and the like.
fn name_length(text: &str) -> Option<usize> {
    if text.starts_with(['邻', '外', '周', '兄'])
        && let Some(other) = OTHERS.iter().find(|other| text.starts_with(**other))
    {
        return Some(other.len());
    }
    let limit = text.char_indices().nth(12).map_or(text.len(), |(at, _)| at);
    let text = &text[..limit];
    let mut best = None;
    for (at, char) in text.char_indices().skip(2).take(6) {
        static FIRSTS: CharSet = CharSet::of("街公中小学医镇乡村县市区省州旗社");
        if !FIRSTS.contains(char) {
            continue;
        }
        let Some(ending) = ENDINGS.iter().find(|ending| text[at..].starts_with(**ending)) else {
            continue;
        };
        let end = at + ending.len();
        let name = &text[..end];
        if COMMON.iter().any(|common| name.ends_with(common)) || goes_on(ending, &text[end..]) {
            continue;
        }
        if !may_be_a_name(&text[..at]) {
            break;
        }
        best = Some(end);
        break;
    }
    best
}

/// Whether the ending is the beginning of another word: 获批省级, 夜间文旅市集.
fn goes_on(ending: &str, rest: &str) -> bool {
    let next: &str = match ending {
        "市" => "场集民级直值面容县价",
        "县" => "级乡域城区内直",
        "区" => "级域内直块间别位分县划",
        "村" => "民级庄镇务落屯组部集容两支",
        "乡" => "村镇级土贤愁情亲间",
        "镇" => "村街区级域静痛",
        "省" => "级市内外直际",
        "州" => "级",
        "社区" => "服干",
        _ => return false,
    };
    rest.starts_with(|char| next.contains(char))
}

/// Characters of words that lead up to a place and hardly stand in the name of one: 协调, 督促, 依托, 该.
static UNUSUAL: CharSet =
    CharSet::of("调督促请依托靠拓助补援坏跨议管纳引属负选配持局级该或与及等的了把将被为于是各副做抓提推施落实导带使让给按据们这那此每某全本我");
/// Words with which a stretch begins that leads up to a place.
const LEADING: &[&str] = &[
    "完善", "会同", "来自", "工作", "可能", "建立", "开展", "加快", "加强", "进入", "涉及", "辐射", "覆盖", "联合", "动员", "组织", "指导", "支持",
    "服务", "惠及", "农贸", "破坏", "成品", "分布", "遍布", "走进", "深入", "面向", "联系", "包联", "驻点", "产业", "直播", "临床", "参股", "控股",
];

/// Whether what stands before the ending may be a name: no number, no verb.
fn may_be_a_name(stem: &str) -> bool {
    let is_number = |char: char| char.is_numeric() || "两二三四五六七八九十百".contains(char);
    let ends_in_number = stem.ends_with(is_number);
    let begins_with_number = stem.starts_with(|char: char| char.is_ascii_digit());
    let is_unusual = stem.chars().any(|char| UNUSUAL.contains(char));
    !ends_in_number && !begins_with_number && !is_unusual && !LEADING.iter().any(|word| stem.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figure::word;

    fn place(prose: &str) -> Option<String> {
        read(prose, &word::scan(prose), 0..prose.len()).map(|place| match place {
            Place::Own(level) => format!("全{level}"),
            Place::Named(range) => prose[range].to_owned(),
        })
    }

    #[test]
    fn the_body_that_a_sentence_speaks_of() {
        for (prose, expected) in [
            ("全县建成服务点", Some("全县")),
            ("云陂县人口规模相当，全县建成服务点", Some("云陂县")),
            ("大杨镇推进改厕", Some("大杨镇")),
            ("获批省级示范社", None),
            ("坚持工业立县", None),
            ("督促县交通局整改", None),
            ("依托乡文化站开办", None),
            ("4县3区建成", None),
            ("216家农贸市场", None),
            ("完善区应急平台", None),
            ("转移危险区域群众", None),
            ("安化县建成", Some("安化县")),
            ("大杨镇组建富民公司，由村集体出资", Some("大杨镇")),
        ] {
            assert_eq!(place(prose).as_deref(), expected, "{prose}");
        }
    }
}

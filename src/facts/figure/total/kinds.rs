//! What the names of parts tell: whether they leave each other out, whether they leave anything else over, or whether one thing may be of several.

/// How parts named beside each other stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// 男、女; 在编、非在编: nothing is both, and nothing is neither.
    Complete,
    /// 2025年、2026年: one after another.
    Years,
    /// 省级、市级: nothing is both, but there may be more.
    Exclusive,
    /// 党员、女性; 高新技术企业、龙头企业: one thing may be several.
    Overlapping,
    /// Their names do not tell.
    Unknown,
}

/// Pairs that leave nothing over.
const HALVES: &[(&str, &str)] = &[
    ("男", "女"),
    ("合格", "不合格"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("城市", "农村"),
    ("公办", "民办"),
    ("专职", "兼职"),
    ("在编", "编外"),
    ("境内", "境外"),
    ("国内", "国外"),
    ("省内", "省外"),
    ("市内", "市外"),
    ("县内", "县外"),
    ("区内", "区外"),
    ("本地", "外地"),
    ("本省", "外省"),
    ("内资", "外资"),
    ("线上", "线下"),
    ("水田", "旱地"),
    ("税收", "非税"),
    ("上半年", "下半年"),
    ("室内", "室外"),
    ("地上", "地下"),
    ("以上", "以下"),
    ("经营性", "非经营性"),
    ("一般", "重大"),
];

/// Words of one classification: a thing is of one of them.
const CLASSES: &[&str] = &[
    "公办 民办",
    "国有 集体 民营 私营 外资 合资 个体",
    "新建 改造 续建 改建 扩建 改扩建 提升 维修 加固 改厕",
    "国道 省道 县道 乡道 村道",
    "干渠 支渠 斗渠 农渠",
    "国家级 省级 市级 县级 区级 州级 镇级 乡级 村级 校级 院级",
    "中央 省级 市级 县级 区级 镇级 乡镇 社会",
    "第一产业 第二产业 第三产业",
    "一产 二产 三产",
    "一类 二类 三类 四类",
    "一级 二级 三级 四级 五级 特级",
    "一期 二期 三期 四期",
    "第一批 第二批 第三批 第四批",
    "一季度 二季度 三季度 四季度",
    "春季 夏季 秋季 冬季",
    "正高 副高 高级 中级 初级 助理",
    "博士 硕士 研究生 本科 大专 专科 中专 高中",
    "幼儿园 小学 初中 高中 中职 高职 中学 特殊教育",
    "公务员 事业 工勤 聘用 编外",
    "来信 来访 来电 网上 网络",
    "民事 刑事 行政 执行 赔偿",
    "财政 自筹 贷款 债券 社会 捐赠 银行",
    "大型 中型 小型 微型",
    "小麦 玉米 水稻 大豆 油菜 棉花 薯类 杂粮",
    "早稻 中稻 晚稻",
    "一等奖 二等奖 三等奖 优秀奖",
    "死亡 重伤 轻伤 受伤",
    "固定 临时 紧急",
    "城区 乡镇 农村",
    "县城 乡镇",
    "机关 企业 农村 社区 学校 事业",
    "优秀 良好 合格 称职 不合格 基本合格 不称职",
    "同意 反对 弃权 赞成",
    "组长 副组长 成员",
    "公共 专用 个人 自用",
    "刑事拘留 行政拘留 取保候审",
];

/// What one body or thing may be together with another.
const OVERLAPPING: &[&str] = &["代表", "高新", "专精特新", "规上", "规模以上", "龙头", "示范", "重点", "民间", "骨干"];
/// What one person or household may be together with another.
const OVERLAPPING_PEOPLE: &[&str] = &["女", "党员", "团员", "学历", "职称", "民族", "困难", "残疾", "脱贫", "低保"];

/// The relation of parts to each other, with the words around each and around the whole.
pub fn of(parts: &[&str], whole: &str, is_of_people: bool) -> Kinds {
    if let [one, other] = parts
        && are_halves(one, other)
    {
        return Kinds::Complete;
    }
    // What the whole is counted in itself tells nothing: 党员1286名，其中农村党员842名.
    let is_of_all = |word: &str| whole.contains(word) || parts.iter().all(|part| part.contains(word));
    let people: &[&str] = if is_of_people { OVERLAPPING_PEOPLE } else { &[] };
    let overlap = OVERLAPPING
        .iter()
        .chain(people)
        .any(|word| !is_of_all(word) && parts.iter().any(|part| part.contains(word)));
    // 5亿元以上4个，10亿元以上2个: the second are of the first.
    let above = parts.iter().filter(|part| part.contains("以上")).count();
    if overlap || above >= 2 {
        return Kinds::Overlapping;
    }
    match () {
        () if are_years(parts) => Kinds::Years,
        () if CLASSES.iter().any(|class| are_of_one_class(parts, class)) => Kinds::Exclusive,
        () => Kinds::Unknown,
    }
}

/// Whether two names leave nothing over between them.
pub fn are_halves(one: &str, other: &str) -> bool {
    let denied = |word: &str, of: &str| {
        let noun = |text: &str| -> String {
            let bare = text.trim_start_matches("其中").trim_start_matches(['有', '：', ':', '，']);
            bare.chars().take_while(|char| !char.is_ascii_digit()).collect()
        };
        let (word, of) = (noun(word), noun(of));
        ["非", "不", "未"].iter().any(|not| {
            word.strip_prefix(not)
                .is_some_and(|rest| rest.chars().count() >= 2 && of.starts_with(rest))
        })
    };
    let pair = |(left, right): &(&str, &str)| {
        // 女 is no half of 妇女 in 男女老少, nor 合格 of 不合格 by itself.
        let bare = |text: &str| text.contains(left) && !text.contains(right);
        bare(one) && other.contains(right) || bare(other) && one.contains(right)
    };
    denied(one, other) || denied(other, one) || HALVES.iter().any(pair)
}

/// 2025年800万元、2026年900万元
fn are_years(parts: &[&str]) -> bool {
    let year = |part: &&str| {
        let digits = part.trim_start_matches("其中").trim_start_matches(['，', '：', ':']);
        let year: u32 = digits.get(..4)?.parse().ok()?;
        digits[4..].starts_with('年').then_some(year)
    };
    let years: Option<Vec<u32>> = parts.iter().map(year).collect();
    years.is_some_and(|years| years.windows(2).all(|pair| pair[0] < pair[1]))
}

/// Whether every part is named by another word of a class.
fn are_of_one_class(parts: &[&str], class: &str) -> bool {
    let word_of = |part: &str| {
        let words = class.split(' ').filter(|word| part.contains(word));
        words.max_by_key(|word| word.len())
    };
    let Some(mut words) = parts.iter().map(|part| word_of(part)).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    words.len() == count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        for (parts, whole, kinds) in [
            (vec!["其中男生", "女生"], "学生", Kinds::Complete),
            (vec!["符合条件82份", "不符合条件16份"], "材料", Kinds::Complete),
            (vec!["其中在编", "非在编"], "教师", Kinds::Complete),
            (vec!["检出合格样品", "不合格样品"], "样品", Kinds::Complete),
            (vec!["其中省级", "市级", "县级"], "资金", Kinds::Exclusive),
            (vec!["其中2025年", "2026年"], "投资", Kinds::Years),
            (vec!["其中2025年新建", "2025年改造"], "投资", Kinds::Exclusive),
            (vec!["其中女教师", "高级教师"], "教师", Kinds::Overlapping),
            (vec!["其中高新技术企业", "龙头企业"], "企业", Kinds::Overlapping),
            (vec!["其中5亿元以上", "10亿元以上"], "项目", Kinds::Overlapping),
            (vec!["其中农村党员", "机关党员"], "党员", Kinds::Exclusive),
            (vec!["其中柳河", "青山"], "项目", Kinds::Unknown),
        ] {
            assert_eq!(of(&parts, whole, true), kinds, "{parts:?}");
        }
    }
}

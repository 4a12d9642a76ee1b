//! Words that a report says twice by right: titles, short quotations, set phrases, slogans, the formulas of discipline and the fields of forms.

use std::ops::Range;
use std::sync::LazyLock;

use super::clause::Clause;
use super::glance::{Asker, Glance};
use crate::lexicon::Lexicon;
use crate::numeral;

/// Where such words stand in a prose, in no order; ranges may overlap.
pub fn read(glance: &Glance, clauses: &[Clause]) -> Vec<Range<usize>> {
    let prose = glance.prose();
    let mut ranges = borrowed(glance);
    ranges.extend(slogans(prose, clauses));
    ranges.extend(fields(prose, clauses));
    ranges
}

/// Words that a report takes over from elsewhere and may well say twice: titles, short quotations, set phrases.
fn borrowed(glance: &Glance) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for (open, close) in [('《', '》'), ('“', '”')] {
        let mut opened: Option<usize> = None;
        for (at, char) in glance.of(Asker::Quotations) {
            if char == open && opened.is_none() {
                opened = Some(at);
            }
            let Some(start) = opened.filter(|_| char == close) else { continue };
            // A quotation that runs on for sentences is a passage like any other.
            if open == '《' || at - start - open.len_utf8() <= LONGEST_QUOTED_NAME {
                ranges.push(start..at);
            }
            opened = None;
        }
    }
    ranges.extend(SET_PHRASES.find_iter(glance.prose()).map(|found| found.range));
    ranges
}

/// Clauses made of the words of programme and appeal, which a report says at its start and again at its end, or of a decision.
fn slogans(prose: &str, clauses: &[Clause]) -> Vec<Range<usize>> {
    let mut slogans: Vec<Range<usize>> = Vec::new();
    let mut words: Vec<Range<usize>> = SLOGAN_WORDS.find_iter(prose).map(|found| found.range).collect();
    words.extend(
        DECISION_WORDS
            .find_iter(prose)
            .map(|found| found.range)
            .filter(|found| !tells_a_number(prose, clauses, found)),
    );
    words.sort_unstable_by_key(|word| word.start);
    for found in words {
        if slogans.last().is_some_and(|last| found.end <= last.end) {
            continue;
        }
        let clause = clauses.partition_point(|clause| clause.range.end < found.end);
        slogans.extend(clauses.get(clause).map(|clause| clause.range.clone()));
    }
    slogans
}

/// The fields of a form that stand at the end of item after item: 责任单位：县水利局、县财政局；完成时限：2025年底前. From the label on, as far as
/// the sentence or the bracket reaches, nothing is of the draft's own.
fn fields(prose: &str, clauses: &[Clause]) -> Vec<Range<usize>> {
    let mut fields: Vec<Range<usize>> = Vec::new();
    for found in FIELD_LABELS.find_iter(prose) {
        if !prose[found.range.end..].starts_with(['：', ':']) || fields.last().is_some_and(|last| found.range.end <= last.end) {
            continue;
        }
        let clause = clauses.partition_point(|clause| clause.end < found.range.end);
        let start = clauses
            .get(clause)
            .map_or(found.range.start, |clause| clause.range.start.min(found.range.start));
        let end = prose[found.range.end..]
            .find(['。', '）', ')', '】', ']'])
            .map_or(prose.len(), |end| found.range.end + end);
        fields.push(start..end);
    }
    fields
}

/// What the label of a field ends with.
static FIELD_LABELS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "单位 部门 科室 处室 县区 时限 期限 时间 地点 地址 责任人 负责人 联系人 责任领导 分管领导 包联领导 领导 电话 邮箱 网址 类型 类别 编号 方式 对象 频次 依据 \
         来源 状态"
            .split_whitespace(),
    )
});

/// Whether the clause of a word counts something: 移送检察机关12人 is no formula.
fn tells_a_number(prose: &str, clauses: &[Clause], word: &Range<usize>) -> bool {
    let clause = clauses.partition_point(|clause| clause.range.end < word.end);
    clauses
        .get(clause)
        .is_some_and(|clause| prose[clause.range.clone()].chars().any(|char| numeral::digit(char).is_some()))
}

/// Bytes: 24 Han characters.
const LONGEST_QUOTED_NAME: usize = 72;

static SET_PHRASES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of([
        "以习近平新时代中国特色社会主义思想为指导",
        "以习近平同志为核心的党中央",
        "习近平新时代中国特色社会主义思想",
        "习近平总书记",
        "习近平主席",
        "中国特色社会主义",
        "马克思列宁主义、毛泽东思想、邓小平理论",
        "邓小平理论和“三个代表”重要思想",
        "邓小平理论",
        "三个代表",
        "科学发展观",
        "全面建设社会主义现代化国家",
        "中华民族伟大复兴",
        "党中央、国务院",
        "坚强领导下",
        "正确领导下",
        "大力支持下",
        "全面贯彻落实党的",
        "重要讲话精神",
        "重要指示批示精神",
        "代表大会常务委员会",
        "人民代表大会",
        "政治协商会议",
        "国民经济和社会发展",
        "五年规划",
        "中华人民共和国",
    ])
});

static SLOGAN_WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of([
        "贯彻",
        "全会精神",
        "决策部署",
        "部署要求",
        "锚定",
        "讲话精神",
        "会议精神",
        "指示精神",
        "谱写",
        "篇章",
        "新局面",
        "新征程",
        "开局",
        "伟大旗帜",
        "伟大复兴",
        "社会主义现代化",
        "中国式现代化",
        "新发展理念",
        "新发展格局",
        "总基调",
        "有效提升和量的合理增长",
        "两个确立",
        "两个维护",
        "四个意识",
        "四个自信",
        "五大安全",
        "党中央",
        "习近平",
        "坚强领导",
        "民主监督",
        "法律监督",
        "人大及其常委会",
        "党风廉政",
        "不正之风",
        "安定团结",
        "周围",
        "不忘初心",
        "牢记使命",
        "共同体意识",
        "一带一路",
        "新台阶",
        "新贡献",
        "新突破",
        "新成效",
        "再创佳绩",
        "不辱使命",
        "砥砺前行",
        "真抓实干",
    ])
});

/// Words of the decisions on offences against discipline and law, which say the same of one person after another.
static DECISION_WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "严重违反 违反党的 丧失理想信念 背弃初心 应予严肃处理 开除党籍 开除公职 党内严重警告 党内警告处分 政务处分 纪律处分 诫勉谈话 移送检察机关 审查起诉 \
         违纪违法 违纪所得 违法所得 利用职务 谋取利益 非法收受 数额较大 数额巨大 数额特别巨大 不收敛 不收手 性质严重 影响恶劣 对抗组织审查 中央八项规定精神 \
         责令改正 处以罚款 追究刑事责任 构成犯罪"
            .split_whitespace(),
    )
});

#[cfg(test)]
mod tests {
    use super::super::clause;
    use super::*;

    /// What is left of a prose as its own.
    fn own(prose: &str) -> String {
        let wording = clause::read(&Glance::at(prose));
        wording.signs.iter().filter(|sign| sign.own).map(|sign| sign.symbol).collect()
    }

    #[test]
    fn what_may_stand_twice_is_not_the_drafts_own() {
        for (prose, left) in [
            ("学习《办法》，在党中央、国务院坚强领导下，修渠。", "学习修渠"),
            (
                "疏浚沟渠。（牵头单位：县水利局；责任单位：县财政局、各乡镇）年底完工。",
                "疏浚沟渠年底完工",
            ),
            ("责任单位：农业农村局，各乡镇人民政府", ""),
            ("整改时限：立行立改，长期坚持。台账已建。", "台账已建"),
            ("联系人：谭志远，电话：62310；", ""),
            ("决定给予其开除党籍处分，收缴违纪所得，退回村集体。", "退回村集体"),
            ("利用职务便利谋取利益，村里账目不清。", "村里账目不清"),
        ] {
            assert_eq!(own(prose), left, "{prose}");
        }
    }

    #[test]
    fn other_words_before_a_colon_are_no_fields() {
        for prose in [
            "主要做法：疏浚沟渠，加固堤坝。",
            "各单位都要做到：疏浚沟渠。",
            "一年的体会是：时间服从质量。",
        ] {
            assert!(own(prose).contains("沟渠") || own(prose).contains("质量"), "{prose}");
        }
    }
}

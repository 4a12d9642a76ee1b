//! Characters that are taken for each other by their sound, and those that are never slips.

use std::sync::LazyLock;

use pinyin::ToPinyin;
use rustc_hash::FxHashSet;

use super::look::look_alike;
use crate::charset::CharSet;

/// Words of grammar and measure, which change with the sentence and not by mistake, and numerals, which change from use to use of one name.
static FREE: CharSet = CharSet::of(
    "〇零一二三四五六七八九十百千万亿两\
                       的地得或与及为有无是使他她它以已于须需再在由又要应被把将向所之其此这那则即既并且而但也都就还只仅更最较很不未没非各该本全同共总分第\
                       定订交缴作做像象计记省市区县镇乡村级季期届次个名家户了着过内外上下中里前后间时等",
);

/// Whether one of two characters may have been written for the other: they sound or look alike, and neither is a word of grammar or a numeral.
pub(super) fn may_be_mistaken(left: char, right: char) -> bool {
    left != right && !is_free(left) && !is_free(right) && (sound_alike(left, right) || look_alike(left, right))
}

/// As [`may_be_mistaken`], where marks tell that both stand in whole names, so that only numerals change from name to name.
pub(super) fn may_be_written_for(left: char, right: char) -> bool {
    static NUMERALS: CharSet = CharSet::of("〇零一二三四五六七八九十百千万亿两省市区县镇村级季期届次号");
    let changes = NUMERALS.contains(left) || NUMERALS.contains(right);
    left != right && !changes && (sound_alike(left, right) || look_alike(left, right))
}

/// 工业园 and 工业园区, 现代产业 and 现代化产业: both are right.
pub(super) fn may_be_left_out(char: char) -> bool {
    is_free(char) || "化等均好新稳居党性式型类者们人员系部处室科厂队大小老中高副物和办法".contains(char)
}

/// Whether a character changes from use to use of one name without a slip.
pub(super) fn is_free(char: char) -> bool {
    FREE.contains(char)
}

/// Words of two characters that sound like another word and are as usual as it.
const HOMOPHONES: &str = "形势 形式 权利 权力 法制 法治 反映 反应 机制 体制 体质 报道 报到 必须 必需 考查 考察 检查 检察 监察 监测 检测 侦查 侦察 学员 学院 \
                          实验 试验 施行 实行 试行 重心 中心 制定 指定 制订 病理 病历 收集 搜集 公式 公示 攻势 全员 全院 园区 院区 职业 执业 有利 有力 水利 水力 \
                          受益 收益 同一 统一 异地 易地 中止 终止 主体 主题 政治 整治 记录 纪录 及时 即时 实时 适时 升级 省级 省际 期间 其间 指示 指使 公有 共有 \
                          公用 共用 农机 农技 公正 公证 财务 财物 受权 授权 小区 校区 终身 终生 定金 订金 界限 界线 新兴 新型 智能 职能 技能 机能 通行 同行 \
                          工会 公会 回报 汇报 实效 时效 失效 教室 教师 国际 国籍 意外 以外 行事 刑事 形式 公务 公物 人士 人事 事件 时间 事务 实物 食物 实务 \
                          工期 公期 资质 自治 生源 水源 税源 交易 交际 交接 结余 节余 盈余 分期 分歧 品种 工种 度汛 渡汛 作出 做出 启用 起用 截止 截至 \
                          预订 预定 审定 核定 核对 校对 权限 全县 全线 前线 干线 县城 县乡 现象 现行 先行 县域 限于 线路 现有 享有 乡镇 象征 项目 相互 向户";

/// Whether a character and the one for which it may stand make two words with a neighbour that are both right: 形势 and 形式.
pub(super) fn are_both_words(left: char, right: char, (before, behind): (Option<char>, Option<char>)) -> bool {
    static WORDS: LazyLock<FxHashSet<(char, char)>> = LazyLock::new(|| {
        let characters = |word: &str| word.chars().next().zip(word.chars().nth(1));
        HOMOPHONES.split_ascii_whitespace().filter_map(characters).collect()
    });
    let is_word = |first: Option<char>, second: Option<char>| first.zip(second).is_some_and(|word| WORDS.contains(&word));
    (is_word(before, Some(left)) && is_word(before, Some(right))) || (is_word(Some(left), behind) && is_word(Some(right), behind))
}

/// Whether a character is none of the 6,763 of GB/T 2312-1980, as 徳 for 德: it has most likely come from a foreign font.
pub(super) fn is_outside_plain_set(char: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = char.encode_utf8(&mut buffer);
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(text);
    unmappable || !matches!(bytes.as_ref(), [0xB0..=0xF7, 0xA1..=0xFE])
}

/// Whether a character is most often a word by itself that joins others.
pub(super) fn is_function_word(char: char) -> bool {
    static WORDS: CharSet =
        CharSet::of("的地得了着过在是和与及或等对把被将向从由为于以及其至到让使给并而且也都还就又再更最很不未没有各该本这那此所之每");
    WORDS.contains(char)
}

fn sound_alike(left: char, right: char) -> bool {
    let sound = |char: char| char.to_pinyin().map(|pinyin| pinyin.plain());
    sound(left).is_some_and(|left| sound(right) == Some(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_and_look_decide() {
        for (left, right) in [('禾', '和'), ('净', '静'), ('治', '冶')] {
            assert!(may_be_mistaken(left, right), "{left}{right}");
        }
        for (left, right) in [('东', '西'), ('四', '十'), ('他', '它'), ('订', '定')] {
            assert!(!may_be_mistaken(left, right), "{left}{right}");
        }
    }
}

//! Characters that are taken for each other.

use pinyin::ToPinyin;

/// Pairs that look alike and sound different.
const LOOK_ALIKE: &str = "己已 已巳 末未 土士 戊戌 戌戍 侯候 折拆 崇祟 茶荼 免兔 刺剌 徒徙 遣遗 岗岚 汪注 洪供 阳阴 杨扬 晴睛 淮准 渭谓 穆秽 炼练 柏拍 湾弯 \
                          祥详 治冶 曰日 田由 由甲 壁璧 竞竟 钓钧 沽沾 苦若 微徽 栗粟 鸟乌 王玉 人入 千干 大太 天夫 贝见 间问 元无 申甲 牛午 丘兵 今令 代伐 仑仓";

/// Words of grammar and measure, which change with the sentence and not by mistake.
const GRAMMAR: &str = "的地得或与及为有无是使他她它以已于须需再在由又要应被把将向所之其此这那则即既并且而但也都就还只仅更最较很不未没非各该本全同共总分第\
                       定订交缴作做像象计记省市区县镇乡村级季期届次个名家户了着过内外上下中里前后间时等";

/// Whether one of two characters may have been written for the other: they sound or look alike, and neither is a word of grammar or a numeral.
pub(super) fn may_be_mistaken(left: char, right: char) -> bool {
    left != right && !is_free(left) && !is_free(right) && (sound_alike(left, right) || look_alike(left, right))
}

/// Whether a character changes from use to use of one name without a slip.
pub(super) fn is_free(char: char) -> bool {
    GRAMMAR.contains(char) || "〇零一二三四五六七八九十百千万亿两".contains(char)
}

fn sound_alike(left: char, right: char) -> bool {
    let sound = |char: char| char.to_pinyin().map(|pinyin| pinyin.plain());
    sound(left).is_some_and(|left| sound(right) == Some(left))
}

fn look_alike(left: char, right: char) -> bool {
    LOOK_ALIKE.split_whitespace().any(|pair| pair.contains(left) && pair.contains(right))
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

//! Words that the draft writes otherwise elsewhere, one character apart: 纹阳区 for 汶阳区, 红色合火人 for 红色合伙人.
//!
//! Chinese does not part words, and no dictionary knows the names of a draft. So the draft is its own dictionary: three characters around a
//! masked one are a key, and two characters under one key that are taken for each other are a candidate. What decides is how the draft uses
//! the pair: the slip stands with these neighbours nowhere else, the right form stands there often, or is a name by its quotation marks.

use std::cmp::Reverse;

use super::Variant;
use super::bigrams::Bigrams;
use super::evidence::Pair;
use super::row::Row;
use super::windows::doubtful_pairs;
use crate::draft::Draft;

/// The slips of a draft whose signs are marked by [`super::windows::mark`].
pub(super) fn find(draft: &Draft, row: &Row, bigrams: &Bigrams) -> Vec<Variant> {
    let pairs = doubtful_pairs(row).into_iter();
    let mut pairs: Vec<Pair> = pairs.map(|(rare, usual)| Pair::new(draft, rare, usual)).collect();
    // One slip is seen through several windows; the one with the most frequent right form tells most.
    pairs.sort_by_key(|pair| (pair.rare.first, Reverse(pair.usual.count), pair.usual.first));
    pairs.retain(|pair| pair.is_slip(draft, bigrams));
    pairs.dedup_by_key(|pair| pair.rare.first);
    pairs.iter().map(|pair| pair.variant(draft)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn slips(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        let (row, bigrams) = super::super::signs(&draft);
        find(&draft, &row, &bigrams)
            .iter()
            .map(|variant| draft.quote(&variant.place).to_owned())
            .collect()
    }

    #[test]
    fn a_rare_form_of_a_frequent_name_is_a_slip() {
        let town = "检查沅溪镇。\n沅溪镇的水厂建成。\n水厂在沅溪镇，\n支持元溪镇，对圆溪镇、\n";
        assert_eq!(slips(&town.replace("支持元溪镇，", "")), ["圆溪镇"]);
        let partner = "推行蓝色守护人制度。\n蓝色守护人巡河。\n聘请蓝色守护人，\n表彰蓝色守互人。\n";
        assert_eq!(slips(partner), ["蓝色守互人"]);
    }

    #[test]
    fn a_quoted_name_needs_no_majority() {
        assert_eq!(slips("依托“安居云亭”平台建档。\n安居云庭注册用户增加。\n"), ["安居云庭"]);
    }

    #[test]
    fn a_place_in_a_list_needs_no_majority() {
        assert_eq!(slips("河西县、古堰区完成较慢。处置不及时，古燕区有4批次。\n"), ["古燕区"]);
        assert!(slips("河西县、古堰区、古燕区完成较慢。\n").is_empty());
    }

    #[test]
    fn a_place_in_a_table_needs_no_majority() {
        let table = "| 县 | 产值 |\n|---|---|\n| 柘溪县 | 74 |\n| 白石县 | 62 |\n\n柘溪县的基地投产。";
        let draft = Draft::new(&format!("{table}均衡性提高，拓溪县、白石县增速较快。\n"), Format::Markdown);
        let (row, bigrams) = super::super::signs(&draft);
        assert_eq!(find(&draft, &row, &bigrams).len(), 1);
    }

    #[test]
    fn the_place_of_the_title_needs_no_majority() {
        let head = "濂水县2024年统计公报\n濂水县统计局\n今年雨水偏少。\n";
        for slip in ["本公报由廉水县统计局负责解释。", "廉水县全年造林。", "由廉水县核定。"] {
            assert_eq!(slips(&format!("{head}{slip}\n")).len(), 1, "{slip}");
        }
        for other in ["与廉江县结对。", "经沅水县核定。", "濂溪两岸造林。"] {
            assert!(
                slips(&format!("{head}{other}\n")).is_empty(),
                "{other} {:?}",
                slips(&format!("{head}{other}\n"))
            );
        }
    }

    #[test]
    fn a_character_of_a_foreign_font_needs_no_majority() {
        assert_eq!(slips("走进崇德小学。\n在崇徳小学举办。\n"), ["崇徳小学"]);
    }

    #[test]
    fn firms_of_one_trade_need_no_majority() {
        assert_eq!(slips("引进华澜新材、德川精工等企业。\n服务华蓝新材二期建设。\n"), ["华蓝新材"]);
        for text in [
            "引进华澜新材、华蓝新材等企业。\n",
            "引进华东新材、德川精工等企业。\n服务华南新材二期建设。\n",
            "建成智慧水务平台。\n做强清源水务。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }

    #[test]
    fn towns_that_look_alike_need_no_majority() {
        assert_eq!(slips("白荻镇采取了新办法。\n用好白获镇的经验。\n"), ["白获镇"]);
        for text in [
            // Towns of one sound are not rare, and of two named together both are meant.
            "青丰镇率先完成。\n支持青峰镇扩面。\n",
            "白荻镇和白获镇率先完成。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }

    #[test]
    fn bodies_that_look_alike_need_no_majority() {
        let brigade = "岚江区消防救援大队召开会议。\n经验在全市推广。\n岚江区消防求援大队\n";
        assert_eq!(slips(brigade), ["岚江区消防求援大队"]);
        for text in [
            "开展农业技术推广活动。\n开展农业投术交流。\n",
            "检查城东污水处理工程。\n检查城西污水处理工程。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }

    #[test]
    fn words_of_their_own_are_silent() {
        for text in [
            // 中|心城区 and 新城区.
            "改造中心城区，\n扩建中心城区。\n中心城区通车，\n建设新城区。\n",
            "就业形势严峻，\n就业形势好转。\n就业形势稳定，\n就业形式多样。\n",
            "河东区、河西区，\n河东区。\n河东区，\n河西区。\n",
            // The rare character makes a word that the draft knows.
            "县工业园区，\n县工业园区。\n县工业园区、\n县工业园渠。\n园渠通水，园渠清淤。\n",
            "办理企业登记，\n受理企业登记，\n管理企业登记，\n设立企业登记。\n",
        ] {
            assert!(slips(text).is_empty(), "{text} {:?}", slips(text));
        }
    }
}

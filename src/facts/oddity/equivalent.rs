//! Characters that look like a Han character and are another.
//!
//! The tables follow the Unicode Character Database: the decompositions of Kangxi radicals (U+2F00 on) and of compatibility ideographs (U+F900
//! on), and `EquivalentUnifiedIdeograph.txt` for the radicals supplement (U+2E80 on). Each is a string indexed by the code point less its first;
//! U+3000 stands for "no equivalent".

/// The everyday character that a radical, a compatibility ideograph, a presentation form or a syllable sign stands for.
pub fn equivalent(char: char) -> Option<char> {
    let looked_up = |table: &str, first: u32| table.chars().nth((char as u32 - first) as usize).filter(|&found| found != '\u{3000}');
    match char {
        '\u{2E80}'..='\u{2EF3}' => looked_up(RADICALS_SUPPLEMENT, 0x2E80),
        '\u{2F00}'..='\u{2FD5}' => looked_up(KANGXI_RADICALS, 0x2F00),
        '\u{F900}'..='\u{FAD9}' => looked_up(COMPATIBILITY_IDEOGRAPHS, 0xF900),
        _ => form(char),
    }
}

/// Small, vertical and half-width forms of marks.
fn form(char: char) -> Option<char> {
    Some(match char {
        '︐' | '﹐' => '，',
        '︑' | '﹑' | '､' => '、',
        '︒' | '｡' => '。',
        '︓' | '﹕' => '：',
        '︔' | '﹔' => '；',
        '︕' | '﹗' => '！',
        '︖' | '﹖' => '？',
        '︵' | '﹙' => '（',
        '︶' | '﹚' => '）',
        '︹' | '﹝' => '〔',
        '︺' | '﹞' => '〕',
        '︻' => '【',
        '︼' => '】',
        '︽' => '《',
        '︾' => '》',
        '︿' => '〈',
        '﹀' => '〉',
        '﹁' | '｢' => '「',
        '﹂' | '｣' => '」',
        '﹃' => '『',
        '﹄' => '』',
        '﹪' => '%',
        '﹣' => '-',
        '﹢' => '+',
        '﹒' | '･' => '·',
        _ => return None,
    })
}

/// The Han character that a kana or bopomofo sign looks like; only a sign alone among Han characters is one of these.
pub fn syllable_look_alike(char: char) -> Option<char> {
    Some(match char {
        'ー' | 'ㄧ' => '一',
        'ニ' => '二',
        'ロ' => '口',
        'カ' => '力',
        'エ' => '工',
        'タ' => '夕',
        'ト' => '卜',
        _ => return None,
    })
}

const KANGXI_RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳\
    心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音\
    頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

const RADICALS_SUPPLEMENT: &str = "　厂　　乙亻冂几刀刂　㔾　　兀尣　　巳幺　　忄　扌攵　旡日月歺母民氵　灬爫　丬牛犭王　目示礻　糹纟罓罒　　　羊羊羋耂肀　\
    月臼　　　虎衤覀西见角　讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食　飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

const COMPATIBILITY_IDEOGRAPHS: &str = "豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌\
    祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮\
    兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈\
    領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘\
    藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀　　塚　晴　　凞猪益礼神祥福靖精羽　蘒　諸　　逸都　　　飯飼\
    館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸\
    難響頻恵𤋮舘　　並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画\
    瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_cover_their_blocks() {
        assert_eq!(KANGXI_RADICALS.chars().count(), 214);
        assert_eq!(RADICALS_SUPPLEMENT.chars().count(), 0x2EF4 - 0x2E80);
        assert_eq!(COMPATIBILITY_IDEOGRAPHS.chars().count(), 0xFADA - 0xF900);
    }

    #[test]
    fn radicals_and_forms_have_equivalents() {
        for (odd, plain) in [
            ('⼀', '一'),
            ('⽤', '用'),
            ('⿕', '龠'),
            ('⻓', '长'),
            ('⻳', '龟'),
            ('﨎', '﨎'),
            ('金', '金'),
            ('﹑', '、'),
        ] {
            assert_eq!(equivalent(odd).unwrap_or(odd), plain, "{odd}");
        }
    }
}

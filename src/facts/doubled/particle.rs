//! Single characters that are not doubled on purpose.

use super::{Doubled, Sureness};
use crate::script::is_han;

/// A particle, or another character that is never doubled and rarely both ends a word and begins one, with the characters before or after it that
/// make two words of it and its double.
struct Particle {
    char: char,
    /// `目的|的`, `存在|在`
    after: &'static str,
    /// `的|的确`, `在|在建`
    before: &'static str,
    sureness: Sureness,
}

impl Particle {
    const fn certain(char: char, after: &'static str, before: &'static str) -> Self {
        Particle {
            char,
            after,
            before,
            sureness: Sureness::Certain,
        }
    }

    const fn probable(char: char, after: &'static str, before: &'static str) -> Self {
        Particle {
            char,
            after,
            before,
            sureness: Sureness::Probable,
        }
    }
}

const PARTICLES: &[Particle] = &[
    Particle::certain('的', "目的打标中有", "的确士卢"),
    Particle::certain('们', "们", "们"),
    Particle::certain('了', "了为除罢到末终甚时未明", "了解结却然断事如无悟不得望"),
    Particle::probable('是', "是不于但可还就只都要若凡实国一如自倒正老尽硬总求", "是非否的"),
    Particle::probable(
        '在',
        "在存所现正实内外潜好自旨贵重意健安何",
        "在建校册职岗线场编逃押读任位途案产野处乎于先手望此京华沪内外家",
    ),
    Particle::probable(
        '和',
        "和共祥温柔缓平饱总调暖随宽谦议媾仁人中亲泰义颐永政",
        "和谐平气美睦解蔼田县林硕顺风善布声约服蕃",
    ),
    Particle::probable('与', "与参赠给授相付寄", "与会时其否共日众"),
    Particle::probable('及', "及以普涉波顾提危触埃推遍论言殃企累", "及时格早其第"),
    Particle::probable('而', "而从因然反进故继时幸忽俄", "而今已后且言立"),
    Particle::probable('着', "着沿执穿衣", "着力手眼重陆装实落色想急火凉迷床"),
    Particle::probable('从', "从服顺遵听随自无侍盲跟主屈", "从容业事而严前来属宽中此军教未化江"),
    Particle::probable('由', "由自理缘事根因案来", "由于衷此来浅点表"),
    Particle::probable('障', "障", "障碍眼壁"),
    Particle::probable('化', "化焦", "化解学工产妆肥险石纤粪整零验名疗合"),
    Particle::probable('坚', "坚攻中弥", "坚"),
    Particle::probable('力', "力", "力争度量求促推气保戒避行图学主挺挽排荐克"),
    Particle::probable('推', "助力主首强猛类公地", "敲搡"),
    Particle::probable('共', "公中总国一与苏反", ""),
    Particle::probable('把', "一火拖门", "关脉"),
    Particle::probable('加', "增参更添追附叠施递强外新累复", ""),
    Particle::probable('落', "部村院角坐下衰群段失降回涨跌错没散陨", "大"),
    Particle::probable('完', "做干办说讲看", "全整"),
    Particle::probable('提', "前所孩菩", "意建神醒要"),
    Particle::probable('促', "督敦催急紧仓", ""),
    Particle::probable('开', "公召打展离放分推敞揭拉盛", "心关"),
    Particle::probable('建', "新改扩在共筹创搭兴修重拟未已承援组城乡福住党基封土构自续违代合复迁团", ""),
    Particle::probable('全', "安健完齐周保双十俱成", "权"),
    Particle::probable('持', "坚支主保维扶劫把挟操相", ""),
    Particle::probable(
        '有',
        "所没具拥占享国持公私含带仅只还特原固现共富稀保自未",
        "关效序利力限无害机趣待益形色志",
    ),
    Particle::probable('要', "主重需必纪摘提概首只还次不想险机", "求点素件闻领紧害塞"),
    Particle::probable(
        '对',
        "针相面应反绝核校比敌配结一派答查",
        "象待策外于应口接方比联照标面抗立话手付偶阵决内调抓",
    ),
    Particle::probable('并', "合兼归吞一", "且未不联轨网行发购列重举存"),
    Particle::probable('向', "方面走去动导志倾转定趋指意取内外单双风", "前上来往导下纵横好日阳"),
    Particle::probable('以', "可所足加予得用难借", "及上下来往后前内外为便免至东西南北人民色"),
    Particle::probable('于', "对关由终至在位属处鉴等基善用便高低大小多少限源忠勇乐敢寓单", "是今此都"),
    Particle::probable('都', "首成古京全大国故", "市会江匀是督"),
    Particle::probable('将', "即必行大上中少主名老猛", "军来领要士近"),
    Particle::probable('被', "棉植", "告子动褥单"),
];

/// A particle and its double, if the characters around do not make two words of them.
pub(super) fn doubled(prose: &str, char: char, range: std::ops::Range<usize>) -> Option<Doubled> {
    let before = prose[..range.start].chars().next_back();
    let after = prose[range.end..].chars().next();
    let particle = PARTICLES.iter().find(|particle| particle.char == char);
    let sureness = match particle {
        Some(particle) => (!particle.makes_two_words(before, after)).then_some(particle.sureness),
        None => goes_on_twice(char, before, after).then_some(Sureness::Probable),
    };
    sureness.map(|sureness| Doubled {
        second: range.start + char.len_utf8()..range.end,
        range,
        sureness,
    })
}

impl Particle {
    fn makes_two_words(&self, before: Option<char>, after: Option<char>) -> bool {
        let joins = |around: Option<char>, with: &str| around.is_some_and(|around| with.contains(around));
        joins(before, self.after) || joins(after, self.before)
    }
}

/// Characters that are doubled on purpose, but not where they end a verb, 当好|好, or begin a body's name, 县|县政府.
fn goes_on_twice(char: char, before: Option<char>, after: Option<char>) -> bool {
    const VERBS: &str = "当做办抓管建用搞守护答谋";
    const GOOD_THINGS: &str = "人事家品产的多坏处评听看友奇转运戏书课经声汉像吃用似比几久些样";
    const OFFICES: &str = "政委级直";
    let is_any = |around: Option<char>, of: &str| around.is_some_and(|around| of.contains(around));
    match char {
        '好' => is_any(before, VERBS) && after.is_some_and(|after| is_han(after) && !GOOD_THINGS.contains(after)),
        '县' | '市' | '区' | '镇' | '省' => !before.is_some_and(is_han) && is_any(after, OFFICES),
        // 通过|过硬
        '过' => is_any(before, "通经超") && after.is_some_and(|after| is_han(after) && !"硬去程度往渡滤剩关得错年冬节问敏期多重高低桥河江路日半万百千亿境户磅磁目大小长快慢密细早晚失秤夏夜溢头桥山海了的量载热冷氧轻半一二三四五六七八九十几".contains(after)),
        _ => false,
    }
}

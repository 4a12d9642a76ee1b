//! Names of people that stand behind their posts: 县防办主任谭志鸿, 法定代表人：阮叔衡.
//!
//! Chinese does not tell where a name ends, so only names of a surname and two characters more are read: of a shorter one the next character might
//! be part.

use std::ops::Range;
use std::sync::LazyLock;

use crate::charset::CharSet;
use crate::lexicon::Lexicon;
use crate::script::is_han;

/// A name behind a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Bytes of the name in the prose.
    pub name: Range<usize>,
    /// Bytes of the post.
    pub post: Range<usize>,
    /// Whether what follows tells that the name ends there.
    pub ends: bool,
}

/// The people of a prose, in order.
pub fn read(prose: &str) -> Vec<Person> {
    POSTS.find_iter(prose).filter_map(|post| person(prose, post.range)).collect()
}

/// The name that a cell of a table has for itself, behind a cell with a post: | 法定代表人 | 阮叔衡 |.
pub fn alone(cell: &str) -> Option<Range<usize>> {
    let name = cell.trim();
    let start = cell.len() - cell.trim_start().len();
    let given = &name[surname(name)?..];
    let is_name = given.chars().count() == 2 && given.chars().all(is_given) && POSTS.find_iter(name).next().is_none();
    is_name.then(|| start..start + name.len())
}

/// Whether a name can end here: at a mark, or before a word that says what somebody does.
pub fn may_end_name(rest: &str) -> bool {
    match rest.chars().next() {
        Some(char) if is_han(char) => FOLLOWERS.contains(char) || NOUNS_BEHIND.iter().any(|noun| rest.starts_with(noun)),
        _ => true,
    }
}

/// Whether a name can begin behind this text: behind a mark, a post, or a word that takes a person.
pub fn may_begin_name(before: &str) -> bool {
    match before.chars().next_back() {
        Some(char) if is_han(char) => TAKERS.contains(char) || ends_with_post(before),
        _ => true,
    }
}

/// Whether a post stands right before.
pub fn ends_with_post(before: &str) -> bool {
    const LONGEST_POST: usize = 5;
    let start = before.char_indices().rev().nth(LONGEST_POST).map_or(0, |(at, _)| at);
    let tail = &before[start..];
    POSTS.find_iter(tail).any(|post| post.range.end == tail.len())
}

fn person(prose: &str, post: Range<usize>) -> Option<Person> {
    let rest = &prose[post.end..];
    let gap = rest.trim_start_matches([' ', '\u{3000}', '：', ':']);
    let start = post.end + rest.len() - gap.len();
    let surname = surname(gap)?;
    let given = &gap[surname..];
    let len: usize = given.chars().take(2).take_while(|char| is_given(*char)).map(char::len_utf8).sum();
    let end = start + surname + len;
    let name = &prose[start..end];
    // 书记和镇长: another post is no name.
    let is_name = given[..len].chars().count() == 2 && name.chars().all(is_han) && POSTS.find_iter(name).next().is_none();
    is_name.then(|| Person {
        name: start..end,
        post,
        ends: may_end_name(&prose[end..]),
    })
}

/// The length of the surname that a text begins with.
fn surname(text: &str) -> Option<usize> {
    let compound = COMPOUND_SURNAMES.iter().find(|surname| text.starts_with(**surname));
    if let Some(surname) = compound {
        return Some(surname.len());
    }
    let first = text.chars().next()?;
    SURNAMES.contains(first).then(|| first.len_utf8())
}

/// Whether a character can belong to a given name: not a word that goes on with the sentence.
fn is_given(char: char) -> bool {
    is_han(char) && !FOLLOWERS.contains(char) && !TAKERS.contains(char)
}

static POSTS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "书记 支书 主任 局长 县长 市长 区长 镇长 乡长 省长 州长 村长 部长 厅长 院长 校长 处长 科长 股长 所长 站长 队长 组长 厂长 行长 会长 社长 馆长 台长 庭长 \
         园长 班长 团长 段长 河长 林长 路长 理事长 秘书长 董事长 总经理 经理 总监 总裁 董事 监事 主席 委员 代表人 负责人 责任人 联系人 承办人 经办人 研究员 工程师 \
         农艺师 技术员 教授 教师 老师 医生 医师 护士 民警 法官 检察官 审判长 书记员 律师 会计师 评估师 传承人 艺人 大户 种植户 养殖户 村民 居民 职工 队员 社员 \
         学生 战士 民兵 志愿者 网格员 辅导员 指导员 教导员 政委 参谋长 委托人 申请人 被告人 当事人 嫌疑人 主持人 记录人 签发人 审核人 校对 撰稿 主编 专家"
            .split_ascii_whitespace(),
    )
});

/// The four hundred most frequent surnames of one character, some of them left out that are far more often other words.
static SURNAMES: CharSet = CharSet::of(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦\
     江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌\
     费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎\
     邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺尚阚鄂湛芮",
);

const COMPOUND_SURNAMES: [&str; 14] = [
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "南宫",
];

/// What somebody does, or who else: words of one character that stand right behind a name, and the first ones of longer words.
static FOLLOWERS: CharSet = CharSet::of("在为率带等说对向与和的到从任作做讲是被因将把也又还就则便于以及并同参出主陪走深来负牵兼当限先");

const NOUNS_BEHIND: [&str; 26] = [
    "同志", "先生", "女士", "一行", "介绍", "表示", "认为", "强调", "指出", "宣布", "告诉", "汇报", "通报", "分别", "慰问", "调研", "检查", "督导",
    "总结", "传达", "部署", "召开", "组织", "负责", "讲话", "现场",
];

/// Words of one character that a name stands right behind.
static TAKERS: CharSet = CharSet::of("由请与和对向让给派经按是及叫");

#[cfg(test)]
mod tests {
    use super::*;

    fn names(prose: &str) -> Vec<&str> {
        read(prose).into_iter().map(|person| &prose[person.name]).collect()
    }

    #[test]
    fn names_stand_behind_posts() {
        assert_eq!(names("县防办主任谭志鸿在会上通报。"), ["谭志鸿"]);
        assert_eq!(names("法定代表人：阮叔衡"), ["阮叔衡"]);
        assert_eq!(names("县水利局局长　　喻敬安"), ["喻敬安"]);
        assert_eq!(names("组长欧阳景行主持会议"), ["欧阳景行"]);
    }

    #[test]
    fn shorter_names_and_other_words_are_left_alone() {
        for prose in ["主任李强在会上通报。", "书记和镇长带头。", "局长办公会研究决定。", "主任王为民"] {
            assert!(names(prose).is_empty(), "{prose}: {:?}", names(prose));
        }
    }

    #[test]
    fn a_cell_may_hold_a_name_alone() {
        for cell in ["阮叔衡", " 欧阳景行 "] {
            assert_eq!(alone(cell).map(|name| &cell[name]), Some(cell.trim()));
        }
        for cell in ["阮衡", "阮叔衡等三人", "高工程师", "见附表", "", "1260"] {
            assert_eq!(alone(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_borders_of_names() {
        assert!(may_end_name("、") && may_end_name("同志") && may_end_name("") && may_end_name("率队"));
        assert!(!may_end_name("建设"));
        assert!(may_begin_name("出席：") && may_begin_name("副局长") && may_begin_name("") && !may_begin_name("加快"));
    }
}

//! Plants slips of the kinds that happen when reports are written into drafts that have none, so that recall can be measured on any text.

pub mod random;
mod terrain;

use std::ops::Range;
use std::sync::LazyLock;

use jiaogao::source::Format;
use random::Random;
use regex::{Captures, Regex};
use terrain::{Run, han_numeral, is_han, paragraphs, runs};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// An item is struck out of a list and the rest keeps its numbers.
    ItemLeftOut,
    /// An item has the number of the one before.
    NumberRepeated,
    /// A figure is restated in another paragraph, in other words, with another value.
    FigureRestated,
    /// A total no longer fits its parts.
    TotalWrong,
    /// A sentence stands again in another paragraph, lightly edited.
    PassageCopied,
    /// A sentence stands again in another paragraph with its clauses in another order.
    PassageReordered,
    /// A sentence stands again as two, or two as one, with a word that joins or parts them.
    PassageSplit,
    /// A sentence stands again with another subject, and everything else the same.
    SubjectSwapped,
    /// A character is replaced by ?, □ or U+FFFD.
    CharacterLost,
    /// A closing or opening quotation mark or bracket is gone.
    MarkDropped,
    WordDoubled,
    PunctuationDoubled,
    /// A character comes as its Kangxi radical, as from a PDF.
    Radical,
    ZeroWidth,
    /// A full date has the year before.
    StaleYear,
}

impl Slip {
    pub const ALL: [Slip; 15] = [
        Slip::ItemLeftOut,
        Slip::NumberRepeated,
        Slip::FigureRestated,
        Slip::TotalWrong,
        Slip::PassageCopied,
        Slip::PassageReordered,
        Slip::PassageSplit,
        Slip::SubjectSwapped,
        Slip::CharacterLost,
        Slip::MarkDropped,
        Slip::WordDoubled,
        Slip::PunctuationDoubled,
        Slip::Radical,
        Slip::ZeroWidth,
        Slip::StaleYear,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Slip::ItemLeftOut => "item left out",
            Slip::NumberRepeated => "number repeated",
            Slip::FigureRestated => "figure restated",
            Slip::TotalWrong => "total wrong",
            Slip::PassageCopied => "passage copied",
            Slip::PassageReordered => "passage reordered",
            Slip::PassageSplit => "passage split",
            Slip::SubjectSwapped => "subject swapped",
            Slip::CharacterLost => "character lost",
            Slip::MarkDropped => "mark dropped",
            Slip::WordDoubled => "word doubled",
            Slip::PunctuationDoubled => "punctuation doubled",
            Slip::Radical => "radical",
            Slip::ZeroWidth => "zero width",
            Slip::StaleYear => "stale year",
        }
    }

    /// The family of rules that should find it.
    pub fn family(self) -> &'static str {
        match self {
            Slip::ItemLeftOut | Slip::NumberRepeated => "sequence",
            Slip::FigureRestated | Slip::TotalWrong | Slip::StaleYear => "figure",
            Slip::PassageCopied | Slip::PassageReordered | Slip::PassageSplit | Slip::SubjectSwapped | Slip::WordDoubled => "duplicate",
            Slip::CharacterLost | Slip::MarkDropped | Slip::PunctuationDoubled | Slip::Radical | Slip::ZeroWidth => "stray",
        }
    }
}

/// A text with one slip.
#[derive(Debug)]
pub struct Planted {
    pub text: String,
    /// Where a finding should point, in bytes of the text.
    pub places: Vec<Range<usize>>,
}

/// Plants a slip where chance wants it, or nothing where the text offers no ground for it.
pub fn plant(text: &str, format: Format, slip: Slip, random: &mut Random) -> Option<Planted> {
    match slip {
        Slip::ItemLeftOut => leave_item_out(text, &runs(text, format), random),
        Slip::NumberRepeated => repeat_number(text, &runs(text, format), random),
        Slip::FigureRestated => restate_figure(text, &paragraphs(text, format), random),
        Slip::TotalWrong => spoil_total(text, random),
        Slip::PassageCopied => copy_passage(text, &paragraphs(text, format), random, |sentence, random| {
            Some(lightly_edited(sentence, random))
        }),
        Slip::PassageReordered => copy_passage(text, &paragraphs(text, format), random, reordered),
        Slip::PassageSplit => copy_passage(text, &paragraphs(text, format), random, split),
        Slip::SubjectSwapped => copy_passage(text, &paragraphs(text, format), random, with_another_subject),
        Slip::CharacterLost => lose_character(text, &paragraphs(text, format), random),
        Slip::MarkDropped => drop_mark(text, &paragraphs(text, format), random),
        Slip::WordDoubled => double_word(text, &paragraphs(text, format), random),
        Slip::PunctuationDoubled => double_punctuation(text, &paragraphs(text, format), random),
        Slip::Radical => set_radical(text, &paragraphs(text, format), random),
        Slip::ZeroWidth => insert_zero_width(text, &paragraphs(text, format), random),
        Slip::StaleYear => set_year_back(text, random),
    }
}

/// Replaces a range; the place is what was put there.
fn replaced(text: &str, range: Range<usize>, with: &str) -> Planted {
    let place = range.start..range.start + with.len();
    Planted {
        text: [&text[..range.start], with, &text[range.end..]].concat(),
        places: vec![place],
    }
}

fn leave_item_out(text: &str, runs: &[Run], random: &mut Random) -> Option<Planted> {
    let run = random.pick(runs)?;
    let left_out = 1 + random.below(run.numbers.len() - 2);
    let (previous, gone, next) = (&run.numbers[left_out - 1], &run.numbers[left_out], &run.numbers[left_out + 1]);
    let mut planted = replaced(text, gone.start..next.start, "");
    planted.places = vec![previous.clone(), gone.start..gone.start + next.len()];
    Some(planted)
}

fn repeat_number(text: &str, runs: &[Run], random: &mut Random) -> Option<Planted> {
    let run = random.pick(runs)?;
    let item = 1 + random.below(run.numbers.len() - 1);
    let number = if run.style == "#." { item.to_string() } else { han_numeral(item) };
    let mut planted = replaced(text, run.numbers[item].clone(), &number);
    planted.places.push(run.numbers[item - 1].clone());
    Some(planted)
}

/// 新建农村公路118公里: done, what, how much.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?P<done>新建|建成|改造|完成|发放|招聘|培训|引进|整治|安装|拆除|清理|开展|举办|解决|受理|投入|检查|资助|表彰)(?P<what>\p{Han}{2,8}?)(?P<value>[1-9][0-9]*(?:\.[0-9]+)?)(?P<unit>万人次|万平方米|亿元|万元|万亩|公里|人次|家次|余|个|处|人|家|户|场|套|件|名|座|期|台|份)(?P<end>[，。；、,;])",
    )
    .unwrap()
});

fn restate_figure(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    let is_restatable = |captures: &&Captures| &captures["unit"] != "余" && slipped(&captures["value"], 0).is_some();
    let candidates: Vec<(usize, Captures)> = paragraphs
        .iter()
        .enumerate()
        .flat_map(|(index, range)| DONE.captures_iter(&text[range.clone()]).map(move |captures| (index, captures)))
        .filter(|(_, captures)| is_restatable(&captures))
        .collect();
    let (home, captures) = random.pick(&candidates)?;
    let abroad: Vec<_> = (0..paragraphs.len()).filter(|other| other.abs_diff(*home) >= 2).collect();
    let target = paragraphs[*random.pick(&abroad)?].clone();
    let value = slipped(&captures["value"], random.below(4))?;
    let (done, what, unit) = (&captures["done"], &captures["what"], &captures["unit"]);
    let sentences = [
        format!("{done}的{value}{unit}{what}，成效还需巩固。"),
        format!("全部{value}{unit}{what}均已{done}到位。"),
        format!("{what}共{done}{value}{unit}，群众普遍满意。"),
    ];
    let mut planted = insert_sentence(text, target, random.pick(&sentences)?);
    let found = captures.get(0)?;
    let original = paragraphs[*home].start + found.start()..paragraphs[*home].start + found.end();
    planted.places.push(moved(original, &planted.places[0]));
    Some(planted)
}

/// A slip of the pen: two digits swapped, or one digit one off. Nothing for a value of one digit, which could be anything.
fn slipped(value: &str, way: usize) -> Option<String> {
    let digits: Vec<char> = value.chars().collect();
    let swappable: Vec<usize> = (1..digits.len())
        .filter(|at| digits[*at] != digits[at - 1] && digits[*at] != '.' && digits[at - 1] != '.' && digits[*at] != '0')
        .collect();
    let mut slipped = digits.clone();
    match swappable.get(way % swappable.len().max(1)) {
        Some(&at) if way < 3 => slipped.swap(at, at - 1),
        _ if digits.len() >= 2 => {
            let last = digits.len() - 1;
            slipped[last] = if digits[last] == '9' { '8' } else { char::from(digits[last] as u8 + 1) };
        }
        _ => return None,
    }
    Some(slipped.into_iter().collect())
}

/// Puts a sentence at the end of a paragraph.
fn insert_sentence(text: &str, paragraph: Range<usize>, sentence: &str) -> Planted {
    let end = paragraph.start + text[paragraph].trim_end().len();
    replaced(text, end..end, sentence)
}

/// Where a place stands after text was inserted.
fn moved(place: Range<usize>, inserted: &Range<usize>) -> Range<usize> {
    let by = if inserted.start <= place.start { inserted.len() } else { 0 };
    place.start + by..place.end + by
}

static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<whole>[1-9][0-9]*(?:\.[0-9]+)?)(?P<unit>亿元|万元|公里|万亩|万人|个|家|人|件|处|批次|人次)[,，](?:其中|包括)[:：]?(?P<parts>[^。；;]{8,90})").unwrap()
});
static FIGURE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"([0-9]+(?:\.[0-9]+)?)\p{Han}").unwrap());

fn spoil_total(text: &str, random: &mut Random) -> Option<Planted> {
    let candidates: Vec<Captures> = WHOLE.captures_iter(text).filter(adds_up).collect();
    let captures = random.pick(&candidates)?;
    let whole = captures.name("whole")?;
    let mut planted = replaced(text, whole.range(), &slipped(whole.as_str(), random.below(4))?);
    planted.places[0] = whole.start()..captures.get(0)?.end();
    Some(planted)
}

fn adds_up(captures: &Captures) -> bool {
    let parts: Vec<f64> = FIGURE.captures_iter(&captures["parts"]).filter_map(|part| part[1].parse().ok()).collect();
    let whole: f64 = captures["whole"].parse().unwrap_or_default();
    parts.len() >= 2 && whole >= 10.0 && (parts.iter().sum::<f64>() - whole).abs() < 1e-6
}

fn copy_passage(
    text: &str,
    paragraphs: &[Range<usize>],
    random: &mut Random,
    edited: impl Fn(&str, &mut Random) -> Option<String>,
) -> Option<Planted> {
    let home = random.below(paragraphs.len().max(1));
    let range = paragraphs.get(home)?.clone();
    let mut sentences = Vec::new();
    let mut start = range.start;
    for sentence in text[range].split_inclusive('。') {
        let is_long = sentence.chars().filter(|c| is_han(*c)).count() >= 30;
        if is_long && sentence.ends_with('。') {
            sentences.push(start..start + sentence.len());
        }
        start += sentence.len();
    }
    let original = random.pick(&sentences)?.clone();
    let copy = edited(text[original.clone()].trim_start(), random)?;
    let abroad: Vec<_> = (0..paragraphs.len()).filter(|other| other.abs_diff(home) >= 2).collect();
    let mut planted = insert_sentence(text, paragraphs[*random.pick(&abroad)?].clone(), &copy);
    planted.places.push(moved(original, &planted.places[0]));
    Some(planted)
}

/// What a second office does to a sentence it takes over: a word less, another conjunction, a figure of its own.
fn lightly_edited(sentence: &str, random: &mut Random) -> String {
    const SWAPS: [(&str, &str); 5] = [("、", "和"), ("进一步", ""), ("的", ""), ("，", "，并"), ("提高", "提升")];
    let (from, to) = SWAPS[random.below(SWAPS.len())];
    let mut edited = sentence.replacen(from, to, 1);
    let figure = FIGURE.captures(&edited).and_then(|captures| captures.get(1)).map(|figure| figure.range());
    let other = figure.and_then(|range| Some((range.clone(), slipped(&edited[range], 0)?)));
    if let Some((range, value)) = other.filter(|_| random.below(2) == 0) {
        edited.replace_range(range, &value);
    }
    edited
}

/// The clauses of a sentence in another order, the first one left in its place because the others lean on it.
fn reordered(sentence: &str, random: &mut Random) -> Option<String> {
    let mut clauses: Vec<&str> = sentence.trim_end_matches('。').split('，').collect();
    if clauses.len() < 3 {
        return None;
    }
    let by = 1 + random.below(clauses.len() - 2);
    clauses[1..].rotate_left(by);
    Some(format!("{}。", clauses.join("，")))
}

/// Two sentences out of one.
fn split(sentence: &str, random: &mut Random) -> Option<String> {
    const JOINTS: [&str; 4] = ["。", "。同时，", "。我们还", "；并"];
    let commas: Vec<usize> = sentence.match_indices('，').map(|(at, _)| at).collect();
    let at = *random.pick(&commas)?;
    let joint = JOINTS[random.below(JOINTS.len())];
    Some([&sentence[..at], joint, &sentence[at + '，'.len_utf8()..]].concat())
}

/// A sentence about another place, body or time.
fn with_another_subject(sentence: &str, random: &mut Random) -> Option<String> {
    const SUBJECTS: [(&str, &str); 12] = [
        ("公司", "集团"),
        ("全县", "全市"),
        ("全区", "全市"),
        ("全镇", "全县"),
        ("全市", "全县"),
        ("上半年", "下半年"),
        ("一季度", "二季度"),
        ("今年", "去年"),
        ("县", "市"),
        ("村", "社区"),
        ("我局", "我委"),
        ("学校", "学院"),
    ];
    let known: Vec<_> = SUBJECTS.iter().filter(|(from, _)| sentence.contains(from)).collect();
    match random.pick(&known) {
        Some((from, to)) => Some(sentence.replace(from, to)),
        None => Some(format!("{}{sentence}", ["各单位", "工作专班", "联合党委"][random.below(3)])),
    }
}

/// Places inside paragraphs between two Han characters that are both inside the same word or phrase, no mark beside them.
fn inner_characters<'a>(text: &'a str, paragraphs: &'a [Range<usize>]) -> impl Iterator<Item = (usize, char)> + 'a {
    paragraphs.iter().flat_map(move |range| {
        let characters: Vec<(usize, char)> = text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)).collect();
        let inner = |window: &[(usize, char)]| window.iter().all(|(_, c)| is_han(*c)).then_some(window[1]);
        characters.windows(3).filter_map(inner).collect::<Vec<_>>()
    })
}

fn lose_character(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    let candidates: Vec<_> = inner_characters(text, paragraphs).collect();
    let (at, lost) = *random.pick(&candidates)?;
    let with = ["?", "□", "\u{fffd}"][random.below(3)];
    Some(replaced(text, at..at + lost.len_utf8(), with))
}

fn drop_mark(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    const PAIRS: [(char, char); 3] = [('“', '”'), ('《', '》'), ('（', '）')];
    let mut candidates = Vec::new();
    for range in paragraphs {
        let words = &text[range.clone()];
        for (open, close) in PAIRS {
            for (at, _) in words.match_indices(open) {
                let Some(length) = words[at..].find(close) else { continue };
                candidates.push((range.start + at, range.start + at + length, open.len_utf8()));
            }
        }
    }
    let &(open, close, length) = random.pick(&candidates)?;
    let is_closing_dropped = random.below(3) > 0;
    let gone = if is_closing_dropped { close } else { open };
    let mut planted = replaced(text, gone..gone + length, "");
    let clause_end = planted.text[close..].find(['。', '\n']).map_or(planted.text.len(), |end| close + end);
    planted.places[0] = open..clause_end;
    Some(planted)
}

fn double_word(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    const WORDS: [&str; 12] = [
        "进行", "推进", "完成", "实现", "开展", "加强", "落实", "建设", "提高", "组织", "全面", "的",
    ];
    let mut candidates = Vec::new();
    for range in paragraphs {
        for word in WORDS {
            candidates.extend(text[range.clone()].match_indices(word).map(|(at, word)| (range.start + at, word)));
        }
    }
    let &(at, word) = random.pick(&candidates)?;
    let mut planted = replaced(text, at..at, word);
    planted.places[0] = at..at + 2 * word.len();
    Some(planted)
}

fn double_punctuation(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    let mut candidates = Vec::new();
    for range in paragraphs {
        let marks = text[range.clone()].match_indices(['，', '。', '、', '；']);
        candidates.extend(marks.map(|(at, mark)| (range.start + at, mark)));
    }
    let &(at, mark) = random.pick(&candidates)?;
    let mut planted = replaced(text, at..at, mark);
    planted.places[0] = at..at + 2 * mark.len();
    Some(planted)
}

fn set_radical(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    const RADICALS: [(char, &str); 12] = [
        ('一', "⼀"),
        ('人', "⼈"),
        ('力', "⼒"),
        ('大', "⼤"),
        ('工', "⼯"),
        ('水', "⽔"),
        ('用', "⽤"),
        ('生', "⽣"),
        ('行', "⾏"),
        ('里', "⾥"),
        ('金', "⾦"),
        ('高', "⾼"),
    ];
    let radical = |(at, c): (usize, char)| Some((at, c, RADICALS.iter().find(|(han, _)| *han == c)?.1));
    let candidates: Vec<_> = inner_characters(text, paragraphs).filter_map(radical).collect();
    let &(at, c, radical) = random.pick(&candidates)?;
    Some(replaced(text, at..at + c.len_utf8(), radical))
}

fn insert_zero_width(text: &str, paragraphs: &[Range<usize>], random: &mut Random) -> Option<Planted> {
    let candidates: Vec<_> = inner_characters(text, paragraphs).collect();
    let (at, _) = *random.pick(&candidates)?;
    Some(replaced(text, at..at, ["\u{200b}", "\u{feff}"][random.below(2)]))
}

static DATE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?P<year>20[0-9]{2})年[0-9]{1,2}月").unwrap());

fn set_year_back(text: &str, random: &mut Random) -> Option<Planted> {
    let candidates: Vec<_> = DATE.captures_iter(text).filter_map(|captures| captures.name("year")).collect();
    let year = random.pick(&candidates)?;
    let before: u32 = year.as_str().parse::<u32>().ok()? - 1;
    Some(replaced(text, year.range(), &before.to_string()))
}

//! `stray/lost-char`: a sign that stands where a character was lost.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::lost::{Guess, Lost, Sureness};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::lost::Completion;
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::script::{is_clause_end, is_sentence_end};

pub struct LostCharacter;

static META: Meta = Meta {
    name: "stray/lost-char",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed(
        "字符丢失，只剩“?”“□”等符号",
        "A character was lost and a sign such as ? or □ stands in its place",
    ),
    explanation: Bilingual::fixed(
        "稿件转换编码时，间隔号、生僻字常变成“?”“□”“*”。日期简称里丢的是间隔号：按国家标准，月份是一、十一、十二月时写间隔号（“一二·九”），其他月份不写（“七一”），用阿拉伯数字时都写（“3·15”）。文中别处写全了的词，就按那里的写法补。真正的问句、供勾选的方框、用星号隐去的姓名不算；拿不准的只作提示。",
        "When a draft changes its encoding, the dot and rare Han characters often turn into ?, □ or *. In the name of a day the standard has the dot only after 一, 十一 and 十二 (一二·九 but 七一), and always between digits (3·15). A word that stands whole elsewhere in the draft is completed from there. Real questions, boxes to be ticked and masked names are left alone; unsure cases are only hinted at.",
    ),
    clause: Some("GB/T 15834-2011 4.14.3.5"),
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain("八是开设一个“庆七?一”专栏。\n", "八是开设一个“庆七一”专栏。\n"),
        Example::plain(
            "柳堌村率先完成。柳?村党支部书记带头上阵。\n",
            "水从哪里来?这是头一道难题。有何回应?他表示，将尽快解决。\n",
        ),
        Example::plain("物理教师王□被评为教学能手。\n", "□是 □否\n"),
        Example::plain("实施一期、?水灌区改造。\n", "这件事谁来办？大家一起办。\n"),
    ],
};

impl Rule for LostCharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &'_ What| match what {
            What::Lost(lost) => Some(lost.clone()),
            _ => None,
        };
        let all = context.models.oddities.of_kind(context.draft, pick);
        let from_broken_bytes = |place: &Place| {
            let start = context.source_range(place).start;
            context.draft.undecoded().binary_search_by_key(&start, |range| range.start).is_ok()
        };
        findings.extend(all.filter_map(|(place, lost)| (!from_broken_bytes(&place)).then(|| report(context, &place, &lost))?));
    }
}

fn report(context: &Context, place: &Place, lost: &Lost) -> Option<Finding> {
    let completion = context.models.completions.of(place);
    let severity = match (lost.sureness, completion) {
        (Sureness::Sure, _) => Severity::Error,
        (Sureness::Likely, _) => Severity::Warning,
        (_, Some(completion)) if completion.is_same_word => Severity::Warning,
        (Sureness::Possible, _) => Severity::Info,
        (Sureness::Doubtful, _) => return None,
    };
    let finding = |message| Finding::new(META.name, severity, context.source_range(place), message);
    Some(match (&lost.guess, completion) {
        (Guess::Date { range, forms }, _) => of_date(context, place, range, forms, finding),
        (_, Some(completion)) => completed(context, place, lost, completion, finding),
        (Guess::NameDot, _) => of_name(context, place, finding),
        (Guess::BetweenDigits, _) => finding(between_digits(context, place)),
        (Guess::Unknown, _) => finding(unknown(context, place, lost)),
    })
}

fn of_date(context: &Context, place: &Place, range: &std::ops::Range<usize>, forms: &[String; 2], finding: impl Fn(Bilingual) -> Finding) -> Finding {
    let whole = Place::new(place.block, range.clone());
    let (seen, meant) = (context.quote(&whole), &forms[0]);
    let message = Bilingual::new(
        format!("“{seen}”里的“{}”是丢失的字符，应为“{meant}”", context.quote(place)),
        format!("A character was lost in “{seen}”; it should be “{meant}”"),
    );
    let help = Bilingual::fixed(
        "用汉字数字简称日期时，一月、十一月、十二月才用间隔号，其他月份不用；用阿拉伯数字时都用（GB/T 15834-2011 4.14.3.5）",
        "In a day named by Han numerals the dot is written only after 一, 十一 and 十二; between digits always (GB/T 15834-2011, 4.14.3.5)",
    );
    let whole = context.source_range(&whole);
    let fixes = forms.iter().map(|form| {
        let title = Bilingual::new(format!("改为“{form}”"), format!("Write “{form}”"));
        Fix::r#unsafe(title, [Edit::replace(whole.clone(), form.clone())])
    });
    fixes.fold(finding(message).help(help), Finding::fix)
}

fn completed(context: &Context, place: &Place, lost: &Lost, completion: &Completion, finding: impl Fn(Bilingual) -> Finding) -> Finding {
    let whole = context.quote(&completion.place);
    let seen = window(context, place);
    let elsewhere = context.source_range(&completion.place);
    let line = context.draft.line_in_words(elsewhere.start);
    let message = Bilingual::new(
        format!("“{seen}”中的“{}”是丢失的字，{}写作“{whole}”", lost.sign, line.zh),
        format!("A character was lost in “{seen}”; {} has “{whole}”", line.en),
    );
    let title = Bilingual::new(format!("补上“{}”", completion.char), format!("Put in “{}”", completion.char));
    let edit = Edit::replace(context.source_range(place), completion.char.to_string());
    finding(message)
        .related(elsewhere, Bilingual::fixed("这里写全了", "Written whole here"))
        .fix(Fix::r#unsafe(title, [edit]))
}

fn of_name(context: &Context, place: &Place, finding: impl Fn(Bilingual) -> Finding) -> Finding {
    let message = Bilingual::new(
        format!("“{}”中丢了间隔号，应为“·”", window(context, place)),
        format!("The dot was lost in “{}”; it should be “·”", window(context, place)),
    );
    let edit = Edit::replace(context.source_range(place), "·");
    finding(message).fix(Fix::r#unsafe(Bilingual::fixed("改为“·”", "Write “·”"), [edit]))
}

fn between_digits(context: &Context, place: &Place) -> Bilingual {
    let seen = window(context, place);
    Bilingual::new(
        format!("“{seen}”两个数之间丢了字符，可能是“—”“～”或小数点，请对照原稿补上"),
        format!("A character was lost between the numbers in “{seen}”: a dash, ～ or a point; see the original"),
    )
}

fn unknown(context: &Context, place: &Place, lost: &Lost) -> Bilingual {
    let seen = window(context, place);
    let sign = lost.sign;
    match lost.sureness {
        Sureness::Possible | Sureness::Doubtful => Bilingual::new(
            format!("“{seen}”中的“{sign}”不像标点，可能丢了字，请对照原稿"),
            format!("“{sign}” in “{seen}” does not look like punctuation; a character may be lost"),
        ),
        _ => Bilingual::new(
            format!("“{seen}”中的“{sign}”处丢了字，请对照原稿补上"),
            format!("A character was lost at “{sign}” in “{seen}”; put it in from the original"),
        ),
    }
}

/// The sign with a few characters of its sentence on both sides.
fn window<'a>(context: &Context<'a>, place: &Place) -> &'a str {
    const REACH: usize = 6;
    let prose = context.draft.pieces()[place.block].prose();
    let ends = |char: char| is_clause_end(char) || is_sentence_end(char) || matches!(char, '”' | '“' | '\u{FFFC}');
    let before = prose[..place.start].char_indices().rev().take(REACH).take_while(|(_, char)| !ends(*char));
    let start = before.last().map_or(place.start, |(start, _)| start);
    let after = prose[place.end..].char_indices().take(REACH).take_while(|(_, char)| !ends(*char));
    let end = after.last().map_or(place.end, |(at, char)| place.end + at + char.len_utf8());
    &prose[start..end]
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::finding::{Finding, Severity};
    use crate::linter::{Settings, lint};
    use crate::source::Format;

    fn findings(text: &str) -> Vec<Finding> {
        let mut findings = lint(&Draft::new(text, Format::Plain), &Settings::default());
        findings.retain(|finding| finding.rule == "stray/lost-char");
        findings
    }

    #[test]
    fn a_date_is_offered_both_ways_the_standard_first() {
        let found = findings("开设“庆七?一”专栏，“七一”前完成。\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].message.zh.contains("应为“七一”"));
        let texts: Vec<_> = found[0].fixes.iter().map(|fix| fix.edits[0].text.as_str()).collect();
        assert_eq!(texts, ["七一", "七·一"]);
    }

    #[test]
    fn a_word_is_completed_from_the_draft() {
        let found = findings("柳堌村、前营村地势高。\n柳?村党支部书记带头上阵。\n");
        assert_eq!(found[0].fixes[0].edits[0].text, "堌");
        assert_eq!(found[0].related.len(), 1);
        assert!(found[0].message.zh.contains("第1行写作“柳堌村”"));
    }

    #[test]
    fn a_doubtful_sign_counts_only_if_the_word_stands_elsewhere() {
        assert!(findings("这样行得通?群众有评价。\n通知群众开会。\n").is_empty());
        let found = findings("改造颍淝大桥。\n改造颍?大桥。\n");
        assert_eq!(found.first().map(|finding| finding.severity), Some(Severity::Warning));
    }
}

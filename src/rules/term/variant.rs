//! `term/variant`: one name written two ways.

use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::terms::Variant;
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct NameVariant;

static META: Meta = Meta {
    name: "term/variant",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同一名称两种写法", "One name is written two ways"),
    explanation: Bilingual::fixed(
        "公司、机构、活动、项目的名称，一处漏了一个字，或者一处写成了音同形近的另一个字，读稿时很难看出来。只有其余的字都相同、两个字又容易相混（音同、形近）时才报；漏字的，还要看少了这个字是否就不成词。全称与简称、第一与第二、东与西这类本来不同的名称不报。以营业执照、批文等正式名称为准统一。",
        "In the names of companies, offices, campaigns and projects a character left out, or another one of the same sound, is hard to see. Only names are reported that agree in all other characters and differ in two that are taken for each other; an omission only if what is left makes no word. Full and short names, first and second, east and west are different names. Take the official name and use it throughout.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "泓源市沁远环保科技有限公司负责建设。\n竣工后由泓源市沁园环保科技有限公司运营。\n",
            "泓源市城东污水处理有限公司负责建设。\n竣工后由泓源市城西污水处理有限公司运营。\n",
        ),
        Example::plain(
            "落实《安全生产监督条例》。\n对照《安全产生监督条例》自查。\n",
            "落实《安全生产监督条例》。\n修订《安全生产监督办法》。\n",
        ),
        Example::plain(
            "开展主题教育活动，教育党员。\n加强教育培训。\n巩固主题教活动成果，办好教育。\n",
            "开展主题教育活动，教育党员。\n加强教育培训。\n巩固主题教育活动成果，办好主题活动。\n",
        ),
    ],
};

impl Rule for NameVariant {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        findings.extend(context.models.terms.variants.iter().map(|variant| finding(context, variant)));
    }
}

fn finding(context: &Context, variant: &Variant) -> Finding {
    let (name, usual) = (context.quote(&variant.place), context.quote(&variant.usual));
    let usual_range = context.source_range(&variant.usual);
    let line = context.draft.line_in_words(usual_range.start);
    let character = context.quote(&variant.character);
    let replacement = variant.replacement.as_str();
    let (zh, en, title) = if character.is_empty() {
        (
            format!("“{name}”与{}的“{usual}”相比，少了“{replacement}”字", line.zh),
            format!("“{name}” lacks “{replacement}”, compared with “{usual}” in {}", line.en),
            Bilingual::new(format!("补上“{replacement}”"), format!("Insert “{replacement}”")),
        )
    } else if replacement.is_empty() {
        (
            format!("“{name}”与{}的“{usual}”相比，多了“{character}”字", line.zh),
            format!("“{name}” has “{character}” too many, compared with “{usual}” in {}", line.en),
            Bilingual::new(format!("删去“{character}”"), format!("Delete “{character}”")),
        )
    } else if replacement.chars().count() > 1 {
        (
            format!("“{name}”与{}的“{usual}”相比，“{replacement}”两个字颠倒了", line.zh),
            format!(
                "In “{name}” the characters of “{replacement}” have changed places, compared with “{usual}” in {}",
                line.en
            ),
            Bilingual::new(
                format!("把“{character}”改为“{replacement}”"),
                format!("Replace “{character}” with “{replacement}”"),
            ),
        )
    } else {
        (
            format!("“{name}”与{}的“{usual}”只差一个字，疑为同一名称的两种写法", line.zh),
            format!("“{name}” differs from “{usual}” in {} in one character; it seems to be one name", line.en),
            Bilingual::new(
                format!("把“{character}”改为“{replacement}”"),
                format!("Replace “{character}” with “{replacement}”"),
            ),
        )
    };
    let edit = Edit::replace(context.source_range(&variant.character), replacement);
    Finding::new(META.name, META.severity, context.source_range(&variant.place), Bilingual::new(zh, en))
        .help(Bilingual::fixed(
            "以正式名称为准，全文统一",
            "Take the official name and use it throughout",
        ))
        .related(usual_range, Bilingual::new(format!("这里写作“{usual}”"), format!("Here it is “{usual}”")))
        .fix(Fix::r#unsafe(title, [edit]))
}

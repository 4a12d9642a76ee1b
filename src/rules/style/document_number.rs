//! `style/document-number`: how a document number is written.

use super::forms;
use crate::facts::oddity::form::Kind;
use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct DocumentNumber;

static META: Meta = Meta {
    name: "style/document-number",
    severity: Severity::Hint,
    default: true,
    summary: Bilingual::fixed("发文字号的写法", "How a document number is written"),
    explanation: Bilingual::fixed(
        "发文字号的年份写全，用六角括号“〔〕”括起；序号不加“第”，不编虚位，如“市政办发〔2024〕5号”。",
        "The year of a document number is written in full in 〔〕; the number has no 第 and no leading zero: 市政办发〔2024〕5号.",
    ),
    clause: Some("GB/T 9704-2012 7.2.5"),
    fix: Fixable::Safe,
    examples: &[Example::plain("根据市政办发[2024]5号文件要求。\n", "根据市政办发〔2024〕5号文件要求。\n")],
};

impl Rule for DocumentNumber {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        forms::report(context, &META, Kind::DocumentNumber, findings, |seen, meant| {
            Bilingual::new(
                format!("发文字号中的“{seen}”应写作“{meant}”"),
                format!("“{seen}” in a document number is written “{meant}”"),
            )
        });
    }
}

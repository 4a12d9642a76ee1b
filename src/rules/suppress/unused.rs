//! `suppress/unused`: a comment that silences nothing.

use crate::finding::{Bilingual, Finding, Severity};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::suppress;

pub struct Unused;

static META: Meta = Meta {
    name: suppress::UNUSED,
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("忽略注释没有用处", "A comment that silences findings silences nothing"),
    explanation: Bilingual::fixed(
        "`<!-- jiaogao-ignore 规则: 理由 -->`让下一段不报所指的规则，`<!-- jiaogao-ignore-file 规则: 理由 -->`让整份文稿不报。文稿改好以后，注释就没有用处了，留着会遮住以后的差错，可以删去。规则名写错的注释不起作用，按警告报告。",
        "`<!-- jiaogao-ignore rule: reason -->` silences a rule in the next block, `<!-- jiaogao-ignore-file rule: reason -->` in the whole draft. Once the draft is mended the comment serves no purpose and would hide later slips: delete it. A comment that misspells a rule's name has no effect and is reported as a warning.",
    ),
    clause: None,
    fix: Fixable::Safe,
    examples: &[Example::markdown(
        "<!-- jiaogao-ignore stray/line-break: 原文如此 -->\n\n工作进展顺利。\n",
        "工作进展顺利。\n",
    )],
};

impl Rule for Unused {
    fn meta(&self) -> &'static Meta {
        &META
    }

    /// Nothing by itself: whether a comment is used is known only when all rules have run, so [`suppress::apply`] reports in this rule's name.
    fn check(&self, _: &Context, _: &mut Vec<Finding>) {}
}

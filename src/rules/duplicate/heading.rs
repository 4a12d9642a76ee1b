//! `duplicate/heading`: the same heading twice side by side.

use rustc_hash::FxHashMap;

use crate::draft::Place;
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::numbering::{Node, NodeId};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::script::is_han;

pub struct DuplicateHeading;

static META: Meta = Meta {
    name: "duplicate/heading",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同级标题重复", "The same heading stands twice on one level"),
    explanation: Bilingual::fixed(
        "复制上一节的格式再改内容时，容易忘了改标题，于是同一个上级标题下出现两个一样的标题，编号不同、内容不同。各章各自的“工作目标”“保障措施”之类分属不同的上级标题，不算；目录里的也不算。按本节内容重拟标题；内容也相同的，合并两节。",
        "When a section is made by copying the one before, its heading is easily left as it was: two sections under one parent then bear the same title with different labels and different content. Titles that return under different parents are left alone, and so are contents lists. Reword the heading after its content, or merge the sections.",
    ),
    clause: None,
    fix: Fixable::Never,
    examples: &[
        Example::markdown(
            "## 二、主要工作\n\n### （一）改善办学条件\n\n新建运动场一处。\n\n### （二）改善办学条件\n\n与三所学校结对交流。\n",
            "## 一、小学\n\n### （一）改善办学条件\n\n新建运动场一处。\n\n## 二、中学\n\n### （一）改善办学条件\n\n更换课桌。\n",
        ),
        Example::plain(
            "一、强化组织领导\n成立了专班。\n二、强化组织领导\n筹措资金90万元。\n",
            "一、强化组织领导\n成立了专班。\n二、强化资金保障\n筹措资金90万元。\n",
        ),
    ],
};

impl Rule for DuplicateHeading {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let mut group_of: FxHashMap<(Option<NodeId>, String), usize> = FxHashMap::default();
        let mut groups: Vec<Vec<&Node>> = Vec::new();
        for node in context.models.numbering.nodes() {
            let Some(title) = title(context, node) else { continue };
            let group = *group_of.entry((node.parent, title)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if groups[group].last().is_none_or(|before| !is_same_section(before, node)) {
                groups[group].push(node);
            }
        }
        findings.extend(groups.iter().filter(|group| group.len() > 1).map(|group| finding(context, group)));
    }
}

/// The same label with the same title, some way off, is a contents list and its section, or a whole report that stands twice.
fn is_same_section(before: &Node, node: &Node) -> bool {
    let number = |node: &Node| {
        node.marker
            .as_ref()
            .map(|marker| (marker.reading.style, marker.reading.prefix, marker.reading.number))
    };
    number(before).is_some() && number(before) == number(node) && node.title.block > before.title.block + 1
}

/// The characters of a title without marks, if the node is a section with a title of its own.
fn title(context: &Context, node: &Node) -> Option<String> {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 40;
    let heads = node.heading.is_some() || node.marker.is_some();
    if !node.is_section() || !heads || is_item_text(context, node) {
        return None;
    }
    let text = context.quote(&node.title);
    let han = text.chars().filter(|char| is_han(*char)).take(LONGEST + 1).count();
    (SHORTEST..=LONGEST)
        .contains(&han)
        .then(|| text.chars().filter(|char| char.is_alphanumeric()).collect())
}

/// Whether the title is an item of an enumeration, or only the first sentence of running text. A first sentence that serves as a title has no
/// marks inside.
fn is_item_text(context: &Context, node: &Node) -> bool {
    let piece = &context.draft.pieces()[node.title.block];
    if node.heading.is_none() && piece.prose().ends_with(['；', ';']) {
        return true;
    }
    node.heading.is_none() && piece.facts().wording.running && context.quote(&node.title).contains(['，', ',', '；', ';', '：', ':'])
}

fn finding(context: &Context, group: &[&Node]) -> Finding {
    const MOST_RELATED: usize = 8;
    let (first, second) = (group[0], group[1]);
    let title = context.quote(&second.title);
    let line = context.draft.line_in_words(context.source_range(&first.title).start);
    let mut zh = format!("标题“{title}”与{}的同级标题相同", line.zh);
    let mut en = format!("The heading “{title}” is the same as the one in {}", line.en);
    if group.len() > 2 {
        zh.push_str(&format!("，共出现{}次", group.len()));
        en.push_str(&format!("; it stands {} times", group.len()));
    }
    let mut finding = Finding::new(META.name, META.severity, whole_range(context, second), Bilingual::new(zh, en))
        .help(Bilingual::fixed(
            "可能是复制后忘了改：按本节内容重拟标题，内容也相同的合并两节",
            "Perhaps it was copied and not changed: reword it after its section, or merge the two",
        ))
        .related(
            whole_range(context, first),
            Bilingual::fixed("前一个相同的标题", "The same heading before"),
        );
    for other in group[2..].iter().take(MOST_RELATED) {
        finding = finding.related(whole_range(context, other), Bilingual::fixed("这里又出现一次", "And here once more"));
    }
    finding
}

/// Label and title.
fn whole_range(context: &Context, node: &Node) -> std::ops::Range<usize> {
    let start = node.place.start.min(node.title.start);
    context.source_range(&Place::new(node.title.block, start..node.title.end.max(start)))
}

//! `--output-format html`: one page for a person who will not open an editor.
//!
//! Each draft is an article of the page: its outline, its text with the findings marked, and the findings as a list. The page stands by itself:
//! style and script are inside it, its policy forbids everything else, and it can be read and printed where scripts do not run. Drafts are
//! written as they come; what the index needs of them is all that is kept.

mod article;
mod cards;
mod escape;
mod filter;
mod index;
mod ledger;
mod marks;
mod paper;
mod words;

use std::io::{self, Write};

use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::{Printer, Report};
use crate::finding::{Finding, Language, Severity};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

pub(super) struct Html {
    language: Language,
    drafts: Vec<Listed>,
}

/// What the index tells of a draft.
struct Listed {
    path: String,
    counts: Counts,
}

/// Findings by severity, in the order of [`Severity::ALL`].
type Counts = [usize; Severity::ALL.len()];

impl Html {
    pub(super) fn new(language: Language) -> Self {
        Html {
            language,
            drafts: Vec::new(),
        }
    }
}

impl Printer for Html {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let language = self.language;
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"jiaogao {version}\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
             <body data-shown=\"{shown}\" data-all=\"{all}\">\n<main>\n",
            lang = language.pick("zh-CN", "en"),
            policy = policy(),
            version = env!("CARGO_PKG_VERSION"),
            title = language.pick("校稿报告", "Proof-reading report"),
            shown = language.pick("列出{shown}处，共{all}处", "{shown} of {all} shown"),
            all = language.pick("共{all}处", "{all} in all"),
        )
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let counts = count(report.findings);
        self.drafts.push(Listed {
            path: report.path.to_owned(),
            counts,
        });
        out.write_all(article::article(report, counts, self.drafts.len(), self.language).as_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let language = self.language;
        match self.drafts.as_slice() {
            [] => writeln!(
                out,
                "<p class=\"nothing\">{}</p>",
                language.pick("没有查到文稿。", "No drafts were linted.")
            )?,
            [_] => {}
            drafts => out.write_all(index::index(drafts, language).as_bytes())?,
        }
        writeln!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>")
    }
}

/// What the page may do: use its own style and script, known by their hashes, and nothing else. Nothing is fetched and nothing sent.
fn policy() -> String {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn count(findings: &[Finding]) -> Counts {
    Severity::ALL.map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::finding::Bilingual;
    use crate::linter::{self, Settings};
    use crate::source::Format;

    const HOSTILE: &str = "# </title><script>alert(1)</script>\n\n一是\"><img src=x onerror=alert(2)>甲。<!-- 二是 --> 三是']]>乙\u{202E}丙\u{200B}。。\n\n\
        <script>alert(3)</script>\n\n- </mark></article></main></body>\n";

    fn page(drafts: &[(&str, &str, Format)], language: Language) -> String {
        let mut out = Vec::new();
        let mut printer = Html::new(language);
        printer.begin(&mut out).unwrap();
        for (path, text, format) in drafts {
            let draft = Draft::new(text, *format);
            let findings = linter::lint(&draft, &Settings::default().with_everything_on());
            let report = Report {
                path,
                draft: &draft,
                findings: &findings,
            };
            printer.report(&mut out, &report).unwrap();
        }
        printer.finish(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The names of the elements opened in a page, in order, with its own style and script taken out.
    fn elements(page: &str) -> Vec<&str> {
        let at = |tag: &str| page.find(tag).unwrap_or(0);
        let own = [at("<style>")..at("</style>"), at("<script>\"use strict\"")..at("</script>\n</body>")];
        let is_own = |byte: usize| own.iter().any(|own| own.contains(&byte) && byte != own.start);
        let starts = page.match_indices('<').filter(|(byte, _)| !is_own(*byte));
        let name = |byte: usize| {
            let rest = &page[byte + 1..];
            &rest[..rest.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(rest.len())]
        };
        starts.map(|(byte, _)| name(byte)).filter(|name| !name.is_empty()).collect()
    }

    #[test]
    fn a_draft_full_of_markup_adds_no_element_to_the_page() {
        let plain = page(&[("a<b>\"'.md", HOSTILE, Format::Plain)], Language::Chinese);
        let markdown = page(&[("a<b>\"'.md", HOSTILE, Format::Markdown)], Language::Chinese);
        for page in [plain, markdown] {
            let elements = elements(&page);
            assert_eq!(elements.iter().filter(|name| **name == "script").count(), 1, "{page}");
            assert!(!elements.contains(&"img"));
            assert_eq!(elements.iter().filter(|name| **name == "article").count(), 1);
            assert!(!page.contains(['\u{202E}', '\u{200B}']));
            assert!(page.contains("a&lt;b&gt;&quot;&#39;.md"));
        }
    }

    #[test]
    fn the_policy_names_the_style_and_the_script_and_nothing_else() {
        let page = page(&[("a.txt", "甲。。", Format::Plain)], Language::Chinese);
        let policy = policy();
        assert!(page.contains(&policy) && policy.starts_with("default-src 'none'"));
        for (text, source) in [(STYLE, "style-src"), (SCRIPT, "script-src")] {
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
            assert!(policy.contains(&format!("{source} 'sha256-{hash}'")));
        }
        assert!(!page.contains(" style=\"") && !page.contains(" onclick") && !page.contains("http://") && !page.contains("https://"));
    }

    #[test]
    fn several_drafts_have_an_index_and_one_has_none() {
        let drafts = [("甲.txt", "一是早。二是小。二是快。", Format::Plain), ("乙.txt", "无误。", Format::Plain)];
        let several = page(&drafts, Language::Chinese);
        assert!(
            several.contains("2份文稿，1处问题") && several.contains("<a href=\"#d2\">乙.txt</a>"),
            "{several}"
        );
        assert!(several.contains("没有发现问题。"));
        assert!(!page(&drafts[..1], Language::Chinese).contains("id=\"index\""));
        assert!(page(&[], Language::English).contains("No drafts were linted."));
    }

    #[test]
    fn cards_lead_to_marks_and_quote_the_other_place() {
        let text =
            "一、甲\n各村党组织共走访困难群众312户，发放慰问金15.6万元。\n二、乙\n逐户落实，各村党组织共走访困难群众312户，发放慰问金15.6万元。\n";
        let page = page(&[("a.txt", text, Format::Plain)], Language::English);
        let links = page.match_indices("href=\"#d1-").map(|(at, _)| {
            let rest = &page[at + "href=\"#".len()..];
            &rest[..rest.find('"').unwrap_or(0)]
        });
        let mut any = 0;
        for target in links {
            any += 1;
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
        assert!(any >= 4, "{page}");
        assert!(
            page.contains("<q>") && page.contains("line 2") && page.contains("data-family=\"duplicate\""),
            "{page}"
        );
    }

    #[test]
    fn findings_outside_the_prose_and_drafts_without_prose_do_no_harm() {
        let finding =
            |range| Finding::new("stray/space", Severity::Error, range, Bilingual::fixed("甲", "a")).related(3..3, Bilingual::fixed("乙", "b"));
        for text in ["", "\n\n", "<!-- 注 -->", "# \n\n正文\n\n```\n码\n```\n"] {
            let draft = Draft::new(text, Format::Markdown);
            let findings = [finding(0..text.len()), finding(text.len()..text.len())];
            let report = Report {
                path: "a.md",
                draft: &draft,
                findings: &findings,
            };
            let mut out = Vec::new();
            Html::new(Language::Chinese).report(&mut out, &report).unwrap();
            assert_eq!(String::from_utf8(out).unwrap().matches("class=\"card ").count(), 2);
        }
    }

    /// Each of many findings over one place must not be told at every one of the others.
    #[test]
    fn the_page_grows_with_the_draft_and_not_faster() {
        let text = "甲".repeat(20_000);
        let draft = Draft::new(&text, Format::Plain);
        let size = |count: usize| {
            let whole = (0..count).map(|at| Finding::new("stray/space", Severity::Info, 3 * at..text.len(), Bilingual::fixed("甲", "a")));
            article::article(
                &Report {
                    path: "a.txt",
                    draft: &draft,
                    findings: &whole.collect::<Vec<_>>(),
                },
                [0; 4],
                1,
                Language::Chinese,
            )
            .len()
        };
        assert!(size(4_000) < 5 * size(1_000));
    }
}

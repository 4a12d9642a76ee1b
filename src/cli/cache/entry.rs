//! Findings as bytes.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::{Bilingual, Document, Finding, Related, Severity};
use crate::fix::Fix;
use crate::rules;

#[derive(Serialize, Deserialize)]
struct StoredFinding<'a> {
    rule: Cow<'a, str>,
    severity: Severity,
    range: Range<usize>,
    message: Cow<'a, Bilingual>,
    help: Cow<'a, Option<Bilingual>>,
    related: Vec<StoredRelated<'a>>,
    fixes: Cow<'a, [Fix]>,
}

#[derive(Serialize, Deserialize)]
struct StoredRelated<'a> {
    /// Whether the place is in the sheet of official figures, and not in the draft.
    in_sheet: bool,
    range: Range<usize>,
    message: Cow<'a, Bilingual>,
}

/// `None` if a finding points into a document other than the sheet.
pub(super) fn encode(findings: &[Finding], sheet: Option<&Arc<Document>>) -> Option<Vec<u8>> {
    let stored: Option<Vec<_>> = findings.iter().map(|finding| stored(finding, sheet)).collect();
    serde_json::to_vec(&stored?).ok()
}

/// `None` if the bytes do not hold findings of this program.
pub(super) fn decode(bytes: &[u8], sheet: Option<&Arc<Document>>) -> Option<Vec<Finding>> {
    let stored: Vec<StoredFinding> = serde_json::from_slice(bytes).ok()?;
    stored.into_iter().map(|stored| restored(stored, sheet)).collect()
}

fn stored<'a>(finding: &'a Finding, sheet: Option<&Arc<Document>>) -> Option<StoredFinding<'a>> {
    let related = finding.related.iter().map(|related| {
        let is_known = related.document.is_none() || related.document.as_ref() == sheet;
        is_known.then(|| StoredRelated {
            in_sheet: related.document.is_some(),
            range: related.range.clone(),
            message: Cow::Borrowed(&related.message),
        })
    });
    Some(StoredFinding {
        rule: Cow::Borrowed(finding.rule),
        severity: finding.severity,
        range: finding.range.clone(),
        message: Cow::Borrowed(&finding.message),
        help: Cow::Borrowed(&finding.help),
        related: related.collect::<Option<_>>()?,
        fixes: Cow::Borrowed(&finding.fixes),
    })
}

fn restored(stored: StoredFinding, sheet: Option<&Arc<Document>>) -> Option<Finding> {
    let related = stored.related.into_iter().map(|related| {
        let document = match related.in_sheet {
            true => Some(Arc::clone(sheet?)),
            false => None,
        };
        Some(Related {
            document,
            range: related.range,
            message: related.message.into_owned(),
        })
    });
    Some(Finding {
        rule: rules::find(&stored.rule)?.meta().name,
        severity: stored.severity,
        range: stored.range,
        message: stored.message.into_owned(),
        help: stored.help.into_owned(),
        related: related.collect::<Option<_>>()?,
        fixes: stored.fixes.into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::fix::Edit;
    use crate::source::Format;

    fn document(path: &str) -> Arc<Document> {
        Arc::new(Document {
            path: path.to_owned(),
            draft: Draft::new("指标,数值\n", Format::Plain),
        })
    }

    fn finding() -> Finding {
        let words = Bilingual::fixed("多了一个“。”", "one mark too many");
        Finding::new("stray/punctuation", Severity::Info, 3..9, words.clone())
            .help(words.clone())
            .related(0..3, words.clone())
            .fix(Fix::r#unsafe(words, [Edit::delete(3..6), Edit::insert(9, "。")]))
    }

    #[test]
    fn findings_come_back_as_they_went() {
        let sheet = document("口径.csv");
        let findings = [finding(), finding().related_in(&sheet, 0..2, Bilingual::fixed("表", "sheet"))];
        let bytes = encode(&findings, Some(&sheet)).unwrap();
        assert_eq!(decode(&bytes, Some(&sheet)).unwrap(), findings);
        assert!(decode(&bytes, None).is_none());
    }

    #[test]
    fn a_place_in_another_document_is_not_kept() {
        let findings = [finding().related_in(&document("附件.md"), 0..2, Bilingual::fixed("附件", "annex"))];
        assert!(encode(&findings, Some(&document("口径.csv"))).is_none());
        assert!(encode(&findings, None).is_none());
    }

    #[test]
    fn a_rule_that_is_no_more_is_nothing() {
        let bytes = encode(&[finding()], None).unwrap();
        let other = String::from_utf8(bytes).unwrap().replace("stray/punctuation", "stray/nothing");
        assert!(decode(other.as_bytes(), None).is_none());
    }
}

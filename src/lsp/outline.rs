//! `textDocument/documentSymbol`: the outline in the side bar, in breadcrumbs and in sticky scroll.

use tower_lsp::ls_types::*;

use super::view::View;
use crate::model::outline::{self, Entry, Kind};

/// The outline of a draft, in bytes.
pub fn entries(view: &View) -> Vec<Entry> {
    let reading = view.snapshot.reading();
    outline::outline(&reading.draft, &reading.models.numbering)
}

pub fn document_symbols(view: &View) -> DocumentSymbolResponse {
    let entries = entries(view);
    if view.client.shows_nested_symbols() {
        return DocumentSymbolResponse::Nested(entries.iter().map(|entry| nested(view, entry)).collect());
    }
    let mut flat = Vec::new();
    flatten(view, &entries, None, &mut flat);
    DocumentSymbolResponse::Flat(flat)
}

/// The entries without their nesting, each with the name of the one it stands in.
pub fn flatten(view: &View, entries: &[Entry], container: Option<&str>, flat: &mut Vec<SymbolInformation>) {
    for entry in entries {
        #[expect(deprecated, reason = "the protocol's type wants the field")]
        flat.push(SymbolInformation {
            name: entry.name.clone(),
            kind: kind(entry.kind),
            tags: None,
            deprecated: None,
            location: view.location(entry.range.clone()),
            container_name: container.map(str::to_owned),
        });
        flatten(view, &entry.children, Some(&entry.name), flat);
    }
}

fn nested(view: &View, entry: &Entry) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = entry.children.iter().map(|entry| nested(view, entry)).collect();
    #[expect(deprecated, reason = "the protocol's type wants the field")]
    DocumentSymbol {
        name: entry.name.clone(),
        detail: None,
        kind: kind(entry.kind),
        tags: None,
        deprecated: None,
        range: view.range(entry.range.clone()),
        selection_range: view.range(entry.title.clone()),
        children: (!children.is_empty()).then_some(children),
    }
}

/// Editors show a picture for each kind; the protocol knows only the parts of programs.
fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Section => SymbolKind::STRING,
        Kind::Item => SymbolKind::ENUM_MEMBER,
        Kind::Table => SymbolKind::ARRAY,
        Kind::Figure => SymbolKind::OBJECT,
        Kind::Annex => SymbolKind::FILE,
    }
}

//! Edits as the client applies them.

use std::collections::HashMap;

use tower_lsp::ls_types::*;

use super::view::View;
use crate::fix::Edit;

/// Edits of the draft that is seen. Where the client can, they name the version that they were made for, so that it refuses them when the draft
/// has been changed since.
pub fn of_draft(view: &View, edits: &[Edit]) -> WorkspaceEdit {
    let edits: Vec<TextEdit> = edits
        .iter()
        .map(|edit| TextEdit::new(view.range(edit.range.clone()), edit.text.clone()))
        .collect();
    if view.client.takes_document_changes() {
        let document = OptionalVersionedTextDocumentIdentifier {
            uri: view.uri.clone(),
            version: view.version,
        };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document: document,
                edits,
            }])),
            ..WorkspaceEdit::default()
        };
    }
    WorkspaceEdit {
        changes: Some(HashMap::from([(view.uri.clone(), edits)])),
        ..WorkspaceEdit::default()
    }
}

/// Edits of another file, which is made first if it is not there. `None` if it would have to be made and the client cannot.
pub fn of_file(view: &View, uri: Uri, is_new: bool, edits: Vec<TextEdit>) -> Option<WorkspaceEdit> {
    if !view.client.takes_document_changes() {
        let changes = Some(HashMap::from([(uri, edits)]));
        return (!is_new).then(|| WorkspaceEdit {
            changes,
            ..WorkspaceEdit::default()
        });
    }
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: uri.clone(),
            version: None,
        },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    let mut operations = Vec::new();
    if is_new {
        if !view.client.can_create_files() {
            return None;
        }
        operations.push(DocumentChangeOperation::Op(ResourceOp::Create(CreateFile {
            uri,
            options: Some(CreateFileOptions {
                overwrite: Some(false),
                ignore_if_exists: Some(true),
            }),
            annotation_id: None,
        })));
    }
    operations.push(DocumentChangeOperation::Edit(edit));
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations)),
        ..WorkspaceEdit::default()
    })
}

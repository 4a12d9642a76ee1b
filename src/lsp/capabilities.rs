//! The answer to `initialize`: what the server can do.

use serde_json::Value;
use tower_lsp::ls_types::*;

use super::client::Client;
use super::{actions, convert};

/// The command that lints every draft of the workspace. Not the name of the editor's own command, which would clash with it.
pub const LINT_WORKSPACE: &str = "jiaogao.server.lintWorkspace";

pub fn answer(client: &Client, options: Option<&Value>) -> InitializeResult {
    InitializeResult {
        capabilities: capabilities(client, options),
        server_info: Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        offset_encoding: None,
    }
}

fn capabilities(client: &Client, options: Option<&Value>) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(convert::encoding_name(client.unit)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        diagnostic_provider: client.pulls.then(|| diagnostics(options)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]),
            resolve_provider: Some(true),
            ..CodeActionOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            // Only where an enumeration goes on as a rule; elsewhere a list that opens by itself would be in the way.
            trigger_characters: Some(vec!["；".to_owned(), ";".to_owned()]),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![LINT_WORKSPACE.to_owned()],
            work_done_progress_options: WorkDoneProgressOptions {
                work_done_progress: Some(true),
            },
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// A client that is told that the workspace can be pulled pulls it from the start and for ever. With an archive of old reports in the folder few
/// want that, so it is told only to clients whose user has asked for it.
fn diagnostics(options: Option<&Value>) -> DiagnosticServerCapabilities {
    let wants_all = options.and_then(|options| options.get("workspaceDiagnostics")).and_then(Value::as_bool);
    DiagnosticServerCapabilities::Options(DiagnosticOptions {
        identifier: Some("jiaogao".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: wants_all.unwrap_or(false),
        ..DiagnosticOptions::default()
    })
}

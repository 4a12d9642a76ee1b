// What the server offers beyond the Language Server Protocol.

import type { Range, TextDocumentIdentifier } from "vscode-languageclient";

/** The request `jiaogao/figures`: every figure of a draft, in the order of the text. */
export const FIGURES_REQUEST = "jiaogao/figures";

export interface FiguresParams {
    readonly textDocument: TextDocumentIdentifier;
}

/** A number of the draft and what it was read as. A part that the draft leaves open is empty or missing. */
export interface Figure {
    /** What the figure measures. */
    readonly subject: string;
    /** The value in plain digits. */
    readonly value: string;
    readonly unit: string;
    readonly period?: string | null;
    readonly place?: string | null;
    readonly role?: string | null;
    /** The heading that the figure stands under. */
    readonly section?: string | null;
    readonly range: Range;
    /** Whether another mention of the same fact says otherwise. */
    readonly conflict: boolean;
    /** The figure as written. */
    readonly text: string;
}

/** The command that lints every draft under the workspace's folders. */
export const LINT_WORKSPACE_COMMAND = "jiaogao.server.lintWorkspace";

/** The kind of the source action that applies all safe fixes. */
export const FIX_ALL_KIND = "source.fixAll.jiaogao";

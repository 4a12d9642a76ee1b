// The table of a draft's figures, beside the draft. It follows the draft in front and jumps to the figure clicked.

import * as vscode from "vscode";

import type { Server } from "./client.ts";
import { FIGURES_REQUEST, type Figure, type FiguresParams } from "./protocol.ts";
import type { FromTable, Labels, ToTable } from "./webview/messages.ts";

/** How long the table waits after a change of the draft, in milliseconds: a table that moves under every key disturbs the writer. */
const SETTLE = 300;

export class FiguresTable implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    private document: vscode.TextDocument | undefined;
    private figures: readonly Figure[] = [];
    private timer: NodeJS.Timeout | undefined;
    private readonly disposables: vscode.Disposable;

    constructor(
        private readonly server: Server,
        private readonly extension: vscode.Uri,
        private readonly isDraft: (document: vscode.TextDocument) => boolean,
    ) {
        this.disposables = vscode.Disposable.from(
            vscode.window.onDidChangeActiveTextEditor((editor) => {
                if (editor && this.isDraft(editor.document)) {
                    this.follow(editor.document);
                }
            }),
            vscode.workspace.onDidChangeTextDocument(({ document }) => {
                if (document === this.document) {
                    this.refreshSoon();
                }
            }),
            server.onDidChange(() => {
                this.refreshSoon();
            }),
        );
    }

    dispose(): void {
        clearTimeout(this.timer);
        this.panel?.dispose();
        this.disposables.dispose();
    }

    async show(): Promise<void> {
        const document = vscode.window.activeTextEditor?.document;
        if (document && this.isDraft(document)) {
            this.document = document;
        }
        if (this.panel) {
            this.panel.reveal(undefined, true);
        } else {
            this.panel = this.createPanel();
        }
        await this.refresh();
    }

    private createPanel(): vscode.WebviewPanel {
        const resources = vscode.Uri.joinPath(this.extension, "dist");
        const panel = vscode.window.createWebviewPanel(
            "jiaogao.figures",
            vscode.l10n.t("Figures"),
            { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
            { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true, localResourceRoots: [resources] },
        );
        panel.webview.onDidReceiveMessage((message: FromTable) => this.receive(message));
        panel.onDidDispose(() => {
            this.panel = undefined;
        });
        panel.webview.html = page(panel.webview, resources);
        return panel;
    }

    private async receive(message: FromTable): Promise<void> {
        if (message.kind === "ready") {
            await this.refresh();
            return;
        }
        const figure = this.figures[message.index];
        if (figure && this.document) {
            await jump(this.document, figure);
        }
    }

    private follow(document: vscode.TextDocument): void {
        if (this.panel && document !== this.document) {
            this.document = document;
            void this.refresh();
        }
    }

    private refreshSoon(): void {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.refresh(), SETTLE);
    }

    private async refresh(): Promise<void> {
        const { panel, document } = this;
        const client = this.server.running;
        if (!panel || !document || !client) {
            return;
        }
        const version = document.version;
        const params: FiguresParams = { textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document) };
        let figures: readonly Figure[] | null;
        try {
            figures = await client.sendRequest<Figure[] | null>(FIGURES_REQUEST, params);
        } catch (error) {
            this.server.output.warn(`${FIGURES_REQUEST}: ${String(error)}`);
            return;
        }
        // An answer about an older text would jump to the wrong places; the change that made it old has asked again already.
        if (document.version !== version || document !== this.document) {
            return;
        }
        this.figures = figures ?? [];
        panel.title = vscode.l10n.t("Figures of {0}", vscode.workspace.asRelativePath(document.uri).split("/").at(-1) ?? "");
        const message: ToTable = { figures: this.figures, labels: labels() };
        await panel.webview.postMessage(message);
    }
}

async function jump(document: vscode.TextDocument, { range }: Figure): Promise<void> {
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
    const editor = await vscode.window.showTextDocument(document, { viewColumn: open?.viewColumn ?? vscode.ViewColumn.One, selection });
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function labels(): Labels {
    return {
        filter: vscode.l10n.t("Filter by words or digits"),
        conflictsOnly: vscode.l10n.t("Contradictions only"),
        conflict: vscode.l10n.t("contradicts"),
        columns: [
            vscode.l10n.t("What"),
            vscode.l10n.t("Value"),
            vscode.l10n.t("Period"),
            vscode.l10n.t("Place"),
            vscode.l10n.t("Role"),
            vscode.l10n.t("Section"),
            vscode.l10n.t("Line"),
        ],
        unnamed: vscode.l10n.t("(not named)"),
        none: vscode.l10n.t("No figures."),
        summary: vscode.l10n.t("{figures} figures, {conflicts} contradict another"),
    };
}

function page(webview: vscode.Webview, resources: vscode.Uri): string {
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(resources, name)).toString();
    const source = webview.cspSource;
    return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src ${source};">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${resource("table.css")}">
</head>
<body><script src="${resource("table.js")}"></script></body>
</html>`;
}

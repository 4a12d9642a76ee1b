// The status bar item: how many findings the draft in front has, and whether the server runs.

import * as vscode from "vscode";

import type { Server } from "./client.ts";

/** The sign before each count, gravest first; the order is that of `vscode.DiagnosticSeverity`. */
const SIGNS = ["$(error)", "$(warning)", "$(info)", "$(lightbulb)"] as const;

export class Status implements vscode.Disposable {
    private readonly item = vscode.window.createStatusBarItem("jiaogao.status", vscode.StatusBarAlignment.Left, 0);
    private readonly disposables: vscode.Disposable;

    constructor(
        private readonly server: Server,
        private readonly isDraft: (document: vscode.TextDocument) => boolean,
    ) {
        this.item.name = "校稿 jiaogao";
        const update = () => {
            this.update();
        };
        this.disposables = vscode.Disposable.from(
            this.item,
            server.onDidChange(update),
            vscode.window.onDidChangeActiveTextEditor(update),
            vscode.languages.onDidChangeDiagnostics((event) => {
                const active = vscode.window.activeTextEditor?.document.uri.toString();
                if (event.uris.some((uri) => uri.toString() === active)) {
                    this.update();
                }
            }),
        );
        this.update();
    }

    dispose(): void {
        this.disposables.dispose();
    }

    private update(): void {
        const document = vscode.window.activeTextEditor?.document;
        if (!document || !this.isDraft(document)) {
            this.item.hide();
            return;
        }
        this.item.backgroundColor = undefined;
        this.show(document);
        this.item.show();
    }

    private show(document: vscode.TextDocument): void {
        const state = this.server.state;
        switch (state.kind) {
            case "starting":
                this.say("$(loading~spin) 校稿", vscode.l10n.t("Starting…"), "jiaogao.showOutput");
                break;
            case "running":
                this.showCounts(document);
                break;
            case "stopped":
                this.say("$(circle-slash) 校稿", vscode.l10n.t("The server has stopped. Click to start it again."), "jiaogao.restartServer");
                break;
            case "missing":
                this.warn(vscode.l10n.t("The program jiaogao was not found. Click to choose it."), "jiaogao.choosePath");
                break;
            case "failed":
                this.warn(vscode.l10n.t("The server did not start: {0}", state.reason), "jiaogao.showOutput");
        }
    }

    private showCounts(document: vscode.TextDocument): void {
        const counts = [0, 0, 0, 0];
        for (const diagnostic of vscode.languages.getDiagnostics(document.uri)) {
            if (diagnostic.source === "jiaogao") {
                counts[diagnostic.severity] = (counts[diagnostic.severity] ?? 0) + 1;
            }
        }
        const parts = SIGNS.map((sign, severity) => (counts[severity] ? `${sign} ${counts[severity]}` : "")).filter((part) => part !== "");
        const total = counts.reduce((sum, count) => sum + count, 0);
        const text = total === 0 ? vscode.l10n.t("No findings in this draft.") : vscode.l10n.t("Findings in this draft: {0}", total);
        this.say(`校稿 ${parts.length === 0 ? "$(check)" : parts.join(" ")}`, text, "workbench.actions.view.problems");
    }

    private say(text: string, tooltip: string, command: string): void {
        this.item.text = text;
        this.item.command = command;
        this.item.tooltip = this.tooltip(tooltip);
        this.item.accessibilityInformation = { label: `jiaogao: ${tooltip}` };
    }

    private warn(tooltip: string, command: string): void {
        this.say("$(alert) 校稿", tooltip, command);
        this.item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
    }

    private tooltip(text: string): vscode.MarkdownString {
        const tooltip = new vscode.MarkdownString(undefined, true);
        tooltip.isTrusted = { enabledCommands: ["jiaogao.showFigures", "jiaogao.fixAll", "jiaogao.restartServer", "jiaogao.showOutput"] };
        tooltip.appendText(text);
        const version = this.server.version;
        if (this.server.state.kind === "running" && version !== undefined) {
            tooltip.appendMarkdown(`\n\njiaogao ${version}`);
        }
        const links = [
            ["jiaogao.showFigures", vscode.l10n.t("Figures")],
            ["jiaogao.fixAll", vscode.l10n.t("Fix all")],
            ["jiaogao.restartServer", vscode.l10n.t("Restart")],
            ["jiaogao.showOutput", vscode.l10n.t("Output")],
        ];
        tooltip.appendMarkdown("\n\n" + links.map(([command, title]) => `[${title}](command:${command})`).join(" · "));
        return tooltip;
    }
}

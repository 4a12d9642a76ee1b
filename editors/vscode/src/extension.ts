// The extension's start: one server, the commands, the status bar item and the figures table.

import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient";

import { Server, type ServerState } from "./client.ts";
import { FiguresTable } from "./figures.ts";
import { FIX_ALL_KIND, LINT_WORKSPACE_COMMAND } from "./protocol.ts";
import { Status } from "./status.ts";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const running = new Server(context);
    server = running;
    const status = new Status(running, isDraft);
    const figures = new FiguresTable(running, context.extensionUri, isDraft);
    const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`jiaogao.${name}`, run);
    context.subscriptions.push(
        running,
        status,
        figures,
        command("restartServer", () => running.restart()),
        command("showOutput", () => {
            running.output.show();
        }),
        command("choosePath", choosePath),
        command("lintWorkspace", () => lintWorkspace(running)),
        command("fixAll", fixAll),
        command("showFigures", () => figures.show()),
        running.onDidChange(tellTrouble),
        vscode.workspace.onDidChangeConfiguration((event) => {
            // The server asks for the other settings itself.
            if (["path", "documents", "workspaceDiagnostics", "trace.server"].some((name) => event.affectsConfiguration(`jiaogao.${name}`))) {
                void running.restart();
            }
            markDraft();
        }),
        // A trusted workspace may name its own program.
        vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
        vscode.window.onDidChangeActiveTextEditor(markDraft),
    );
    markDraft();
    await running.start();
}

export async function deactivate(): Promise<void> {
    await server?.stop();
}

function isDraft(document: vscode.TextDocument): boolean {
    const languages = vscode.workspace.getConfiguration("jiaogao").get<string[]>("documents", []);
    return languages.includes(document.languageId) && ["file", "untitled"].includes(document.uri.scheme);
}

/** Tells menus and the command palette whether the editor in front holds a draft. */
function markDraft(): void {
    const document = vscode.window.activeTextEditor?.document;
    void vscode.commands.executeCommand("setContext", "jiaogao.draft", document !== undefined && isDraft(document));
}

async function tellTrouble(state: ServerState): Promise<void> {
    if (state.kind === "missing") {
        const choose = vscode.l10n.t("Choose the Program…");
        const settings = vscode.l10n.t("Open Settings");
        const message =
            state.setting === ""
                ? vscode.l10n.t("The program jiaogao was found neither in the extension nor on PATH, so drafts are not checked.")
                : vscode.l10n.t("The setting jiaogao.path points to no program: {0}", state.setting);
        const answer = await vscode.window.showErrorMessage(message, choose, settings);
        if (answer === choose) {
            await choosePath();
        } else if (answer === settings) {
            await vscode.commands.executeCommand("workbench.action.openSettings", "jiaogao.path");
        }
    } else if (state.kind === "failed") {
        const output = vscode.l10n.t("Show Output");
        const restart = vscode.l10n.t("Restart");
        const answer = await vscode.window.showErrorMessage(vscode.l10n.t("The server jiaogao did not start: {0}", state.reason), output, restart);
        if (answer !== undefined) {
            await vscode.commands.executeCommand(answer === output ? "jiaogao.showOutput" : "jiaogao.restartServer");
        }
    }
}

async function choosePath(): Promise<void> {
    const [file] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t("Choose the program jiaogao") })) ?? [];
    if (file) {
        await vscode.workspace.getConfiguration("jiaogao").update("path", file.fsPath, vscode.ConfigurationTarget.Global);
    }
}

async function lintWorkspace(running: Server): Promise<void> {
    const client = running.running;
    if (!client) {
        await tellTrouble(running.state);
        return;
    }
    await client.sendRequest(ExecuteCommandRequest.type, { command: LINT_WORKSPACE_COMMAND, arguments: [] });
    await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/** Applies the safe fixes through the editor's own way, so that undo takes them all back at once. */
async function fixAll(): Promise<void> {
    await vscode.commands.executeCommand("editor.action.sourceAction", { kind: FIX_ALL_KIND, apply: "first" });
}

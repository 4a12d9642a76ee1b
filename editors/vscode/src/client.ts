// The language client: starting, stopping and restarting the server.

import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, State, Trace, type Executable, type LanguageClientOptions } from "vscode-languageclient/node";

import { locate, type Program } from "./locate.ts";

/** What the server is doing, as far as the status bar tells. */
export type ServerState =
    | { readonly kind: "starting" | "running"; readonly program: Program }
    | { readonly kind: "stopped" }
    | { readonly kind: "missing"; readonly setting: string }
    | { readonly kind: "failed"; readonly reason: string };

/** Owns the one language client. All changes go through a queue, so that a restart in the middle of a start cannot leave two servers. */
export class Server implements vscode.Disposable {
    readonly output: vscode.LogOutputChannel;
    private readonly changed = new vscode.EventEmitter<ServerState>();
    readonly onDidChange = this.changed.event;
    private current: ServerState = { kind: "stopped" };
    private client: LanguageClient | undefined;
    private queue: Promise<void> = Promise.resolve();

    constructor(private readonly context: vscode.ExtensionContext) {
        this.output = vscode.window.createOutputChannel("校稿 jiaogao", { log: true });
    }

    get state(): ServerState {
        return this.current;
    }

    /** The client while the server runs. */
    get running(): LanguageClient | undefined {
        return this.client?.state === State.Running ? this.client : undefined;
    }

    /** The version the server tells, once it runs. */
    get version(): string | undefined {
        return this.client?.initializeResult?.serverInfo?.version;
    }

    start(): Promise<void> {
        return this.enqueue(() => this.startNow());
    }

    stop(): Promise<void> {
        return this.enqueue(() => this.stopNow());
    }

    restart(): Promise<void> {
        return this.enqueue(async () => {
            await this.stopNow();
            await this.startNow();
        });
    }

    dispose(): void {
        this.changed.dispose();
        this.output.dispose();
    }

    private enqueue(task: () => Promise<void>): Promise<void> {
        this.queue = this.queue.then(task, task);
        return this.queue;
    }

    private async startNow(): Promise<void> {
        if (this.client) {
            return;
        }
        const settings = vscode.workspace.getConfiguration("jiaogao");
        const setting = settings.get("path", "").trim();
        const program = locate({
            setting,
            extension: this.context.extensionPath,
            workspace: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
            path: process.env.PATH,
        });
        if (!program) {
            this.output.error(setting === "" ? "no program jiaogao in the extension or on PATH" : `jiaogao.path points to no program: ${setting}`);
            this.change({ kind: "missing", setting });
            return;
        }
        this.output.info(`starting ${program.file} (${program.origin})`);
        this.change({ kind: "starting", program });
        const executable: Executable = { command: program.file, args: ["server"] };
        const client = new LanguageClient("jiaogao", "校稿 jiaogao", executable, this.clientOptions(settings));
        client.onDidChangeState(({ newState }) => {
            if (newState === State.Running) {
                this.change({ kind: "running", program });
            } else if (newState === State.Stopped && this.client === client) {
                this.change({ kind: "stopped" });
            }
        });
        this.client = client;
        try {
            await client.start();
            await client.setTrace(trace(settings));
        } catch (error) {
            this.client = undefined;
            const reason = error instanceof Error ? error.message : String(error);
            this.output.error(reason);
            this.change({ kind: "failed", reason });
        }
    }

    private async stopNow(): Promise<void> {
        const client = this.client;
        this.client = undefined;
        try {
            await client?.dispose();
        } catch (error) {
            // A server that has crashed or hangs cannot be asked to stop; the client has killed it then.
            this.output.warn(error instanceof Error ? error.message : String(error));
        }
        this.change({ kind: "stopped" });
    }

    private clientOptions(settings: vscode.WorkspaceConfiguration): LanguageClientOptions {
        const languages = settings.get<string[]>("documents", []);
        return {
            documentSelector: languages.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
            outputChannel: this.output,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            diagnosticCollectionName: "jiaogao",
            initializationOptions: { workspaceDiagnostics: settings.get("workspaceDiagnostics", false) },
        };
    }

    private change(state: ServerState): void {
        this.current = state;
        this.changed.fire(state);
    }
}

function trace(settings: vscode.WorkspaceConfiguration): Trace {
    return Trace.fromString(settings.get("trace.server", "off"));
}

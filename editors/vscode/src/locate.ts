// Where the server's program is. Knows nothing of VS Code, so that plain tests can hold it.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** How a program was found: by the user's setting, inside the extension, or on PATH. */
export type Origin = "setting" | "bundled" | "path";

export interface Program {
    readonly file: string;
    readonly origin: Origin;
}

export interface Places {
    /** The setting `jiaogao.path`; empty when it is not set. */
    readonly setting: string;
    /** The folder the extension is installed in. */
    readonly extension: string;
    /** What a relative setting is relative to. */
    readonly workspace: string | undefined;
    /** The environment variable PATH. */
    readonly path: string | undefined;
}

/**
 * The program to start, or `undefined` when there is none. A setting that points to nothing finds nothing: quietly running another program
 * than the one asked for would hide the mistake.
 */
export function locate(places: Places): Program | undefined {
    if (places.setting !== "") {
        const file = expand(places.setting, places.workspace);
        return isProgram(file) ? { file, origin: "setting" } : undefined;
    }
    const bundled = path.join(places.extension, "server", withSuffix("jiaogao"));
    if (isProgram(bundled)) {
        return { file: bundled, origin: "bundled" };
    }
    for (const folder of (places.path ?? "").split(path.delimiter)) {
        const file = path.join(folder, withSuffix("jiaogao"));
        // An empty or relative entry would run whatever lies in the current folder.
        if (path.isAbsolute(folder) && isProgram(file)) {
            return { file, origin: "path" };
        }
    }
    return undefined;
}

function expand(setting: string, workspace: string | undefined): string {
    const home = setting.replace(/^~(?=$|[/\\])/, () => os.homedir());
    return path.resolve(workspace ?? os.homedir(), home);
}

function withSuffix(name: string): string {
    return process.platform === "win32" ? `${name}.exe` : name;
}

function isProgram(file: string): boolean {
    try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
    } catch {
        return false;
    }
}

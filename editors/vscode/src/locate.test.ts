import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { locate } from "./locate.ts";

let root: string;

beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "校稿 path "));
});

afterEach(() => {
    fs.rmSync(root, { recursive: true });
});

function program(...parts: string[]): string {
    const file = path.join(root, ...parts);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "", { mode: 0o755 });
    return file;
}

function find(setting = "", environment = "") {
    return locate({ setting, extension: path.join(root, "extension"), workspace: path.join(root, "workspace"), path: environment });
}

test("the setting goes before the bundled program, the bundled one before PATH", () => {
    const onPath = program("bin", "jiaogao");
    assert.deepEqual(find("", path.dirname(onPath)), { file: onPath, origin: "path" });
    const bundled = program("extension", "server", "jiaogao");
    assert.deepEqual(find("", path.dirname(onPath)), { file: bundled, origin: "bundled" });
    const own = program("my tools", "jiaogao");
    assert.deepEqual(find(own, path.dirname(onPath)), { file: own, origin: "setting" });
});

test("a relative setting is relative to the workspace", () => {
    const own = program("workspace", "tools", "jiaogao");
    assert.deepEqual(find("tools/jiaogao"), { file: own, origin: "setting" });
});

test("a setting that points to nothing finds nothing", () => {
    program("extension", "server", "jiaogao");
    assert.equal(find(path.join(root, "nothing")), undefined);
});

test("folders and files that cannot be run are no programs", () => {
    fs.mkdirSync(path.join(root, "extension", "server", "jiaogao"), { recursive: true });
    fs.mkdirSync(path.join(root, "bin"));
    fs.writeFileSync(path.join(root, "bin", "jiaogao"), "", { mode: 0o644 });
    assert.equal(find("", path.join(root, "bin")), undefined);
});

test("relative entries of PATH are passed over", () => {
    const file = program("here", "jiaogao");
    const relative = path.relative(process.cwd(), path.dirname(file));
    assert.equal(find("", ["", relative].join(path.delimiter)), undefined);
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";

// npm runs a script in the folder of its package.
const root = process.cwd();
const read = (name: string) => fs.readFileSync(path.join(root, name), "utf8");
const keys = (name: string) => Object.keys(JSON.parse(read(name)) as Record<string, string>).sort();

test("every text of the manifest is there in both languages", () => {
    const wanted = new Set([...read("package.json").matchAll(/"%([^%]+)%"/g)].map(([, key]) => key));
    assert.deepEqual(keys("package.nls.json"), [...wanted].sort());
    assert.deepEqual(keys("package.nls.zh-cn.json"), [...wanted].sort());
});

test("every text of the program is there in Chinese", () => {
    const sources = fs.readdirSync(path.join(root, "src")).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    const wanted = new Set(sources.flatMap((name) => [...read(`src/${name}`).matchAll(/l10n\.t\(\s*"([^"]+)"/g)].map(([, text]) => text)));
    assert.deepEqual(keys("l10n/bundle.l10n.zh-cn.json"), [...wanted].sort());
});

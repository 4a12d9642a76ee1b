// What the checks share: waiting, the draft, and what the command line finds in it.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const TIMEOUT = 20_000;
const SEVERITIES = ["error", "warning", "info", "hint"];
const EXTENSION = "jiaogao.jiaogao";

/** Waits until a function gives something truthy; the last thing it gave or threw is told when it never does. */
async function until(what, get) {
    const deadline = Date.now() + TIMEOUT;
    for (;;) {
        let last;
        try {
            const value = await get();
            if (value) {
                return value;
            }
            last = value;
        } catch (error) {
            last = error;
        }
        if (Date.now() > deadline) {
            throw new Error(`${what} does not come: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

/** The program inside the installed extension. */
function bundledProgram() {
    return path.join(vscode.extensions.getExtension(EXTENSION).extensionPath, "server", "jiaogao");
}

/** The process ids of servers that run a program. */
function serversOf(program) {
    return fs
        .readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((id) => {
            try {
                return fs.readlinkSync(`/proc/${id}/exe`) === program;
            } catch {
                return false;
            }
        })
        .map(Number);
}

async function openDraft(name) {
    const folder = vscode.workspace.workspaceFolders[0].uri;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, ...name.split("/")));
    await vscode.window.showTextDocument(document);
    return document;
}

/** Findings as comparable lines: rule, severity, line from 1 and the text underlined. */
function findingsShown(document) {
    return diagnostics(document).map((diagnostic) =>
        [ruleOf(diagnostic), SEVERITIES[diagnostic.severity], diagnostic.range.start.line + 1, document.getText(diagnostic.range)].join(" "),
    );
}

function findingsOfTheCommandLine(document) {
    const bytes = fs.readFileSync(document.uri.fsPath);
    return lint(document.uri.fsPath).map((finding) =>
        [finding.rule, finding.severity, finding.start.line, bytes.subarray(finding.start.byte, finding.end.byte).toString()].join(" "),
    );
}

function lint(file) {
    const options = { encoding: "utf8", maxBuffer: 1 << 26 };
    try {
        return JSON.parse(execFileSync(bundledProgram(), ["lint", "--output-format", "json", file], options));
    } catch (error) {
        // 1 tells that there are findings.
        assert.equal(error.status, 1, String(error));
        return JSON.parse(error.stdout);
    }
}

/** Saves the draft and waits until the editor shows what the command line finds in the file. */
async function expectSameFindings(document) {
    await document.save();
    const expected = findingsOfTheCommandLine(document).sort();
    await until("the findings of jiaogao lint", () => {
        assert.deepEqual(findingsShown(document).sort(), expected);
        return true;
    });
    return expected;
}

function diagnostics(document) {
    return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === "jiaogao");
}

function ruleOf(diagnostic) {
    return typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
}

function diagnosticOf(document, rule) {
    const found = diagnostics(document).find((diagnostic) => ruleOf(diagnostic) === rule);
    assert.ok(found, `no finding of ${rule}`);
    return found;
}

function positionOf(document, text) {
    const offset = document.getText().indexOf(text);
    assert.notEqual(offset, -1, `the draft has no “${text}”`);
    return document.positionAt(offset);
}

module.exports = { EXTENSION, until, bundledProgram, serversOf, openDraft, expectSameFindings, diagnostics, ruleOf, diagnosticOf, positionOf };

// All that the extension offers, in a trusted workspace.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { EXTENSION, until, bundledProgram, serversOf, openDraft, expectSameFindings, diagnostics, ruleOf, diagnosticOf, positionOf } = require("./common.js");

const ANNUAL_REPORT = "年度 总结/2031年 工作总结.md";
const OTHER_DRAFT = "年度 总结/季度 简报.txt";

let draft;

exports["shows what the command line finds, with the text under each range"] = async () => {
    draft = await openDraft(ANNUAL_REPORT);
    const findings = await expectSameFindings(draft);
    for (const rule of ["sequence/repeat", "duplicate/passage", "figure/conflict", "stray/lost-char", "stray/invisible"]) {
        assert.ok(findings.some((finding) => finding.startsWith(`${rule} `)), `nothing of ${rule}`);
    }
};

exports["runs the program that it brings along"] = async () => {
    assert.equal(vscode.extensions.getExtension(EXTENSION).isActive, true);
    assert.equal(serversOf(bundledProgram()).length, 1);
};

exports["speaks the language of the setting"] = async () => {
    const messages = (pattern) => until(`a message like ${pattern}`, () => diagnostics(draft).length > 0 && diagnostics(draft).every(({ message }) => pattern.test(message)));
    await setting("language", "en");
    await messages(/[a-z]{3}/);
    await setting("language", "zh");
    await messages(/^[^a-z]*$/);
    await setting("language", undefined);
};

exports["points at the other place"] = async () => {
    const conflict = await until("the contradiction", () => diagnosticOf(draft, "figure/conflict"));
    const other = conflict.relatedInformation?.[0]?.location;
    assert.equal(other?.uri.toString(), draft.uri.toString());
    assert.ok(!other.range.intersection(conflict.range), "it points at itself");
    assert.match(draft.getText(other.range) + draft.getText(conflict.range), /17\.6万|16\.7万/);
};

exports["has the outline of the numbering"] = async () => {
    const symbols = await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", draft.uri);
    const trail = pathTo(symbols, "一是").map(({ name }) => name.slice(0, 2));
    assert.deepEqual(trail.slice(-3), ["一、", "（二", "一是"]);
    const [section] = pathTo(symbols, "一、");
    assert.ok(pathTo(symbols, "一是").every((symbol) => section.range.contains(symbol.range) || symbol.range.contains(section.range)));
};

exports["renumbers the repeated item"] = async () => {
    const repeat = diagnosticOf(draft, "sequence/repeat");
    const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", draft.uri, repeat.range, vscode.CodeActionKind.QuickFix.value, 20);
    const fix = actions.find(({ title, edit }) => edit && title.includes("重新编号"));
    assert.ok(fix, `only ${actions.map(({ title }) => title).join(", ")}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(draft.getText().includes("六是开展文艺行动"), draft.lineAt(repeat.range.start.line).text);
    expectNothingOf("sequence/repeat", await expectSameFindings(draft));
};

exports["renames a figure wherever it is mentioned"] = async () => {
    const edit = await vscode.commands.executeCommand("vscode.executeDocumentRenameProvider", draft.uri, positionOf(draft, "16.7万亩"), "17.6万亩");
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(!draft.getText().includes("16.7万亩"));
    expectNothingOf("figure/conflict", await expectSameFindings(draft));
};

exports["applies all safe fixes"] = async () => {
    await vscode.window.showTextDocument(draft);
    const before = draft.getText();
    assert.ok(before.includes("杨树\u{200b}5.2万株"));
    await vscode.commands.executeCommand("jiaogao.fixAll");
    await until("the fixed draft", () => draft.getText().includes("杨树5.2万株"));
    expectNothingOf("stray/invisible", await expectSameFindings(draft));
    await vscode.commands.executeCommand("undo");
    assert.equal(draft.getText(), before, "one undo takes all fixes back");
};

exports["renews the findings while text is typed"] = async () => {
    const editor = await vscode.window.showTextDocument(draft);
    await editor.edit((edit) => edit.insert(positionOf(draft, "二、主要成效"), "（三）抓节俭，反浪费。\n\n"));
    const start = positionOf(draft, "（三）抓节俭");
    editor.selection = new vscode.Selection(start.translate(0, 3), start.translate(0, 3));
    for (const text of ["𠮷", "😀", "再"]) {
        await vscode.commands.executeCommand("type", { text });
    }
    assert.ok(draft.getText().includes("（三）𠮷😀再抓节俭"));
    const findings = await expectSameFindings(draft);
    assert.ok(findings.some((finding) => finding.startsWith("sequence/repeat ")), "the typed repeat is not found");
    await editor.edit((edit) => edit.delete(new vscode.Range(start, start.translate(2, 0))));
    expectNothingOf("sequence/repeat", await expectSameFindings(draft));
};

exports["checks a draft that was never saved"] = async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: "plaintext", content: "一、开头\n\n二、其次\n\n二、再次\n\n三、最后\n" });
    await vscode.window.showTextDocument(untitled);
    const repeat = await until("a finding", () => diagnosticOf(untitled, "sequence/repeat"));
    assert.equal(untitled.getText(repeat.range).slice(0, 1), "二");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
};

exports["lints the drafts that are not open"] = async () => {
    await vscode.commands.executeCommand("jiaogao.lintWorkspace");
    const other = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, ...OTHER_DRAFT.split("/"));
    await until("a finding in the other draft", () => vscode.languages.getDiagnostics(other).some((diagnostic) => ruleOf(diagnostic) === "sequence/repeat"));
};

exports["restarts the server"] = async () => {
    const [before] = serversOf(bundledProgram());
    await vscode.commands.executeCommand("jiaogao.restartServer");
    await until("another server in place of the first", () => {
        const [after, ...others] = serversOf(bundledProgram());
        return after !== undefined && after !== before && others.length === 0;
    });
    await vscode.window.showTextDocument(draft);
    await expectSameFindings(draft);
};

exports["gets over a server that dies"] = async () => {
    const [before] = serversOf(bundledProgram());
    process.kill(before, "SIGKILL");
    await until("another server", () => serversOf(bundledProgram()).some((id) => id !== before));
    await expectSameFindings(draft);
};

exports["runs the program of the setting"] = async () => {
    const own = path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, "own 程序");
    fs.copyFileSync(bundledProgram(), own);
    await setting("path", own);
    await until("the server of the setting", () => serversOf(own).length === 1 && serversOf(bundledProgram()).length === 0);
    await expectSameFindings(draft);
    await setting("path", undefined);
    await until("the server of the extension", () => serversOf(own).length === 0 && serversOf(bundledProgram()).length === 1);
    fs.unlinkSync(own);
};

function setting(name, value) {
    return vscode.workspace.getConfiguration("jiaogao").update(name, value, vscode.ConfigurationTarget.Workspace);
}

function expectNothingOf(rule, findings) {
    assert.deepEqual(findings.filter((finding) => finding.startsWith(`${rule} `)), []);
}

/** The symbols from the root to the first whose name starts with `start`. */
function pathTo(symbols, start) {
    for (const symbol of symbols) {
        const below = symbol.name.startsWith(start) ? [] : pathTo(symbol.children, start);
        if (below.length > 0 || symbol.name.startsWith(start)) {
            return [symbol, ...below];
        }
    }
    return [];
}

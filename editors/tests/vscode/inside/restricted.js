// A workspace that is not trusted and names a program of its own to run.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { bundledProgram, serversOf, openDraft, expectSameFindings, until } = require("./common.js");

exports["checks drafts all the same"] = async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const findings = await expectSameFindings(await openDraft("年度 总结/2031年 工作总结.md"));
    assert.notEqual(findings.length, 0);
};

exports["does not run the workspace's program"] = async () => {
    assert.equal(vscode.workspace.getConfiguration("jiaogao").inspect("path").workspaceValue, undefined);
    assert.equal(serversOf(bundledProgram()).length, 1);
    await vscode.commands.executeCommand("jiaogao.restartServer");
    await until("the restarted server", () => serversOf(bundledProgram()).length === 1);
    assert.equal(fs.existsSync(path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, "program was run")), false);
};

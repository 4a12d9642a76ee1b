// Runs the checks that the workspace's settings ask for, one after another, and writes how each went.
"use strict";
const fs = require("node:fs");
const vscode = require("vscode");

const suites = { everything: require("./everything.js"), restricted: require("./restricted.js") };

exports.activate = async () => {
    const settings = vscode.workspace.getConfiguration("jiaogaoChecks");
    const checks = suites[settings.get("suite")];
    if (!checks) {
        return;
    }
    const results = [];
    for (const [name, check] of Object.entries(checks)) {
        const start = Date.now();
        const error = await check().then(
            () => undefined,
            (reason) => String(reason?.stack ?? reason),
        );
        results.push({ name, error, milliseconds: Date.now() - start });
    }
    // Renamed into place, so that who waits for the file never reads half of it.
    const file = settings.get("results");
    fs.writeFileSync(`${file}.part`, JSON.stringify(results));
    fs.renameSync(`${file}.part`, file);
};

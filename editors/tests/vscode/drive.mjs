// Drives VS Code in a headless browser, as a drafter would: mouse, keys and what is to be seen.
//
// usage: node drive.mjs SCENARIO
// environment: URL of the workbench, WORKSPACE, SCREENSHOTS (a folder), PLAYWRIGHT (where it is installed)
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { chromium } = createRequire(path.join(process.env.PLAYWRIGHT, "package.json"))("playwright-core");
const { URL: url, WORKSPACE: workspace, SCREENSHOTS: screenshots } = process.env;
const TIMEOUT = 30_000;
const FOLDER = "年度 总结";
const ANNUAL_REPORT = "2031年 工作总结.md";

const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
page.setDefaultTimeout(TIMEOUT);

const problems = page.locator(".markers-panel .monaco-list-row");
const squiggles = page.locator(".squiggly-error, .squiggly-warning, .squiggly-info");
const statusItem = page.locator(".statusbar-item", { hasText: "校稿" });

/** Holds the workbench open while the checks inside the extension host run, and tells how they went. */
async function everything() {
    await open();
    await inside();
}

async function screen() {
    await open();
    await check("shows a squiggle in the draft opened from the explorer", async () => {
        await openDraft();
        await squiggles.first().waitFor({ state: "attached" });
    });
    await check("lists the findings in Problems, in Chinese", async () => {
        await command("View: Focus Problems");
        await problemWith("五是");
        await problemWith("16.7万");
    });
    await check("counts them in the status bar", async () => {
        await until(async () => /\d/.test(await statusItem.innerText()));
    });
    await check("has the outline", async () => {
        await page.locator(".pane-header", { hasText: path.basename(workspace) }).click();
        await command("Focus on Outline View");
        const rows = page.locator(".outline-pane .monaco-list-row");
        for (const text of ["一、主要做法", "（二）开展", "二、主要成效"]) {
            await rows.filter({ hasText: text }).first().waitFor();
        }
    });
    await shoot("problems");
    await check("puts the figures in a table, contradictions first", async () => {
        await command("Show the Figures of This Draft");
        const table = figures();
        const first = table.locator("tbody").first();
        await first.locator("tr.conflict").nth(1).waitFor();
        const values = await first.locator("tr.conflict button").allInnerTexts();
        assert.ok(values.some((text) => text.includes("17.6万")) && values.some((text) => text.includes("16.7万")), values.join(", "));
        assert.ok((await table.locator("tbody").count()) > 5);
    });
    await shoot("figures");
    await check("narrows the table down", async () => {
        const table = figures();
        await table.locator("input[type=checkbox]").check();
        await until(async () => (await table.locator("tbody tr:not(.conflict)").count()) === 0);
        await table.locator("input[type=checkbox]").uncheck();
        await table.locator("input[type=search]").fill("抽水机");
        await until(async () => (await table.locator("tbody tr").count()) === 1);
        await table.locator("input[type=search]").fill("");
    });
    await check("jumps to the figure clicked", async () => {
        await figures().locator("button", { hasText: "16.7万" }).first().click();
        await selectionIs(6);
    });
    await check("renames that figure with F2", async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.press("F2");
        const input = page.locator(".rename-box input.rename-input");
        await input.waitFor();
        await shoot("rename");
        await input.fill("17.6万亩");
        await page.keyboard.press("Enter");
        await problemGone("16.7万");
        await until(async () => (await figures().locator("tr.conflict").count()) === 0);
    });
    await check("renumbers the repeated item from the light bulb", async () => {
        await (await problemWith("五是")).dblclick();
        await selectionIs(2);
        await command("View: Focus First Editor Group");
        await page.keyboard.press("Control+.");
        const action = page.locator(".action-widget .monaco-list-row.action", { hasText: "重新编号" }).first();
        await action.waitFor();
        await shoot("quick-fix");
        await action.click();
        await page.locator(".view-line", { hasText: "六是开展文艺行动" }).waitFor();
        await problemGone("五是");
    });
    await check("renews the findings while text is typed", async () => {
        await page.locator(".view-line", { hasText: "（二）道路畅通" }).click();
        await page.keyboard.press("Control+End");
        await page.keyboard.insertText("\n（二）𠮷😀节俭成风。");
        await problemWith("（二）");
        await page.keyboard.press("Shift+Home");
        await page.keyboard.press("Backspace");
        await problemGone("（二）");
    });
    await check("tells clearly that there is no program", async () => {
        setInWorkspace("jiaogao.path", "/nowhere/jiaogao");
        const message = page.locator(".notification-toast", { hasText: "/nowhere/jiaogao" });
        await message.waitFor();
        assert.equal(await message.locator(".monaco-button").count(), 2);
        await shoot("no-program");
        setInWorkspace("jiaogao.path", "");
        await problemWith("七?一");
    });
}

async function restricted() {
    await open();
    await inside();
    await check("tells that the workspace is restricted, and checks it", async () => {
        await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
        await squiggles.first().waitFor({ state: "attached" });
    });
    await shoot("restricted");
    await check("runs the workspace's program once the workspace is trusted", async () => {
        const mark = path.join(workspace, "program was run");
        assert.ok(!existsSync(mark));
        await command("Workspaces: Manage Workspace Trust");
        await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
        await until(() => existsSync(mark));
    });
}

const results = [];
try {
    await { everything, screen, restricted }[process.argv[2]]();
} finally {
    for (const { name, error, milliseconds } of results) {
        console.log(error ? `  FAILED  ${name}:\n    ${error.replaceAll("\n", "\n    ")}` : `  ok      ${name} (${milliseconds} ms)`);
    }
    await browser.close();
}
process.exit(results.length > 0 && results.every(({ error }) => !error) ? 0 : 1);

/** Runs one check; a failure leaves a picture of what was to be seen. */
async function check(name, run) {
    const start = Date.now();
    let error;
    try {
        await run();
    } catch (reason) {
        error = String(reason?.stack ?? reason);
        await shoot(`FAILED ${name}`);
    }
    results.push({ name, error, milliseconds: Date.now() - start });
}

async function inside() {
    const file = JSON.parse(readFileSync(path.join(workspace, ".vscode/settings.json"), "utf8"))["jiaogaoChecks.results"];
    await until(() => existsSync(file), 300_000);
    results.push(...JSON.parse(readFileSync(file, "utf8")));
    rmSync(file);
    await shoot(`${process.argv[2]}-inside`);
}

async function open() {
    await page.goto(`${url}/?folder=${encodeURIComponent(workspace)}`, { waitUntil: "domcontentloaded" });
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
}

async function openDraft() {
    const row = (text) => page.locator(".explorer-folders-view .monaco-list-row", { hasText: text }).first();
    await row(FOLDER).click();
    await row(ANNUAL_REPORT).dblclick();
    await page.locator(".view-line", { hasText: "工作总结" }).first().waitFor();
}

async function command(title) {
    const input = page.locator(".quick-input-widget input");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
    const soon = { timeout: 2000 };
    // A view that takes the focus just now closes the list of commands again, at any moment until the command is chosen.
    await until(async () => {
        if (!(await input.isVisible())) {
            await page.keyboard.press("F1");
            await page.waitForTimeout(200);
        }
        try {
            await input.fill(`>${title}`, soon);
            await row.click(soon);
            return true;
        } catch (error) {
            if (error.name !== "TimeoutError") {
                throw error;
            }
            return false;
        }
    });
}

async function problemWith(text) {
    const row = problems.filter({ hasText: text }).first();
    await row.waitFor();
    return row;
}

async function problemGone(text) {
    await until(async () => (await problems.count()) > 0 && (await problems.filter({ hasText: text }).count()) === 0);
}

/** The page of the figures table, which stands in a frame within a frame. */
function figures() {
    return page.frameLocator("iframe.webview").frameLocator("iframe#active-frame").locator("body");
}

/** Waits until the status bar tells how many characters are selected. */
async function selectionIs(count) {
    await page.locator(".statusbar-item", { hasText: `(${count} selected)` }).waitFor();
}

function setInWorkspace(name, value) {
    const file = path.join(workspace, ".vscode/settings.json");
    const all = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...all, [name]: value }, null, 4));
}

async function until(holds, timeout = TIMEOUT) {
    const deadline = Date.now() + timeout;
    while (!(await holds())) {
        assert.ok(Date.now() < deadline, `never: ${holds}`);
        await page.waitForTimeout(50);
    }
}

async function shoot(name) {
    await page.screenshot({ path: path.join(screenshots, `${name.replaceAll(" ", "-")}.png`) });
}

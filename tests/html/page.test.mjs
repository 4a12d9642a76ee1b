// Reads the pages of `--output-format html` as a reader would: with a mouse, with keys alone, with a screen reader's eyes, and on paper.
//
// environment: PROGRAM, SCREENSHOTS (a folder), PLAYWRIGHT and AXE (where they are installed)
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const { PROGRAM, SCREENSHOTS, PLAYWRIGHT, AXE } = process.env;
const { chromium } = createRequire(path.join(PLAYWRIGHT, "package.json"))("playwright-core");
const axe = readFileSync(path.join(AXE, "node_modules/axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(path.join(tmpdir(), "校稿 html."));

/** Sentences that have little in common. */
function filler(count) {
    const parts = ["镇里 村里 社区 包片干部 驻村队员 网格员 党员代表 农技员 水管站 卫生院 供销社 林业站 中心校", "逐户 分批 当场 连夜 轮流 上门 结对 提前 按月 牵头 会同 沿线 就近",
        "清淤 修路 架灯 植树 义诊 送教 调解 巡查 补苗 验收 登记 培训 搬迁", "沟渠 便道 果园 校舍 仓库 药房 塘坝 茶山 市场 渡口 林场 桥面 苗圃", "群众 老人 学生 商户 工友 游客 菜农 渔民 乡亲 邻里 家长 住户 牧民"].map((words) => words.split(" "));
    let seed = 7;
    const pick = (words) => words[(seed = (seed * 1103515245 + 12345) % 2147483648) % words.length];
    return Array.from({ length: count }, () => `${parts.map(pick).join("")}，${[4, 1, 3, 2].map((part) => pick(parts[part])).join("")}，${pick(parts[3])}${pick(parts[4])}都说好。`);
}

const REPORT = `# 清河镇2031年上半年工作小结

春旱期间，全镇完成8.6万亩小麦抗旱工作，夏粮丰收已成定局。

## 一、党建工作

围绕庆“七?一”，开展了四项活动：一是举办红歌会。二是走访老党员。三是上好专题党课。三是评选先进个人。各村党组织共走访困难群众312户，发放慰问金15.6万元，解决实际问题86个。

## 二、民生工作

${filler(60).join("\n\n")}

逐户落实帮扶责任，各村党组织共走访困难群众312户，发放慰问金15.6万元，解决实际问题86个。

| 村 | 户数 |
|---|---|
| 河东 | 120 |
| 河西 | 192 |

## 三、农业生产

检修机井380眼，抢修渠道42公里，浇灌小麦6.8万亩。。
`;

const HOSTILE = `"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">

</section></article></main><script>window.hacked = 3</script><!-- 一是早。二是小。二是快。 -->

左\u202e右\u2066倒置\u200b，标点。。</mark><style>*{display:none}</style><a href="https://example.com/">远处</a>' onclick='window.hacked=4
`;

let browser;

before(async () => {
    browser = await chromium.launch({
        executablePath: "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
});

/** Lints drafts, given by name, and returns the address of the page. */
function lint(name, drafts, ...options) {
    const place = path.join(folder, name);
    mkdirSync(place);
    const names = Object.keys(drafts);
    names.forEach((draft) => writeFileSync(path.join(place, draft), drafts[draft]));
    const { stdout, stderr, status } = spawnSync(PROGRAM, ["lint", "--isolated", "--output-format", "html", ...options, ...names], {
        cwd: place,
        maxBuffer: 1 << 28,
    });
    assert.ok(status === 0 || status === 1, String(stderr));
    const file = path.join(place, "page.html");
    writeFileSync(file, stdout);
    return pathToFileURL(file).href;
}

/** Opens a page, hands it over, and fails if it complained, asked for anything but itself, or opened a window. */
async function read(url, options, body) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const trouble = [];
    page.on("console", (message) => trouble.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => trouble.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
    page.on("popup", () => trouble.push("a window"));
    page.on("request", (request) => request.url().split("#")[0] === url.split("#")[0] || trouble.push(`request: ${request.url()}`));
    try {
        await page.goto(url);
        await body(page);
        assert.deepEqual(trouble, []);
    } finally {
        await context.close();
    }
}

const shoot = (page, name) => page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
const card = (page, rule) => page.locator(".card", { hasText: rule });
const isInView = (locator) => locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight && getComputedStyle(element).visibility === "visible";
});
const until = async (condition, message) => {
    for (let tries = 0; tries < 60; tries++) {
        if (await condition()) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail(message ?? String(condition));
};

test("tells everything that was found, once", async () => {
    const url = lint("once", { "小结.md": REPORT });
    const found = JSON.parse(spawnSync(PROGRAM, ["lint", "--isolated", "--output-format", "json", "小结.md"], { cwd: path.join(folder, "once") }).stdout);
    await read(url, {}, async (page) => {
        assert.deepEqual(await page.locator(".card .said").evaluateAll((all) => all.map((said) => said.lastChild.textContent)), found.map((finding) => finding.message));
        assert.equal(await page.locator(".tally li").first().innerText().then((text) => text.replace(/\s+/g, "")), "错1错误");
        assert.equal(await page.title(), "小结.md");
        assert.equal(await page.locator(".outline a").allInnerTexts().then((all) => all.map((text) => text.split("\n")[0]).join()), "清河镇2031年上半年工作小结,一、党建工作,二、民生工作,三、农业生产");
        assert.equal(await page.locator(".paper td").allInnerTexts().then(String), "河东,120,河西,192");
        const measure = await page.locator(".paper p").first().evaluate((paragraph) => paragraph.clientWidth / parseFloat(getComputedStyle(paragraph).fontSize));
        assert.ok(measure >= 38 && measure <= 42, `${measure} characters to a line`);
        await shoot(page, "light");
    });
});

test("leads from a finding to its place, and from one of a pair to the other", async () => {
    await read(lint("pair", { "小结.md": REPORT }), {}, async (page) => {
        const passage = card(page, "duplicate/passage");
        await passage.locator(".go").click();
        const [own, other] = [page.locator("mark.on").first(), page.locator("mark.on-other").first()];
        assert.equal(await own.innerText(), await other.innerText());
        await until(() => isInView(own));
        assert.ok(await passage.evaluate((card) => card.classList.contains("on")));
        assert.equal(await page.locator(".join").count(), 1);
        assert.ok(!(await isInView(other)));
        await shoot(page, "pair");
        await own.click();
        await until(() => isInView(other), "a click on one shows the other");
        await page.waitForTimeout(400);
        await other.click();
        await until(() => isInView(own), "and a click on that one comes back");
        await passage.locator(".places a").first().click();
        await until(() => isInView(other));
        const { top, height } = await page.locator(".join").evaluate((join) => ({ top: join.offsetTop, height: join.offsetHeight }));
        const ends = await page.locator("mark.on, mark.on-other").evaluateAll((marks) => marks.map((mark) => mark.getClientRects()[0].top - document.querySelector(".paper").getBoundingClientRect().top));
        assert.ok(Math.abs(top - Math.min(...ends)) < 30 && height > 500, `the bracket joins both: ${top} ${height} ${ends}`);
        await page.locator(".paper h2").click();
        assert.equal(await page.locator(".card.on, mark.on, mark.on-other, .join").count(), 0);
    });
});

test("marks a finding chosen in the text in the list", async () => {
    await read(lint("text", { "小结.md": REPORT }), {}, async (page) => {
        await page.locator("mark.error").first().click();
        const chosen = page.locator(".card.on");
        assert.match(await chosen.innerText(), /sequence\/repeat/);
        assert.ok(await isInView(chosen));
        assert.equal(await chosen.locator(".go").getAttribute("aria-current"), "true");
    });
});

test("narrows the findings down by family, severity and words", async () => {
    await read(lint("filter", { "小结.md": REPORT }), {}, async (page) => {
        const all = await page.locator(".card").count();
        const shown = () => page.locator(".card:visible").count();
        const status = () => page.locator("[role=status]").innerText();
        assert.equal(await status(), `共${all}处`);
        await page.locator(".filter [value=error]").uncheck();
        assert.equal(await shown(), all - 1);
        assert.equal(await page.locator("mark.error:not(.off)").count(), 0);
        assert.equal(await status(), `列出${all - 1}处，共${all}处`);
        await page.locator(".filter [value=stray]").uncheck();
        assert.ok(await page.locator(".card:visible").evaluateAll((cards) => cards.every((card) => card.dataset.family !== "stray")));
        await page.locator(".filter [value=error]").check();
        await page.locator(".filter [value=stray]").check();
        await page.keyboard.press("/");
        await page.keyboard.type("七一 lost-char");
        assert.equal(await shown(), 1);
        await page.keyboard.press("Enter");
        assert.match(await page.locator(".card.on").innerText(), /stray\/lost-char/);
        await page.keyboard.press("/");
        await page.keyboard.type("没有这样的话");
        assert.equal(await shown(), 0);
        assert.equal(await page.locator(".card.on").count(), 0);
        await page.keyboard.press("Escape");
        assert.equal(await shown(), all);
        assert.ok(await page.evaluate(() => document.activeElement.matches(".go")));
    });
});

test("can be used by keys alone", async () => {
    await read(lint("keys", { "小结.md": REPORT }), {}, async (page) => {
        const chosen = () => page.locator(".card.on").evaluate((card) => card.id);
        const active = (selector) => page.evaluate((selector) => document.activeElement.matches(selector), selector);
        const all = await page.locator(".card").count();
        await page.keyboard.press("j");
        assert.equal(await chosen(), "d1-f1");
        await page.keyboard.press("j");
        await page.keyboard.press("ArrowDown");
        assert.equal(await chosen(), "d1-f3");
        await page.keyboard.press("k");
        assert.equal(await chosen(), "d1-f2");
        for (let step = 0; step < all + 3; step++) await page.keyboard.press("j");
        assert.equal(await chosen(), `d1-f${all}`);
        await card(page, "duplicate/passage").locator(".go").focus();
        await page.keyboard.press("Enter");
        assert.ok(await active("mark.on"), "Enter goes into the draft");
        await page.keyboard.press("o");
        assert.ok(await active("mark.on-other"), "o goes to the other place");
        await page.keyboard.press("o");
        assert.ok(await active("mark.on"), "and back");
        await page.keyboard.press("Escape");
        assert.ok(await active(".card.on .go"), "Escape goes back to the list");
        await page.keyboard.press("Tab");
        assert.ok(await active(".card.on .places a"), "Tab goes into the finding");
        await page.keyboard.press("Tab");
        assert.ok(!(await active(".go")), "and not through all the others");
        await page.keyboard.press("Escape");
        assert.equal(await page.locator(".card.on").count(), 0);
        await page.keyboard.press("?");
        assert.equal(await page.locator(".keys kbd:visible").count(), 11);
        assert.ok(await active("summary"));
    });
});

test("shows a hostile draft as text", async () => {
    for (const name of ["敌意.txt", "敌意.md"]) {
        const draft = `<svg onload=alert(1)>${name}`;
        await read(lint(`hostile ${name}`, { [draft]: HOSTILE }), {}, async (page) => {
            for (let step = 0; step < 4; step++) await page.keyboard.press("j");
            assert.equal(await page.evaluate(() => window.hacked), undefined);
            assert.equal(await page.locator("script, img, svg, iframe, style").count(), 2);
            assert.equal(await page.locator("h1").innerText(), draft);
            assert.equal(await page.locator("a[href^=http]").count(), 0);
            const text = await page.locator(".paper").textContent();
            assert.ok(text.includes("左U+202E右U+2066倒置U+200B，标点。。"), text);
            if (name.endsWith("txt")) {
                assert.ok(text.includes('"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">'), text);
            }
        });
    }
});

test("is not let out onto the network even by a script", async () => {
    const url = lint("network", { "小结.md": REPORT });
    const reached = [];
    const server = createServer((request, response) => reached.push(request.url) && response.end()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const page = await browser.newPage();
    await page.goto(url);
    const outcome = await page.evaluate(async (address) => {
        const fetched = await fetch(address).then(() => "sent", () => "refused");
        const image = new Image();
        const imaged = await new Promise((resolve) => {
            image.onload = () => resolve("sent");
            image.onerror = () => resolve("refused");
            image.src = `${address}a.png`;
        });
        const script = document.createElement("script");
        script.textContent = "window.added = true";
        document.body.append(script);
        const form = Object.assign(document.createElement("form"), { action: address });
        document.body.append(form);
        form.submit();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return { fetched, imaged, added: window.added };
    }, `http://127.0.0.1:${server.address().port}/`);
    assert.deepEqual([outcome, reached], [{ fetched: "refused", imaged: "refused", added: undefined }, []]);
    await page.close();
    server.close();
});

test("has an index for several drafts", async () => {
    const drafts = { "甲.md": REPORT, "乙.txt": "全年任务完成。\n", "丙.txt": "一是抓早。二是抓小。二是抓快。\n" };
    const url = lint("several", drafts);
    await read(url, {}, async (page) => {
        assert.equal(await page.locator("article:visible").count(), 0);
        assert.deepEqual(await page.locator(".index tbody a").allInnerTexts(), Object.keys(drafts));
        await shoot(page, "index");
        await page.locator(".index a", { hasText: "丙.txt" }).click();
        await page.locator("#d3").waitFor();
        assert.equal(await page.locator("article:visible, .index:visible").count(), 1);
        await page.keyboard.press("j");
        assert.equal(await page.locator("#d3 .card.on").count(), 1);
        await page.keyboard.press("[");
        await page.locator("#d2").waitFor();
        assert.match(await page.locator("#d2 .findings").innerText(), /没有发现问题/);
        await page.keyboard.press("j");
        await page.goBack();
        await page.locator("#d3").waitFor();
        await page.locator("#d3 .up").click();
        await page.locator(".index").waitFor();
    });
    await read(url, { viewport: { width: 390, height: 844 } }, async (page) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 390, `${wide} pixels`);
        assert.equal(await page.getByRole("columnheader").count(), 5);
        assert.equal(await page.getByRole("columnheader", { name: "错误" }).count(), 1);
    });
    await read(`${url}#d1-b3`, {}, async (page) => {
        await page.locator("#d1").waitFor();
        assert.ok(await isInView(page.locator("#d1-b3")));
    });
});

test("is whole without scripts", async () => {
    await read(lint("bare", { "甲.md": REPORT, "乙.txt": "无误。\n" }), { javaScriptEnabled: false }, async (page) => {
        assert.equal(await page.locator("article:visible").count(), 2);
        assert.equal(await page.locator(".filter:visible").count(), 0);
        await page.locator(".card .go").last().click();
        assert.match(page.url(), /#d1-m\d+$/);
    });
});

test("has landmarks, names, contrast and order for everyone", async () => {
    const url = lint("axe", { "小结.md": REPORT }, "--lang", "en");
    for (const colorScheme of ["light", "dark"]) {
        await read(url, { colorScheme, bypassCSP: true }, async (page) => {
            await page.keyboard.press("j");
            await page.keyboard.press("j");
            await page.waitForTimeout(400);
            await shoot(page, `english-${colorScheme}`);
            const { violations } = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
            assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" ")}`), []);
            assert.equal(await page.locator("html").getAttribute("lang"), "en");
            for (const role of ["main", "navigation", "complementary", "search"]) {
                assert.equal(await page.getByRole(role).count(), 1, role);
            }
            assert.match(await page.locator(".status").innerText(), /^\d+ in all$/);
        });
    }
});

test("has a ledger of the figures, each of which leads to its place", async () => {
    const url = lint("ledger", { "小结.md": REPORT });
    for (const colorScheme of ["light", "dark"]) {
        await read(url, { colorScheme, bypassCSP: true }, async (page) => {
            const ledger = page.locator(".ledger");
            assert.equal(await ledger.locator("li:visible").count(), 0);
            await ledger.locator("summary").focus();
            await page.keyboard.press("Enter");
            const facts = await ledger.locator("li:visible").allInnerTexts();
            assert.ok(facts.some((fact) => /312户.*312户/.test(fact)) && facts.some((fact) => /抢修渠道|渠道.*42公里/.test(fact)), facts.join("\n"));
            assert.match(await ledger.locator("summary").innerText(), new RegExp(`（${facts.length}项）`));
            await page.keyboard.press("Tab");
            assert.ok(await page.evaluate(() => document.activeElement.matches(".ledger a")), "Tab goes into the ledger");
            const last = ledger.locator("a", { hasText: "42公里" });
            await last.focus();
            await page.keyboard.press("Enter");
            const place = page.locator(await last.getAttribute("href"));
            await until(() => isInView(place), "a figure leads to its place");
            assert.ok(await isInView(last), "and the ledger stays where it is");
            await shoot(page, `ledger-${colorScheme}`);
            const { violations } = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
            assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" ")}`), []);
        });
    }
});

test("tells places of a Word document by its paragraphs", async () => {
    const document = path.resolve(import.meta.dirname, "../word/drafts/python-docx.docx");
    const url = lint("word", { "报告.docx": readFileSync(document) });
    await read(url, {}, async (page) => {
        const chosen = page.locator(".card", { hasText: "sequence/gap" });
        const told = (await chosen.locator(".where").innerText()).match(/第(\d+)段/)[1];
        await chosen.locator(".go").click();
        const block = page.locator("[data-line]:has(mark.on)");
        assert.equal(await block.getAttribute("data-line"), told);
        await shoot(page, "word");
    });
});

test("shows the finding chosen over the foot of a small screen", async () => {
    await read(lint("small", { "小结.md": REPORT }), { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 390, `${wide} pixels`);
        await page.locator("mark.error").first().tap();
        const sheet = page.locator(".card.on");
        const box = await sheet.boundingBox();
        assert.ok(box.y > 400 && Math.abs(box.y + box.height - 844) < 2, JSON.stringify(box));
        await shoot(page, "small");
    });
});

test("prints the draft with numbers, and the list under the same numbers", async () => {
    await read(lint("print", { "小结.md": REPORT }), {}, async (page) => {
        await page.keyboard.press("j");
        const file = path.join(SCREENSHOTS, "print.pdf");
        await page.pdf({ path: file, preferCSSPageSize: true });
        const text = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
        const all = await page.locator(".card").count();
        for (let number = 1; number <= all; number++) {
            assert.equal(text.split(`〔${number}〕`).length - 1, 2, `〔${number}〕 stands in the draft and in the list\n${text}`);
        }
        assert.ok(text.includes("检修机井380眼") && !text.includes("快捷键") && !text.includes("数字台账"), text);
        execFileSync("pdftoppm", ["-r", "60", "-png", file, path.join(SCREENSHOTS, "print")]);
    });
});

test("stays smooth with thousands of findings", async () => {
    const days = ["2月30日", "6月31日", "4月31日", "9月31日", "11月31日"];
    const paragraphs = Array.from({ length: 5000 }, (_, number) => `${(number % 9) + 1}村${number}号于${days[number % 5]}验收。`);
    const url = lint("thousands", { "清单.txt": paragraphs.join("\n") });
    await read(url, {}, async (page) => {
        const all = await page.locator(".card").count();
        assert.ok(all >= 5000, `${all} findings`);
        const time = (body) => page.evaluate(async (body) => {
            const start = performance.now();
            new Function("key", body)((key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
            document.body.offsetHeight;
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            return performance.now() - start;
        }, body);
        const navigation = await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
        const took = { load: navigation, first: await time("key('j')") };
        took.step = Math.max(...[await time("key('j')"), await time("key('j')"), await time("key('k')")]);
        took.filter = await time("const box = document.querySelector('input[type=search]'); box.value = '第1'; box.dispatchEvent(new Event('input', { bubbles: true }))");
        took.word = await time("const box = document.querySelector('input[type=search]'); box.value = '6月31日'; box.dispatchEvent(new Event('input', { bubbles: true }))");
        took.all = await time("const box = document.querySelector('input[type=search]'); box.value = ''; box.dispatchEvent(new Event('input', { bubbles: true }))");
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        await page.locator("mark").last().click();
        assert.equal(await page.locator(".card.on").count(), 1);
        assert.ok(await isInView(page.locator(".card.on")));
        took.back = await time("key('k')");
        console.log(Object.entries(took).map(([what, milliseconds]) => `${what} ${Math.round(milliseconds)} ms`).join(", "));
        assert.ok(took.load < 5000 && took.step < 400 && took.filter < 1500 && took.word < 1000 && took.all < 1500, JSON.stringify(took));
    });
});

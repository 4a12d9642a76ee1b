// Draws images/icon.png from images/icon.svg. usage: node scripts/icon.mjs PLAYWRIGHT_FOLDER
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const { chromium } = createRequire(path.resolve(process.argv[2], "package.json"))("playwright-core");
const images = path.join(import.meta.dirname, "..", "images");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(path.join(images, "icon.svg"), "utf8")}`);
await page.screenshot({ path: path.join(images, "icon.png"), omitBackground: true });
await browser.close();

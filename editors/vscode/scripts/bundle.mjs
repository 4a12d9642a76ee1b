// Bundles the extension for the extension host, and the figures table for its web page, into dist/.
import { build } from "esbuild";

const common = { bundle: true, minify: true, sourcemap: false, logLevel: "warning" };
await Promise.all([
    build({ ...common, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", platform: "node", format: "cjs", target: "node20", external: ["vscode"] }),
    build({ ...common, entryPoints: ["src/webview/table.ts"], outfile: "dist/table.js", platform: "browser", format: "iife", target: "es2022" }),
    build({ ...common, entryPoints: ["src/webview/table.css"], outfile: "dist/table.css" }),
]);

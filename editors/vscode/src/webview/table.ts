// The page of the figures table: one group of rows a subject, contradictions first, a filter above.

import type { Figure } from "../protocol.ts";
import type { FromTable, ToTable } from "./messages.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromTable): void; getState(): unknown; setState(state: Filter): void };

/** What the reader has chosen to see; kept when the page is hidden and shown again. */
interface Filter {
    words: string;
    conflictsOnly: boolean;
}

interface Row {
    readonly figure: Figure;
    /** The figure's place in the list the extension holds. */
    readonly index: number;
}

const host = acquireVsCodeApi();
const filter: Filter = { words: "", conflictsOnly: false, ...(host.getState() as Partial<Filter> | undefined) };
const words = element("input", { type: "search", value: filter.words });
const conflictsOnly = element("input", { type: "checkbox", checked: filter.conflictsOnly });
const conflictsLabel = element("span");
const summary = element("output");
const table = element("table");
let content: ToTable | undefined;

const bar = element("div", { className: "bar" });
const label = element("label");
label.append(conflictsOnly, conflictsLabel);
bar.append(words, label, summary);
document.body.append(bar, table);

words.addEventListener("input", () => {
    filter.words = words.value;
    draw();
});
conflictsOnly.addEventListener("change", () => {
    filter.conflictsOnly = conflictsOnly.checked;
    draw();
});
window.addEventListener("message", (event: MessageEvent<ToTable>) => {
    content = event.data;
    draw();
});
host.postMessage({ kind: "ready" });

function draw(): void {
    if (!content) {
        return;
    }
    host.setState(filter);
    const { figures, labels } = content;
    words.placeholder = labels.filter;
    words.ariaLabel = labels.filter;
    conflictsLabel.textContent = labels.conflictsOnly;
    const conflicts = figures.filter((figure) => figure.conflict).length;
    summary.textContent =
        figures.length === 0 ? labels.none : labels.summary.replace("{figures}", String(figures.length)).replace("{conflicts}", String(conflicts));

    const head = element("tr");
    head.append(...labels.columns.map((title) => element("th", { scope: "col", textContent: title })));
    const header = element("thead");
    header.append(head);
    table.replaceChildren(header, ...groups(figures.map((figure, index) => ({ figure, index })).filter(isWanted)).map(([subject, rows]) => group(subject || labels.unnamed, rows, labels.conflict)));

}

function isWanted({ figure }: Row): boolean {
    return (!filter.conflictsOnly || figure.conflict) && matches(figure);
}

/** The rows by subject, in the order of the text, but subjects with contradictions first. */
function groups(rows: readonly Row[]): [string, Row[]][] {
    const bySubject = new Map<string, Row[]>();
    for (const row of rows) {
        const same = bySubject.get(row.figure.subject) ?? [];
        same.push(row);
        bySubject.set(row.figure.subject, same);
    }
    const disagrees = ([, group]: [string, Row[]]) => group.some(({ figure }) => figure.conflict);
    const all = [...bySubject];
    return [...all.filter(disagrees), ...all.filter((each) => !disagrees(each))];
}

function matches(figure: Figure): boolean {
    const text = [figure.subject, figure.text, figure.value, figure.unit, figure.period, figure.place, figure.role, figure.section].join(" ");
    return filter.words.split(/\s+/).every((word) => text.includes(word));
}

function group(subject: string, rows: readonly Row[], conflict: string): HTMLTableSectionElement {
    const body = element("tbody");
    rows.forEach((row, position) => {
        const line = tableRow(row, conflict);
        if (position === 0) {
            line.prepend(element("th", { scope: "rowgroup", rowSpan: rows.length, textContent: subject }));
        }
        body.append(line);
    });
    return body;
}

function tableRow({ figure, index }: Row, conflict: string): HTMLTableRowElement {
    const row = element("tr", { className: figure.conflict ? "conflict" : "" });
    const value = element("td", { className: "value" });
    // A button, not a click on the row, so that the keyboard and a screen reader reach it too.
    const button = element("button", { type: "button", textContent: figure.text, title: `${figure.value} ${figure.unit}` });
    value.append(button);
    if (figure.conflict) {
        value.append(element("span", { className: "mark", textContent: conflict }));
    }
    const cells = [figure.period, figure.place, figure.role, figure.section, String(figure.range.start.line + 1)];
    row.append(value, ...cells.map((text) => element("td", { textContent: text ?? "" })));
    row.addEventListener("click", () => {
        host.postMessage({ kind: "jump", index });
    });
    return row;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]> = {}): HTMLElementTagNameMap[Name] {
    return Object.assign(document.createElement(name), properties);
}

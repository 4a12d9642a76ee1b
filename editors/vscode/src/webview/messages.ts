// What the extension and the table's page say to each other.

import type { Figure } from "../protocol.ts";

export interface Labels {
    readonly filter: string;
    readonly conflictsOnly: string;
    readonly conflict: string;
    /** The headings of the columns, from left to right. */
    readonly columns: readonly string[];
    readonly unnamed: string;
    readonly none: string;
    /** A sentence with `{figures}` and `{conflicts}` for the counts. */
    readonly summary: string;
}

export interface ToTable {
    readonly figures: readonly Figure[];
    readonly labels: Labels;
}

export type FromTable = { readonly kind: "ready" } | { readonly kind: "jump"; readonly index: number };

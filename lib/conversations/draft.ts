import {
  joinContexts,
  listChanges,
  type ReadContext,
  readContextText,
  validateContext,
} from "@/lib/conversations/context";
import type { ContextState } from "@/lib/conversations/versions";
import { readJson } from "@/lib/json-fault";

/** Types of a value, as the editor labels them. */
export const valueKinds = {
  text: "Text",
  number: "Number",
  yes: "Yes or no",
  nothing: "Nothing",
  json: "JSON",
} as const;

export type ValueKind = keyof typeof valueKinds;

/** One key of a context being edited. */
export interface KeyRow {
  /** Stays the same while key and value change. */
  id: number;
  key: string;
  kind: ValueKind;
  /** As typed. */
  text: string;
}

/** Returns a context's keys, each with its value as text and the value's type. */
export function toKeyRows(context: Record<string, unknown>): KeyRow[] {
  return Object.entries(context).map(([key, value], id) => ({ id, key, ...toTyped(value) }));
}

function toTyped(value: unknown): Pick<KeyRow, "kind" | "text"> {
  if (typeof value === "string") return { kind: "text", text: value };
  if (typeof value === "number") return { kind: "number", text: String(value) };
  if (typeof value === "boolean") return { kind: "yes", text: String(value) };
  if (value === null) return { kind: "nothing", text: "" };
  return { kind: "json", text: JSON.stringify(value, null, 2) };
}

/** Builds a context from rows, each value with its type, or returns the first error with the key's name. */
export function readKeyRows(rows: readonly KeyRow[]): ReadContext {
  const entries = new Map<string, unknown>();
  for (const row of rows) {
    if (row.key === "") return { why: "A key has no name." };
    if (entries.has(row.key)) return { why: `The key "${row.key}" appears twice.` };
    const fault = findValueFault(row);
    if (fault) return { why: `${row.key}: ${fault}` };
    entries.set(row.key, readValue(row));
  }
  const context = Object.fromEntries(entries);
  const why = validateContext(context);
  return why === null ? { context } : { why };
}

function findValueFault({ kind, text }: KeyRow): string | null {
  if (kind === "number") {
    const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
    return isNumber ? null : `"${text}" is not a number.`;
  }
  if (kind !== "json") return null;
  return readJson(text).why ?? null;
}

function readValue({ kind, text }: KeyRow): unknown {
  switch (kind) {
    case "text":
      return text;
    case "number":
      return Number(text);
    case "yes":
      return text === "true";
    case "nothing":
      return null;
    case "json":
      return JSON.parse(text);
  }
}

/** A context being edited, as typed, and the version the edit began from. */
export type Draft = { base: ContextState } & ({ as: "json"; text: string } | { as: "keys"; rows: KeyRow[] });

const spell = (context: object) => JSON.stringify(context, null, 2);

export function beginDraft(base: ContextState, as: Draft["as"]): Draft {
  return as === "json"
    ? { base, as, text: spell(base.context) }
    : { base, as, rows: toKeyRows(base.context) };
}

/** Returns the context of a draft, or why it is invalid. */
export function readDraft(draft: Draft): ReadContext {
  return draft.as === "json" ? readContextText(draft.text) : readKeyRows(draft.rows);
}

/** Switches the editor of a draft. An invalid draft stays in its editor, so that nothing typed is lost. */
export function editAs(draft: Draft, as: Draft["as"]): Draft {
  const { context } = readDraft(draft);
  if (as === draft.as || !context) return draft;
  return { ...beginDraft({ context, version: draft.base.version }, as), base: draft.base };
}

/** Whether the draft differs from the version it began from. An invalid draft does. */
export function isEdited(draft: Draft): boolean {
  const { context } = readDraft(draft);
  return !context || listChanges(draft.base.context, context).length > 0;
}

interface Rebased {
  draft: Draft;
  /** Paths that both sides changed; the draft has our value. */
  clashes: string[];
}

/** Applies a draft's changes to a newer version, for review before saving; null if the draft is invalid. */
export function rebaseDraft(draft: Draft, theirs: ContextState): Rebased | null {
  const { context } = readDraft(draft);
  if (!context) return null;
  const joined = joinContexts(draft.base.context, theirs.context, context);
  const begun = beginDraft({ context: joined.context, version: theirs.version }, draft.as);
  return { draft: { ...begun, base: theirs }, clashes: joined.clashes };
}

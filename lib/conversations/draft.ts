import type { ContextState } from "@/lib/conversations/context-change";
import { joinContexts } from "@/lib/conversations/join-contexts";
import { type KeyRow, readKeyRows, toKeyRows } from "@/lib/conversations/key-rows";
import { listChanges } from "@/lib/conversations/list-changes";
import { type ReadContext, readContextText } from "@/lib/conversations/read-context-text";

/** A context that is being edited, as it is typed, and the version it began from. */
export type Draft = { base: ContextState } & ({ as: "json"; text: string } | { as: "keys"; rows: KeyRow[] });

const spell = (context: object) => JSON.stringify(context, null, 2);

export function beginDraft(base: ContextState, as: Draft["as"]): Draft {
  return as === "json"
    ? { base, as, text: spell(base.context) }
    : { base, as, rows: toKeyRows(base.context) };
}

/** The context a draft makes, or what is wrong with it. */
export function readDraft(draft: Draft): ReadContext {
  return draft.as === "json" ? readContextText(draft.text) : readKeyRows(draft.rows);
}

/** The same draft edited the other way; as it is where it cannot be read, for nothing that is typed may get lost. */
export function editAs(draft: Draft, as: Draft["as"]): Draft {
  const { context } = readDraft(draft);
  if (as === draft.as || !context) return draft;
  return { ...beginDraft({ context, version: draft.base.version }, as), base: draft.base };
}

/** Whether it says something else than the version it began from. */
export function isEdited(draft: Draft): boolean {
  const { context } = readDraft(draft);
  return !context || listChanges(draft.base.context, context).length > 0;
}

export interface Rebased {
  draft: Draft;
  /** Places that both have changed; ours stands in the draft. */
  clashes: string[];
}

/** A draft's changes upon a newer version, to be looked at and saved; null where the draft cannot be read. */
export function rebaseDraft(draft: Draft, theirs: ContextState): Rebased | null {
  const { context } = readDraft(draft);
  if (!context) return null;
  const joined = joinContexts(draft.base.context, theirs.context, context);
  const begun = beginDraft({ context: joined.context, version: theirs.version }, draft.as);
  return { draft: { ...begun, base: theirs }, clashes: joined.clashes };
}

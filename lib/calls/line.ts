import * as z from "zod";
import { speakerSchema } from "@/lib/calls/call";

/**
 * What brought a line. Lines of all sources are kept and merged (lib/calls/merge-lines.ts): where several cover the same
 * words the report's wording stands, then the final's, then the conversation update's, then a partial's whose final was lost.
 */
export const lineSources = ["partial", "conversation", "transcript", "report"] as const;

const sourceSchema = z.enum(lineSources);

/** What Vapi's security filter found in a line, and what was said before it changed the words. */
export const lineFilterSchema = z.object({ threats: z.array(z.string()), original: z.string().nullable() });

const saidSchema = z.object({
  id: z.string(),
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  /** When it ended, where the source says so. */
  endedAt: z.iso.datetime().nullable(),
  source: sourceSchema,
  /** False for the words of a partial that no final has confirmed. */
  final: z.boolean(),
  /** Which assistant spoke, where Vapi says. */
  assistantName: z.string().nullish(),
  /** Of the transcriber, 0 to 1. */
  confidence: z.number().nullish(),
  filter: lineFilterSchema.nullish(),
});

/** A line as one source brought it, before it is merged with what the others brought. */
export const heardLineSchema = saidSchema.extend({
  /** False where the source gives an order but no time: it was said at `at` at the latest. */
  isTimed: z.boolean(),
  /** When the tool call that precedes it in a conversation's list was asked for: it was not said before that. */
  notBefore: z.iso.datetime().nullable(),
});

/** A line as it is shown: every word that was heard stands in one. */
export const lineSchema = saidSchema.extend({
  /**
   * The one source that has these words where others should have them, too: `live` for what was heard during the call
   * and is missing from the report. Null where nothing is missing.
   */
  onlyIn: z.enum([...lineSources, "live"]).nullable(),
});

/** What is being said right now: the whole text so far, replaced (never appended) by the next one. */
export const partialSchema = z.object({ role: speakerSchema, text: z.string(), at: z.iso.datetime() });

export type HeardLine = z.infer<typeof heardLineSchema>;
export type Line = z.infer<typeof lineSchema>;
export type LineFilter = z.infer<typeof lineFilterSchema>;
export type LineSource = Line["source"];
export type PartialLine = z.infer<typeof partialSchema>;

/**
 * The rows of both lists, one per id, in ascending order of `sortKey`. Where both know a row, `pick` decides,
 * and must not care which comes first. Returns `known` itself when `added` tells nothing new.
 */
export function unionById<Row extends { id: string }>(
  known: readonly Row[],
  added: readonly Row[],
  sortKey: (row: Row) => string,
  pick: (a: Row, b: Row) => Row,
): readonly Row[] {
  const rows = new Map(known.map((row) => [row.id, row]));
  let isChanged = false;
  for (const row of added) {
    const old = rows.get(row.id);
    const best = old ? pick(old, row) : row;
    if (best === old) continue;
    rows.set(row.id, best);
    isChanged = true;
  }
  if (!isChanged) return known;
  const order = (row: Row) => `${sortKey(row)} ${row.id}`;
  return [...rows.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Lines known and lines come, one an id, by the rule that rows are joined by (db/queries/calls/lines.ts). */
export function addHeard(known: readonly HeardLine[], added: readonly HeardLine[]): readonly HeardLine[] {
  return unionById(known, added, (line) => line.at, join);
}

/** The same object where the other tells nothing new. */
function join(a: HeardLine, b: HeardLine): HeardLine {
  const [later, other] = isLater(b, a) ? [b, a] : [a, b];
  const at = later.source === "partial" ? later.at : earliest(later.at, other.at);
  const endedAt = latest(later.endedAt, other.endedAt);
  const notBefore = latest(later.notBefore, other.notBefore);
  const isSame = at === later.at && endedAt === later.endedAt && notBefore === later.notBefore;
  return isSame ? later : { ...later, at, endedAt, notBefore };
}

/** A partial's text is replaced by the next one's, a message of a conversation grows. */
function isLater(a: HeardLine, b: HeardLine): boolean {
  if (a.source === "partial" && a.at !== b.at) return a.at > b.at;
  return a.text.length === b.text.length ? a.text > b.text : a.text.length > b.text.length;
}

const earliest = (a: string, b: string) => (a < b ? a : b);

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

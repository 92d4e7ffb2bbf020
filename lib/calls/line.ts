import * as z from "zod";
import { speakerSchema } from "@/lib/calls/call";

/**
 * Where a line comes from. Lines of all sources are kept and merged (lib/calls/merge-lines.ts): where several cover the
 * same words, the report's wording wins, then the final's, then the conversation update's, then that of a partial whose
 * final was lost.
 */
export const lineSources = ["partial", "conversation", "transcript", "report"] as const;

const sourceSchema = z.enum(lineSources);

/** What Vapi's security filter found in a line, and the original words if it changed them. */
const lineFilterSchema = z.object({ threats: z.array(z.string()), original: z.string().nullable() });

const saidSchema = z.object({
  id: z.string(),
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  /** When it ended, if the source gives it. */
  endedAt: z.iso.datetime().nullable(),
  source: sourceSchema,
  /** False for a partial's words that no final has confirmed. */
  final: z.boolean(),
  /** Which assistant spoke, if Vapi gives it. */
  assistantName: z.string().nullish(),
  /** Confidence of the transcriber, 0 to 1. */
  confidence: z.number().nullish(),
  filter: lineFilterSchema.nullish(),
});

/** A line as one source brought it, before it is merged with the other sources' lines. */
export const sourceLineSchema = saidSchema.extend({
  /** False where the source gives an order but no time: `at` is then the latest it can have been said. */
  isTimed: z.boolean(),
  /** When the preceding tool call in the conversation's list was requested: the line was not said before that. */
  notBefore: z.iso.datetime().nullable(),
});

/** A line as it is shown. Every word of any source is in one. */
export const lineSchema = saidSchema.extend({
  /**
   * The only source with these words, where others should have them too: `live` for words from during the call that
   * are missing from the report. Null where nothing is missing.
   */
  onlyIn: z.enum([...lineSources, "live"]).nullable(),
});

/** What is being said right now: the whole text so far, replaced (never appended) by the next partial. */
export const partialSchema = z.object({ role: speakerSchema, text: z.string(), at: z.iso.datetime() });

export type SourceLine = z.infer<typeof sourceLineSchema>;
export type Line = z.infer<typeof lineSchema>;
export type LineFilter = z.infer<typeof lineFilterSchema>;
export type LineSource = Line["source"];
export type PartialLine = z.infer<typeof partialSchema>;

/**
 * Merges two lists into one row per id, in ascending order of `sortKey`. Where both have a row, `pick` decides, and its
 * result must not depend on the order of its arguments. Returns `known` itself when `added` brings nothing new.
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

/** Merges new lines into the known ones, one per id, by the rules of the database (db/queries/calls/lines.ts). */
export function addSourceLines(
  known: readonly SourceLine[],
  added: readonly SourceLine[],
): readonly SourceLine[] {
  return unionById(known, added, (line) => line.at, join);
}

/** Returns one of the two objects itself where the other adds nothing. */
function join(a: SourceLine, b: SourceLine): SourceLine {
  const [later, other] = isLater(b, a) ? [b, a] : [a, b];
  const at = later.source === "partial" ? later.at : earliest(later.at, other.at);
  const endedAt = latest(later.endedAt, other.endedAt);
  const notBefore = latest(later.notBefore, other.notBefore);
  const isSame = at === later.at && endedAt === later.endedAt && notBefore === later.notBefore;
  return isSame ? later : { ...later, at, endedAt, notBefore };
}

/** A partial's text is replaced by the next one's; a conversation's message grows. */
function isLater(a: SourceLine, b: SourceLine): boolean {
  if (a.source === "partial" && a.at !== b.at) return a.at > b.at;
  return a.text.length === b.text.length ? a.text > b.text : a.text.length > b.text.length;
}

const earliest = (a: string, b: string) => (a < b ? a : b);

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

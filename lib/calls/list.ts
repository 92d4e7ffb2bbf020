import * as z from "zod";
import { type Call, callSchema } from "@/lib/calls/call";

/** As what a call is taken away. */
export const callExportSchema = z.object({ format: z.enum(["json", "txt"]).default("json") });

/** `1767524032688_019b88a4-…`: the last call of the page before, by creation (epoch ms) and id. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_.+$/, "Unknown cursor.")
  .transform((cursor) => {
    const separator = cursor.indexOf("_");
    return { createdAt: new Date(Number(cursor.slice(0, separator))), id: cursor.slice(separator + 1) };
  });

/** What a list of calls may be narrowed by, as it stands in the URL. */
export const callFilterSchema = z.object({
  /** `board`: what the live board shows, which is the live ones and those that ended a moment ago. */
  state: z.enum(["live", "ended", "board"]).optional(),
  q: z.string().trim().max(200).optional(),
  assistantId: z.string().max(200).optional(),
  conversationId: z.guid().toLowerCase().optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export type CallFilter = z.infer<typeof callFilterSchema>;

/** A page of calls. */
export const callListSchema = z.object({
  calls: z.array(callSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type CallList = z.infer<typeof callListSchema>;

/** The earlier calls of a call's number. A withheld number is many people's, so it has none. */
export const callerHistorySchema = z.object({
  /** Whether the number is known to be one caller's. */
  isKnown: z.boolean(),
  count: z.number().int(),
  /** False: there are more than `count`. */
  isExact: z.boolean(),
  /** The latest of them, newest first. */
  calls: z.array(callSchema),
});

export type CallerHistory = z.infer<typeof callerHistorySchema>;

/** Calls in one answer: the API's own limit. */
export const livePageSize = 1_000;

/**
 * Every call of the live board, however many pages they are: it shows those in need first, and the one in need may be the
 * oldest. One that two pages name, because it moved while they were read, stands once.
 *
 * @param readPage the page that begins at a cursor, the first without one.
 * @throws what `readPage` throws.
 */
export async function collectLiveCalls(
  readPage: (cursor: string | undefined) => Promise<CallList>,
): Promise<Call[]> {
  const calls = new Map<string, Call>();
  let page = await readPage(undefined);
  while (true) {
    for (const call of page.calls) calls.set(call.id, call);
    if (page.nextCursor === null) return [...calls.values()];
    page = await readPage(page.nextCursor);
  }
}

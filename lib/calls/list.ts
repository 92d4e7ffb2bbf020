import * as z from "zod";
import { type Call, callSchema } from "@/lib/calls/call";

/** Format in which a call is exported. */
export const callExportSchema = z.object({ format: z.enum(["json", "txt"]).default("json") });

/** `1767524032688_019b88a4-…`: creation (epoch ms) and id of the previous page's last call. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_.+$/, "Unknown cursor.")
  .transform((cursor) => {
    const separator = cursor.indexOf("_");
    return { createdAt: new Date(Number(cursor.slice(0, separator))), id: cursor.slice(separator + 1) };
  });

/** Filters for a list of calls, as they appear in the URL. */
export const callFilterSchema = z.object({
  /** `board`: the calls on the live board, that is live ones and those that ended a moment ago. */
  state: z.enum(["live", "ended", "board"]).optional(),
  q: z.string().trim().max(200).optional(),
  assistantId: z.string().max(200).optional(),
  conversationId: z.guid().toLowerCase().optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export type CallFilter = z.infer<typeof callFilterSchema>;

export const callListSchema = z.object({
  calls: z.array(callSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type CallList = z.infer<typeof callListSchema>;

/** Earlier calls from a call's number. Many people share a withheld number, so it has none. */
export const callerHistorySchema = z.object({
  /** Whether the number identifies one caller. */
  isKnown: z.boolean(),
  count: z.number().int(),
  /** False if there are more than `count`. */
  isExact: z.boolean(),
  /** The latest of them, newest first. */
  calls: z.array(callSchema),
});

export type CallerHistory = z.infer<typeof callerHistorySchema>;

/** Calls per response: the API's own limit. */
export const livePageSize = 1_000;

/**
 * Returns every call of the live board, however many pages that takes: the board shows calls in need first, and these
 * may be the oldest. A call that moved between pages while they were read appears once.
 *
 * @param readPage reads the page that begins at a cursor; the first page without one.
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

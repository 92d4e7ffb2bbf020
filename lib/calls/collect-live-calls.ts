import type { Call } from "@/lib/calls/call";
import type { CallList } from "@/lib/calls/call-list";

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

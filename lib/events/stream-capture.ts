import "server-only";
import type { Database } from "@/db/client";
import { readCallless, readCapture } from "@/db/queries/events/read-capture";
import type { CallRow } from "@/db/schema/calls";
import { toCapture } from "@/lib/events/to-capture";

/**
 * A capture as `npm run replay` takes it: one body a line, in their order, call after call, then what belongs to none.
 *
 * @param conversationId of the capture of a whole conversation; null for single calls
 */
export async function* streamCapture(
  db: Database,
  calls: readonly CallRow[],
  conversationId: string | null,
): AsyncGenerator<string> {
  for (const call of calls) {
    for (const body of toCapture(await readCapture(db, call))) yield `${JSON.stringify(body)}\n`;
  }
  if (!conversationId) return;
  for (const { at, message } of await readCallless(db, conversationId))
    yield `${JSON.stringify({ message: { timestamp: at.getTime(), ...message } })}\n`;
}

import "server-only";
import { db } from "@/db/client";
import { readContext } from "@/db/queries/conversations/read-context";
import { readSetting } from "@/db/queries/settings/read-setting";
import { describeError, log } from "@/lib/log";
import { transferDefaultsSetting } from "@/lib/routing/transfer-defaults";
import { withDeadline } from "@/lib/with-deadline";

/** The caller hears nothing meanwhile. */
const deadlineMs = 1_500;

/**
 * Where a call may go, best first: what its conversation's context says under `key`, then what is set for all.
 * Empty when the database is slow or gone. Never rejects.
 */
export async function listPlaces(
  key: "transferTo" | "handoffTo",
  conversationId: string | null,
): Promise<unknown[]> {
  const read = Promise.all([
    conversationId ? readContext(db, conversationId) : {},
    readSetting(db, transferDefaultsSetting),
  ]);
  try {
    const [context, defaults] = await withDeadline<[Record<string, unknown>, Record<string, unknown>]>(
      read,
      deadlineMs,
    );
    return [context[key], defaults[key]];
  } catch (cause) {
    log("warn", "where a call is to go could not be looked up", describeError(cause));
    return [];
  }
}

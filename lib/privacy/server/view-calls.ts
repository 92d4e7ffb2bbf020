import "server-only";
import type { Database } from "@/db/client";
import { type CallPage, getCallDetail, getCallerHistory, listCalls } from "@/db/queries/calls/read";
import { listCallerNames } from "@/db/queries/conversations/read";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { Call } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import {
  type CallerHistory,
  type CallFilter,
  callFilterSchema,
  collectLiveCalls,
  livePageSize,
} from "@/lib/calls/list";
import { maskCall, maskDetail } from "@/lib/calls/mask";

/**
 * A page of calls as somebody may see them. Pages and routes read calls through this: whoever may not see a number may
 * not find a call by it either.
 */
export async function viewCalls(db: Database, viewer: { role: Role }, filter: CallFilter): Promise<CallPage> {
  const isMasked = isMaskedFor(viewer);
  const page = await listCalls(db, filter, { isMasked });
  return isMasked ? { ...page, calls: page.calls.map(maskCall) } : page;
}

/** One call with everything known of it, as somebody may see it; null when there is no such call. */
export async function viewCallDetail(
  db: Database,
  viewer: { role: Role },
  callId: string,
): Promise<CallDetail | null> {
  const detail = await getCallDetail(db, callId);
  if (!detail || !isMaskedFor(viewer)) return detail;
  return maskDetail(detail, await listCallerNames(db, detail.conversation.uuid));
}

/** Every call of the live board, as somebody may see them. */
export function viewLiveCalls(db: Database, viewer: { role: Role }): Promise<Call[]> {
  return collectLiveCalls((cursor) =>
    viewCalls(db, viewer, callFilterSchema.parse({ state: "board", limit: livePageSize, cursor })),
  );
}

/**
 * The earlier calls of a call's number, as somebody may see them; null when there is no such call. Who may not see the
 * number may still see that it has called before: what is masked is who it is.
 */
export async function viewCallerHistory(
  db: Database,
  viewer: { role: Role },
  callId: string,
): Promise<CallerHistory | null> {
  const history = await getCallerHistory(db, callId);
  return history && isMaskedFor(viewer) ? { ...history, calls: history.calls.map(maskCall) } : history;
}

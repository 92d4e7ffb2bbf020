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
 * Returns a page of calls with the masking the viewer's role requires. Pages and routes read calls through this, so a
 * viewer who cannot see numbers cannot search by them either.
 */
export async function viewCalls(db: Database, viewer: { role: Role }, filter: CallFilter): Promise<CallPage> {
  const isMasked = isMaskedFor(viewer);
  const page = await listCalls(db, filter, { isMasked });
  return isMasked ? { ...page, calls: page.calls.map(maskCall) } : page;
}

/** Returns one call with all its data, masked for the viewer; null if it does not exist. */
export async function viewCallDetail(
  db: Database,
  viewer: { role: Role },
  callId: string,
): Promise<CallDetail | null> {
  const detail = await getCallDetail(db, callId);
  if (!detail || !isMaskedFor(viewer)) return detail;
  return maskDetail(detail, await listCallerNames(db, detail.conversation.uuid));
}

/** Returns every call of the live board, masked for the viewer. */
export function viewLiveCalls(db: Database, viewer: { role: Role }): Promise<Call[]> {
  return collectLiveCalls((cursor) =>
    viewCalls(db, viewer, callFilterSchema.parse({ state: "board", limit: livePageSize, cursor })),
  );
}

/**
 * Returns the earlier calls of a call's number, masked for the viewer; null if the call does not exist. A viewer who
 * cannot see the number may still see that it called before: masking hides who the caller is, not that.
 */
export async function viewCallerHistory(
  db: Database,
  viewer: { role: Role },
  callId: string,
): Promise<CallerHistory | null> {
  const history = await getCallerHistory(db, callId);
  return history && isMaskedFor(viewer) ? { ...history, calls: history.calls.map(maskCall) } : history;
}

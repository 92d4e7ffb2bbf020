import "server-only";
import type { Database } from "@/db/client";
import type { Role } from "@/lib/auth/roles";
import type { Call } from "@/lib/calls/call";
import { callFilterSchema } from "@/lib/calls/call-filter";
import { collectLiveCalls, livePageSize } from "@/lib/calls/collect-live-calls";
import { viewCalls } from "@/lib/privacy/view-calls";

/** Every call of the live board, as somebody may see them. */
export function viewLiveCalls(db: Database, viewer: { role: Role }): Promise<Call[]> {
  return collectLiveCalls((cursor) =>
    viewCalls(db, viewer, callFilterSchema.parse({ state: "board", limit: livePageSize, cursor })),
  );
}

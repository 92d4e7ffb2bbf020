import "server-only";
import type { Database } from "@/db/client";
import type { Role } from "@/lib/auth/roles";
import type { Call } from "@/lib/calls/call";
import { callFilterSchema, collectLiveCalls, livePageSize } from "@/lib/calls/list";
import { viewCalls } from "@/lib/privacy/view-calls";

/** Every call of the live board, as somebody may see them. */
export function viewLiveCalls(db: Database, viewer: { role: Role }): Promise<Call[]> {
  return collectLiveCalls((cursor) =>
    viewCalls(db, viewer, callFilterSchema.parse({ state: "board", limit: livePageSize, cursor })),
  );
}

import "server-only";
import type { Database } from "@/db/client";
import { type CallPage, listCalls } from "@/db/queries/list-calls";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { CallFilter } from "@/lib/calls/list";
import { maskCall } from "@/lib/calls/mask";

/**
 * A page of calls as somebody may see them. Pages and routes read calls through this: whoever may not see a number may
 * not find a call by it either.
 */
export async function viewCalls(db: Database, viewer: { role: Role }, filter: CallFilter): Promise<CallPage> {
  const isMasked = isMaskedFor(viewer);
  const page = await listCalls(db, filter, { isMasked });
  return isMasked ? { ...page, calls: page.calls.map(maskCall) } : page;
}

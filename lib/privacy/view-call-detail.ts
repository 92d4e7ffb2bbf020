import "server-only";
import type { Database } from "@/db/client";
import { listCallerNames } from "@/db/queries/conversations/list-caller-names";
import { getCallDetail } from "@/db/queries/get-call-detail";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { CallDetail } from "@/lib/calls/detail";
import { maskDetail } from "@/lib/calls/detail";

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

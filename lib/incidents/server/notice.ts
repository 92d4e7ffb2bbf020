import "server-only";
import { db } from "@/db/client";
import { findOpenSince, getIncidents } from "@/db/queries/incidents/read";
import { deleteEmptyIncidents } from "@/db/queries/incidents/write";
import { updateIncidentsInTurn } from "@/lib/alerts/server/update";
import { updateIncidents } from "@/lib/incidents/server/derive";
import { logRepeated } from "@/lib/log-repeated";
import { sendDue } from "@/lib/notifications/server/send-due";
import { publishIncidents } from "@/lib/realtime/server/publish";

/** Publishes changed incidents and sends due notifications. */
export async function announceIncidents(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await Promise.all([getIncidents(db, ids).then(publishIncidents), sendDue(db)]);
}

/** Updates incidents after a call failed. Never rejects; the tick makes up for failures. */
export async function noticeFailure(callId: string): Promise<void> {
  try {
    await announceIncidents(await updateIncidentsInTurn());
  } catch (cause) {
    logRepeated("error", "an incident may not be noticed before the next tick", { callId, error: cause });
  }
}

/** Closes incidents that have been quiet long enough, and opens those missed because a process died. */
export async function noticeIncidents(): Promise<void> {
  await announceIncidents(await db.transaction((tx) => updateIncidents(tx, new Date())));
  if ((await findOpenSince(db)) === null) await deleteEmptyIncidents(db);
}

import "server-only";
import type { CallRow } from "@/db/schema/calls";
import { recordFigures } from "@/lib/analytics/server/figures";
import { findFailure } from "@/lib/incidents/failure";
import { noticeFailure } from "@/lib/incidents/server/notice";
import { recordDocument } from "@/lib/reports/server/documents";

/** Follow-up to an event of an ended call: its figures, its document in the archive, an incident. Never rejects. */
export async function followUpEnd({ id, endedReason }: CallRow): Promise<void> {
  const hasFailed = endedReason !== null && findFailure(endedReason) !== null;
  await Promise.all([hasFailed && noticeFailure(id), recordFigures(id), recordDocument(id)]);
}

import "server-only";
import { db } from "@/db/client";
import { type RoutedRow, recordRouted } from "@/db/queries/routing/record-routed";
import { describeError, log } from "@/lib/log";

/** Keeps how long a request took, once its answer is on the way. Never rejects: a time that is lost is missing in a figure. */
export async function noteRouted(row: RoutedRow): Promise<void> {
  try {
    await recordRouted(db, row);
  } catch (cause) {
    log("warn", "how long a call took to route was not kept", describeError(cause));
  }
}

import "server-only";
import type { Database } from "@/db/client";
import { enqueueRoutingWarning } from "@/db/queries/notifications/enqueue-routing-warning";
import { measureRouting } from "@/db/queries/routing/measure-routing";
import { log } from "@/lib/log";
import { isAlarming } from "@/lib/routing/is-alarming";

/** Tells the log and every channel when callers wait too long for who answers them; the pages say it by themselves. */
export async function checkRouting(db: Pick<Database, "select" | "insert">, now = new Date()): Promise<void> {
  const latency = await measureRouting(db);
  if (!isAlarming(latency)) return;
  log("error", "who answers a call is decided too slowly", { ...latency });
  await enqueueRoutingWarning(db, now);
}

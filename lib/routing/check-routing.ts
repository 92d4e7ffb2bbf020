import "server-only";
import type { Database } from "@/db/client";
import { measureRouting } from "@/db/queries/routing/measure-routing";
import { log } from "@/lib/log";
import { isAlarming } from "@/lib/routing/is-alarming";

/** Says in the log when callers wait too long for who answers them; the pages say it by themselves. */
export async function checkRouting(db: Pick<Database, "select">): Promise<void> {
  const latency = await measureRouting(db);
  if (isAlarming(latency)) log("error", "who answers a call is decided too slowly", { ...latency });
}

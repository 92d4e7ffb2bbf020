/**
 * A process that passes on what there is, for runs that kill it: `--import tsx --conditions=react-server`. Once; forked, once for each
 * message, which is the time by its clock, for a second at most.
 */
import { db } from "@/db/client";
import { forwardDue } from "@/lib/forwarding/server/forward";

if (process.send) {
  process.on("message", async (at) => {
    await forwardDue(db, () => new Date(Number(at)), 1_000);
    process.send?.("done");
  });
} else {
  await forwardDue(db);
  await db.$client.end();
}

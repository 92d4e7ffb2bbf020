/**
 * A separate process that forwards due events, for tests that kill it: `--import tsx --conditions=react-server`. It
 * runs once or, when forked, once per message, which carries the current time, for 1 s at most.
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

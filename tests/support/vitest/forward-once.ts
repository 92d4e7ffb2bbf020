/** A process that passes on what there is, for tests that kill it: `node --import tsx --conditions=react-server`. */
import { db } from "@/db/client";
import { forwardDue } from "@/lib/forwarding/server/forward";

await forwardDue(db);
await db.$client.end();

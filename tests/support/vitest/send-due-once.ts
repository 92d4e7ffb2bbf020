/** A separate process that sends notifications, for tests that kill it: `node --import tsx --conditions=react-server`. */
import { db } from "@/db/client";
import { sendDue } from "@/lib/notifications/server/send-due";

await sendDue(db);
await db.$client.end();

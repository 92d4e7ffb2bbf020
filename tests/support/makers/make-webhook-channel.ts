import { db } from "@/db/client";
import { createChannel } from "@/lib/notifications/server/manage";
import { tester } from "@/tests/support/makers/make-credential";

/** A channel to this URL that is notified at once, of updates too where that is said. */
export function makeWebhookChannel(url: string, { tellsUpdates = false } = {}) {
  const settings = { afterMinutes: 0, quietHours: null, tellsUpdates };
  return createChannel(db, { kind: "webhook", name: "Ops", url, ...settings }, tester);
}

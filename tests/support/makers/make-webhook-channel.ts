import { db } from "@/db/client";
import { createChannel } from "@/lib/notifications/server/manage";
import { tester } from "@/tests/support/makers/make-credential";

/** Creates a channel for this URL that is notified at once and, with `tellsUpdates`, of updates too. */
export function makeWebhookChannel(url: string, { tellsUpdates = false } = {}) {
  const settings = { afterMinutes: 0, quietHours: null, tellsUpdates };
  return createChannel(db, { kind: "webhook", name: "Ops", url, ...settings }, tester);
}

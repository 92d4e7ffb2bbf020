import { desc, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { alerts } from "@/db/schema/alerts";
import { callDocuments } from "@/db/schema/call-documents";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { notifications } from "@/db/schema/notifications";
import { routedRequests } from "@/db/schema/routed-requests";

it.each([
  ["calls", db.select().from(calls).orderBy(newestFirst(calls.createdAt), calls.id)],
  ["events", db.select().from(events).orderBy(newestFirst(events.receivedAt))],
  ["alerts", db.select().from(alerts).orderBy(newestFirst(alerts.openedAt), alerts.id)],
  [
    "notifications",
    db.select().from(notifications).orderBy(newestFirst(notifications.createdAt), notifications.id),
  ],
  [
    "routed requests",
    db.select().from(routedRequests).orderBy(desc(routedRequests.arrivedAt), routedRequests.id),
  ],
  [
    "the archive",
    db.select().from(callDocuments).orderBy(newestFirst(callDocuments.createdAt), callDocuments.callId),
  ],
])("the newest of %s come out of an index, not out of a sort of all there are", async (_, query) => {
  const plan = await db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(sql`explain ${query.limit(50)}`);
  });
  expect(JSON.stringify(plan)).toContain("Index Scan");
  expect(JSON.stringify(plan)).not.toContain("Sort");
});

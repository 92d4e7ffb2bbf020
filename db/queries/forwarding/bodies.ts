import "server-only";
import { inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { FeedItem } from "@/db/queries/forwarding/feed";
import { exactColumns } from "@/db/rows";
import { alertChanges } from "@/db/schema/alerts";
import { type CallRow, calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";

export type StoredEvent = Pick<typeof events.$inferSelect, "key" | "type" | "at" | "message">;

/** The data from which items are built, as currently stored; deleted entries are missing. */
interface Sources {
  events: ReadonlyMap<string, StoredEvent>;
  /** The alert's id, by the id of its change. */
  alertIds: ReadonlyMap<string, string>;
  calls: ReadonlyMap<string, CallRow>;
}

/** Reads the data these items are built from, numbers as they came. */
export async function readSources(
  db: Pick<Database, "select">,
  items: readonly FeedItem[],
): Promise<Sources> {
  const keysOf = (kind: FeedItem["kind"]) => items.filter((item) => item.kind === kind).map(({ key }) => key);
  const callIds = [...new Set(items.flatMap(({ callId }) => callId ?? []))];
  const { key, type, at, message } = exactColumns(events);
  const [eventRows, changeRows, callRows] = await Promise.all([
    db
      .select({ key, type, at, message })
      .from(events)
      .where(inArray(events.key, keysOf("event"))),
    db
      .select({ id: alertChanges.id, alertId: alertChanges.alertId })
      .from(alertChanges)
      .where(inArray(alertChanges.id, keysOf("alert"))),
    db.select(exactColumns(calls)).from(calls).where(inArray(calls.id, callIds)),
  ]);
  return {
    events: new Map(eventRows.map((row) => [row.key, row])),
    alertIds: new Map(changeRows.map(({ id, alertId }) => [id, alertId])),
    calls: new Map(callRows.map((row) => [row.id, row])),
  };
}

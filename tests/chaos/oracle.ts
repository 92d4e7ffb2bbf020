import postgres, { type PendingQuery, type Row, type Sql } from "postgres";
import { z } from "zod";
import { waitUntil } from "@/scripts/local/wait-until";
import { type Acknowledged, unpackBody } from "./callers";

/** Columns ignored per table, because they depend on the delivery (time, number, order, response) rather than on the event. */
const compared: Readonly<Record<string, readonly string[]>> = {
  events: ["received_at", "answer", "took_ms", "repeats", "repeated_at", "recorded_in"],
  lines: [],
  marks: [],
  reports: [],
  // In the second database, the tools do nothing.
  tool_calls: ["answered_at", "result", "error", "rank"],
  calls: ["alerted_at", "checked_at", "documented_version", "judged_version", "version"],
  // An alert keeps the id it was noticed under, even if a late event moves its beginning.
  alerts: ["id", "noticed_at", "call_version"],
};

/** Alerts that later events withdrew depend on when they were checked, and no list shows them. */
const whichOf: Readonly<Record<string, (sql: Sql) => PendingQuery<Row[]>>> = {
  alerts: (sql) => sql`outcome <> 'withdrawn'`,
};

/** Most of an event's time is spent waiting for what follows from it, such as the alerts' next turn. */
const atOnce = 200;

/** Delivers every acknowledged event once, in order and without kills, to the database of this process (DATABASE_URL). */
export async function replayUndisturbed(acknowledged: readonly Acknowledged[]): Promise<void> {
  // Imported late because the modules read the environment when they load.
  const { deliver } = await import("@/tests/support/deliveries/deliver");
  const { noticeOpenAlerts } = await import("@/lib/alerts/server/notice");
  const { db } = await import("@/db/client");
  const waiting = new Map(acknowledged.map((event) => [event.packed, event])).values();
  const deliverNext = async () => {
    for (const event of waiting)
      await waitUntil("an undisturbed event to be taken", async () => {
        const { status } = await deliver(unpackBody(event), { conversation: event.conversation });
        return status === 200;
      });
  };
  await Promise.all(Array.from({ length: atOnce }, deliverNext));
  await noticeOpenAlerts(db);
}

type Difference = { table: string; missing: string[]; extra: string[] };

/** Types answered before they are recorded: a caller on the phone must never wait for our database. */
const answeredFirst = new Set(["assistant-request", "function-call", "tool-calls"]);

const inMemoryMs = 10_000;

/**
 * Returns the rows that only one of the two databases has, except events that were answered shortly before the app was
 * killed but not yet recorded: they are lost with its memory.
 *
 * @param appKills epoch ms
 */
export async function compareDatabases(disturbed: Sql, undisturbedUrl: string, appKills: readonly number[]) {
  const undisturbed = postgres(undisturbedUrl, { max: 1 });
  const differences: Difference[] = [];
  let lostInMemory = 0;
  try {
    for (const [table, ignored] of Object.entries(compared)) {
      const read = async (sql: Sql) => {
        const rows = await sql<{ row: string }[]>`
          select (to_jsonb(t) - string_to_array(${ignored.join(",")}, ','))::text as row from ${sql(table)} t
          where ${whichOf[table]?.(sql) ?? sql`true`}`;
        return new Set(rows.map(({ row }) => row));
      };
      const [is, shouldBe] = await Promise.all([read(disturbed), read(undisturbed)]);
      const absent = [...shouldBe].filter((row) => !is.has(row));
      const missing = absent.filter((row) => table !== "events" || !diedInMemory(row, appKills));
      lostInMemory += absent.length - missing.length;
      const extra = [...is].filter((row) => !shouldBe.has(row));
      if (missing.length > 0 || extra.length > 0) differences.push({ table, missing, extra });
    }
    return { differences, lostInMemory };
  } finally {
    await undisturbed.end();
  }
}

const eventSchema = z.object({ type: z.string(), at: z.coerce.date() });

function diedInMemory(row: string, appKills: readonly number[]): boolean {
  const { type, at } = eventSchema.parse(JSON.parse(row));
  return (
    answeredFirst.has(type) &&
    appKills.some((killedAt) => at.getTime() <= killedAt && at.getTime() > killedAt - inMemoryMs)
  );
}

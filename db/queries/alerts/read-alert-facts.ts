import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { fromRecord } from "@/db/from-record";
import { alertActs } from "@/db/schema/alert-acts";
import { type AlertRow, alerts } from "@/db/schema/alerts";
import { type CallRow, calls } from "@/db/schema/calls";
import { lines } from "@/db/schema/lines";
import { marks } from "@/db/schema/marks";
import { toActs } from "@/db/to-acts";
import { toHeardLine, toMark } from "@/db/to-rows";
import type { Act } from "@/lib/alerts/alert";
import type { Heard } from "@/lib/alerts/silences";
import { isOver } from "@/lib/calls/call";

/** An alert that was noticed, and what people did about it. */
export interface KnownAlert {
  row: AlertRow;
  log: Act[];
}

/** All that a call's alerts follow from, as of one moment. */
export interface AlertFacts {
  call: CallRow;
  heard: Heard;
  known: KnownAlert[];
}

type Rows = Record<string, unknown>[];

/** Reads them in one statement, so in one snapshot: what is derived belongs to the call's version that came with it. */
export async function readAlertFacts(
  db: Pick<Database, "select">,
  callIds: readonly string[],
): Promise<AlertFacts[]> {
  if (callIds.length === 0) return [];
  const found = await db
    .select({
      call: sql<Record<string, unknown>>`to_jsonb(${calls})`,
      marks: rowsOf(marks, sql`${marks.callId} = ${calls.id}`),
      lines: rowsOf(lines, sql`${lines.callId} = ${calls.id} and ${lines.source} = 'transcript'`),
      alerts: rowsOf(alerts, sql`${alerts.callId} = ${calls.id}`),
      acts: rowsOf(
        alertActs,
        sql`${alertActs.alertId} in (select ${alerts.id} from ${alerts} where ${alerts.callId} = ${calls.id})`,
      ),
    })
    .from(calls)
    .where(inArray(calls.id, [...callIds]));
  return found.map((record) => {
    const call = fromRecord(calls, record.call);
    const acts = record.acts.map((act) => fromRecord(alertActs, act));
    return {
      call,
      heard: toHeard(call, record.marks, record.lines),
      known: record.alerts.map((alert) => {
        const row = fromRecord(alerts, alert);
        return { row, log: toActs(acts.filter(({ alertId }) => alertId === row.id)) };
      }),
    };
  });
}

function rowsOf(table: PgTable, condition: ReturnType<typeof sql>) {
  return sql<Rows>`coalesce((select jsonb_agg(to_jsonb(${table})) from ${table} where ${condition}), '[]'::jsonb)`;
}

function toHeard(call: CallRow, markRows: Rows, lineRows: Rows): Heard {
  const endedAt = call.endedAt ?? (isOver(call.status) ? call.lastEventAt : null);
  return {
    marks: markRows.map((row) => toMark(fromRecord(marks, row))),
    lines: lineRows.map((row) => toHeardLine(fromRecord(lines, row), null)),
    assistantSpokeAt: call.assistantSpokeAt?.toISOString() ?? null,
    startedAt: call.startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

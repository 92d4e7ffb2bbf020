import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { toActions, toAlert } from "@/db/queries/alerts/rows";
import { toMark, toSourceLine } from "@/db/queries/calls/rows";
import { isSetAside } from "@/db/queries/set-aside";
import { fromRecord, newestFirst, openedBefore } from "@/db/rows";
import { type AlertRow, alertActs, alerts } from "@/db/schema/alerts";
import { type CallRow, calls, lines, marks } from "@/db/schema/calls";
import {
  type Alert,
  type AlertAction,
  type AlertList,
  type EpisodeKind,
  episodeKinds,
} from "@/lib/alerts/alert";
import type { AlertFilter, AlertNarrowing } from "@/lib/alerts/filter";
import type { AlertRules } from "@/lib/alerts/rules";
import type { SpeechFacts } from "@/lib/alerts/silences";
import { isOver, staleAfterMs } from "@/lib/calls/call";
import { toKeysetPage } from "@/lib/keyset";
import { toChosenDays } from "@/lib/periods";
import { toDayStart } from "@/lib/zone-time";
import { addDays } from "@/lib/zones";

/**
 * Calls that may have an open alert at `now`: an unanswered hang, a long silence, an alert not closed yet. A superset, found by
 * columns alone. See `findUnchecked` for the others.
 */
export async function findCallsToCheck(db: Database, rules: AlertRules, now: Date): Promise<string[]> {
  const open = db.select({ id: alerts.callId }).from(alerts).where(isNull(alerts.closedAt));
  const live = db
    .select({ id: calls.id })
    .from(calls)
    .where(
      and(
        sql`${calls.status} in ('queued', 'ringing', 'in-progress', 'forwarding')`,
        or(...episodeKinds.map((kind) => isDue[kind](rules, now))),
      ),
    );
  const found = await open.union(live);
  return found.map(({ id }) => id);
}

interface UncheckedCall {
  id: string;
  version: number;
  /** False for a call without speech times, such as an imported one. */
  mayHaveAlerts: boolean;
}

/**
 * Calls that have ended, hung or had an alert but were not checked after their last event, because a process may die
 * between recording an event and checking for alerts. Calls with an open alert are left to `findCallsToCheck`.
 */
export async function findUnchecked(db: Pick<Database, "select">, limit: number): Promise<UncheckedCall[]> {
  return db
    .select({
      id: calls.id,
      version: calls.version,
      mayHaveAlerts: sql<boolean>`${calls.alertedAt} is not null or ${calls.hangs} > 0
        or (${calls.startedAt} is not null and ${lastSpeechAt} > ${calls.startedAt})`,
    })
    .from(calls)
    .where(
      and(
        isNull(calls.judgedVersion),
        sql`(${calls.alertedAt} is not null or ${calls.hangs} > 0
          or ${calls.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled'))`,
        sql`not exists (select from ${alerts} where ${alerts.callId} = ${calls.id} and ${alerts.closedAt} is null)`,
        sql`not ${isSetAside("alerts", calls.id)}`,
      ),
    )
    .limit(limit);
}

/** Records the version at which each call was checked; calls with later events stay unjudged. */
export async function recordChecked(
  db: Pick<Database, "execute">,
  checked: readonly Pick<UncheckedCall, "id" | "version">[],
): Promise<void> {
  if (checked.length === 0) return;
  const versions = JSON.stringify(checked.map(({ id, version }) => ({ id, version })));
  await db.execute(sql`
    with seen as (
      select c.id, n.version from jsonb_to_recordset(${versions}::jsonb) as n(id text, version int)
      join ${calls} c on c.id = n.id order by c.id for no key update of c
    )
    update ${calls} c set judged_version = seen.version from seen where c.id = seen.id and c.version = seen.version
  `);
}

/** The SQL that finds live calls which may have an alert of each kind at `now`. */
const isDue: Readonly<Record<EpisodeKind, (rules: AlertRules, now: Date) => SQL | undefined>> = {
  hang: () => sql`${calls.hangAt} > coalesce(${calls.assistantSpokeAt}, '-infinity')`,
  "no-answer": ({ noAnswerSeconds }, now) => isSilentFor(noAnswerSeconds, now),
  silence: ({ silenceSeconds }, now) => isSilentFor(silenceSeconds, now),
};

/** When anybody was last heard in the call, or its start; null if neither is known. */
const lastSpeechAt = sql`greatest(${calls.userStartedAt}, ${calls.userStoppedAt}, ${calls.userFinalAt},
  ${calls.assistantStartedAt}, ${calls.assistantStoppedAt}, ${calls.assistantSpokeAt}, ${calls.startedAt})`;

/** Ignores who spoke last, which the columns do not show. */
export function isSilentFor(seconds: number | null, now: Date): SQL | undefined {
  if (seconds === null) return undefined;
  return and(
    eq(calls.status, "in-progress"),
    gt(calls.lastEventAt, new Date(now.getTime() - staleAfterMs)),
    lt(lastSpeechAt, sql.param(new Date(now.getTime() - seconds * 1000), calls.startedAt)),
  );
}

/**
 * The id under which an alert is stored: its own, or that of the alert whose span contains its beginning; null for
 * neither.
 */
export async function findNoticed(
  db: Pick<Database, "select">,
  id: string,
  { callId, sinceMs, isRule }: { callId: string; sinceMs: number; isRule: boolean },
): Promise<string | null> {
  const since = new Date(sinceMs);
  const [found] = await db
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.callId, callId),
        or(
          eq(alerts.id, id),
          isRule
            ? undefined
            : and(
                inArray(alerts.kind, [...episodeKinds]),
                lte(alerts.since, since),
                or(isNull(alerts.closedAt), gt(alerts.closedAt, since)),
              ),
        ),
      ),
    )
    .orderBy(desc(eq(alerts.id, id)), asc(alerts.since))
    .limit(1);
  return found?.id ?? null;
}

/** Returns a stored alert, or null for an unknown id. */
export async function getAlert(db: Pick<Database, "select">, id: string): Promise<Alert | null> {
  const [found] = await db
    .select()
    .from(alerts)
    .innerJoin(calls, eq(alerts.callId, calls.id))
    .where(eq(alerts.id, id));
  if (!found) return null;
  const acts = await db.select().from(alertActs).where(eq(alertActs.alertId, id)).orderBy(asc(alertActs.id));
  return toAlert(found.alerts, found.calls, toActions(acts));
}

/** Stored alerts that were not withdrawn, newest first, in keyset pages, so that every page costs the same. */
export async function listAlerts(
  db: Pick<Database, "select">,
  { callId, cursor, limit, ...narrowing }: Pick<AlertFilter, "callId" | "cursor" | "limit"> & AlertNarrowing,
): Promise<AlertList> {
  const rows = await db
    .select()
    .from(alerts)
    .innerJoin(calls, eq(alerts.callId, calls.id))
    .where(
      and(
        ne(alerts.outcome, "withdrawn"),
        callId === undefined ? undefined : eq(alerts.callId, callId),
        ...conditionsOf(narrowing),
        cursor && openedBefore(alerts, cursor),
      ),
    )
    .orderBy(newestFirst(alerts.openedAt), alerts.id)
    .limit(limit + 1);
  const { page, nextCursor } = toKeysetPage(
    rows.map((row) => ({ ...row, openedAt: row.alerts.openedAt, id: row.alerts.id })),
    limit,
  );
  const ids = page.map(({ id }) => id);
  const acts = ids.length > 0 ? await db.select().from(alertActs).where(inArray(alertActs.alertId, ids)) : [];
  return {
    alerts: page.map((row) =>
      toAlert(row.alerts, row.calls, toActions(acts.filter(({ alertId }) => alertId === row.alerts.id))),
    ),
    nextCursor,
  };
}

function conditionsOf(narrowing: AlertNarrowing): (SQL | undefined)[] {
  const { kind, assistant, owner, zone = "UTC" } = narrowing;
  const { from, to } = toChosenDays(narrowing, zone, Date.now());
  return [
    // The index returns one kind in order; several kinds are filtered from all rows.
    kind && (kind.length === 1 ? sql`${alerts.kind} = ${kind[0]}` : inArray(alerts.kind, kind)),
    assistant === undefined ? undefined : eq(alerts.assistant, assistant),
    owner === undefined ? undefined : sql`${alerts.assignee}->>'id' = ${owner}`,
    from === null ? undefined : gte(alerts.openedAt, toDayStart(from, zone)),
    to === null ? undefined : lt(alerts.openedAt, toDayStart(addDays(to, 1), zone)),
  ];
}

/** A stored alert with the actions people took on it. */
interface KnownAlert {
  row: AlertRow;
  log: AlertAction[];
}

/** Everything a call's alerts are derived from, at one moment. */
export interface AlertFacts {
  call: CallRow;
  heard: SpeechFacts;
  known: KnownAlert[];
}

type Rows = Record<string, unknown>[];

/** Reads the facts in one statement, so in one snapshot: alerts derived from them match the call version returned here. */
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
      heard: toSpeechFacts(call, record.marks, record.lines),
      known: record.alerts.map((alert) => {
        const row = fromRecord(alerts, alert);
        return { row, log: toActions(acts.filter(({ alertId }) => alertId === row.id)) };
      }),
    };
  });
}

function rowsOf(table: PgTable, condition: ReturnType<typeof sql>) {
  return sql<Rows>`coalesce((select jsonb_agg(to_jsonb(${table})) from ${table} where ${condition}), '[]'::jsonb)`;
}

function toSpeechFacts(call: CallRow, markRows: Rows, lineRows: Rows): SpeechFacts {
  const endedAt = call.endedAt ?? (isOver(call.status) ? call.lastEventAt : null);
  return {
    marks: markRows.map((row) => toMark(fromRecord(marks, row))),
    lines: lineRows.map((row) => toSourceLine(fromRecord(lines, row), null)),
    assistantSpokeAt: call.assistantSpokeAt?.toISOString() ?? null,
    startedAt: call.startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

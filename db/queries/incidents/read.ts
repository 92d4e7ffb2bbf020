import "server-only";
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, ne, notInArray, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toActs, toActsState } from "@/db/queries/alerts/rows";
import { newestFirst } from "@/db/rows";
import { alerts } from "@/db/schema/alerts";
import { calls, toolCalls } from "@/db/schema/calls";
import { type IncidentRow, incidentActs, incidentMembers, incidents } from "@/db/schema/incidents";
import { findDirection, liveStatuses } from "@/lib/calls/call";
import { endedReasons } from "@/lib/calls/ended-reason";
import type { BackgroundCall, Signal } from "@/lib/incidents/bursts";
import { versionValue } from "@/lib/incidents/cause-label";
import type { IncidentDetail } from "@/lib/incidents/detail";
import { findFailure } from "@/lib/incidents/failure";
import { type CauseValues, type Incident, incidentState } from "@/lib/incidents/incident";

type Reader = Pick<Database, "select">;

/** End reasons that are no failure are filtered out in SQL. */
const fineEnds = Object.entries(endedReasons).flatMap(([code, [group]]) =>
  group === "our-fault" || group === "provider-fault" ? [] : code,
);

const scopeColumns = {
  assistantId: calls.assistantId,
  assistantName: calls.assistantName,
  assistantVersion: calls.assistantVersion,
  phoneNumber: calls.phoneNumber,
};

interface Scope {
  assistantId: string | null;
  assistantName: string | null;
  assistantVersion: string | null;
  phoneNumber: string | null;
}

/** The values of a call that several calls can share. */
export function toScope({ assistantId, assistantName, assistantVersion, phoneNumber }: Scope): CauseValues {
  const assistant = assistantId ?? assistantName;
  return {
    ...(assistant && { assistant }),
    ...(assistant && assistantVersion && { version: versionValue(assistant, assistantVersion) }),
    ...(phoneNumber && { number: phoneNumber }),
  };
}

/** Limits for each query; the newest rows stand for the rest. */
const mostCalls = 5_000;

/**
 * Alerts that opened, calls that failed and tools that failed since then, with their assistants' names. Excludes alerts of
 * rules: a rule need not mean trouble.
 */
export async function readSignals(
  db: Reader,
  since: Date,
): Promise<{ signals: Signal[]; names: Map<string, string> }> {
  const opened = await db
    .select({
      id: alerts.id,
      callId: calls.id,
      at: alerts.openedAt,
      endedAt: alerts.closedAt,
      ...scopeColumns,
    })
    .from(alerts)
    .innerJoin(calls, eq(calls.id, alerts.callId))
    .where(and(ne(alerts.kind, "rule"), ne(alerts.outcome, "withdrawn"), gte(alerts.openedAt, since)))
    .orderBy(desc(alerts.openedAt))
    .limit(mostCalls);
  const ended = await db
    .select({ id: calls.id, at: calls.endedAt, code: calls.endedReason, ...scopeColumns })
    .from(calls)
    .where(
      and(isNotNull(calls.endedReason), gte(calls.endedAt, since), notInArray(calls.endedReason, fineEnds)),
    )
    .orderBy(desc(calls.endedAt))
    .limit(mostCalls);
  const names = [...opened, ...ended].flatMap(({ assistantId, assistantName }) =>
    assistantId && assistantName ? [[assistantId, assistantName] as const] : [],
  );
  const failed = ended.flatMap(({ id, at, code, ...scope }): Signal[] => {
    const failure = code === null ? null : findFailure(code);
    if (!failure || !at || code === null) return [];
    const causes = {
      ...toScope(scope),
      "end-reason": code,
      ...(failure.provider && { provider: failure.provider }),
      ...(failure.stage && { stage: failure.stage }),
    };
    return [{ id, callId: id, kind: "failure", at: at.getTime(), endedAt: at.getTime(), causes }];
  });
  const alerted = opened.map(
    ({ id, callId, at, endedAt, ...scope }): Signal => ({
      id,
      callId,
      kind: "alert",
      at: at.getTime(),
      endedAt: endedAt?.getTime() ?? null,
      causes: { ...toScope(scope), stage: "response" },
    }),
  );
  const tools = await readToolSignals(db, since);
  return { signals: [...alerted, ...failed, ...tools], names: new Map(names) };
}

/** Every call that was live at any time since then. */
export async function readBackground(db: Reader, since: Date): Promise<BackgroundCall[]> {
  const rows = await db
    .select({ id: calls.id, createdAt: calls.createdAt, endedAt: calls.endedAt, ...scopeColumns })
    .from(calls)
    .where(or(gte(calls.endedAt, since), inArray(calls.status, [...liveStatuses])))
    .orderBy(desc(calls.createdAt))
    .limit(mostCalls);
  return rows.map(({ id, createdAt, endedAt, ...scope }) => ({
    id,
    from: createdAt.getTime(),
    to: endedAt?.getTime() ?? null,
    causes: toScope(scope),
  }));
}

/** Failing tools, one signal per call and tool. */
async function readToolSignals(db: Reader, since: Date): Promise<Signal[]> {
  const rows = await db
    .select({
      callId: calls.id,
      name: toolCalls.name,
      at: sql<string>`min(${toolCalls.askedAt})`,
      ...scopeColumns,
    })
    .from(toolCalls)
    .innerJoin(calls, eq(calls.id, toolCalls.callId))
    .where(and(isNotNull(toolCalls.error), gte(toolCalls.askedAt, since)))
    .groupBy(calls.id, toolCalls.name)
    .limit(mostCalls);
  return rows.map(({ callId, name, at: asked, ...scope }): Signal => {
    const at = new Date(asked).getTime();
    const causes = { ...toScope(scope), tool: name, stage: "tool" };
    return { id: `${callId} tool ${name}`, callId, kind: "tool", at, endedAt: at, causes };
  });
}

/** An incident that was open at any time since then, with its members. */
export interface KnownIncident {
  row: IncidentRow;
  members: (typeof incidentMembers.$inferSelect)[];
}

export async function readKnown(db: Reader, since: Date): Promise<KnownIncident[]> {
  const rows = await db
    .select()
    .from(incidents)
    .where(and(isNull(incidents.watched), or(isNull(incidents.closedAt), gte(incidents.closedAt, since))));
  if (rows.length === 0) return [];
  const members = await db
    .select()
    .from(incidentMembers)
    .where(
      inArray(
        incidentMembers.incidentId,
        rows.map(({ id }) => id),
      ),
    );
  return rows.map((row) => ({ row, members: members.filter(({ incidentId }) => incidentId === row.id) }));
}

/** When the oldest open incident with calls began; null when none is open. */
export async function findOpenSince(db: Reader): Promise<Date | null> {
  const [oldest] = await db
    .select({ since: incidents.since })
    .from(incidents)
    .where(and(isNull(incidents.closedAt), isNull(incidents.watched)))
    .orderBy(asc(incidents.since))
    .limit(1);
  return oldest?.since ?? null;
}

/** Whether an alert belongs to an open incident, which is notified in its place. */
export async function isInOpenIncident(db: Reader, alertId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: incidents.id })
    .from(incidentMembers)
    .innerJoin(incidents, eq(incidents.id, incidentMembers.incidentId))
    .where(and(eq(incidentMembers.signalId, alertId), isNull(incidents.closedAt)))
    .limit(1);
  return found !== undefined;
}

/** Open incidents about a watched metric (volume, response, cost). */
export async function listWatched(db: Reader): Promise<(IncidentRow & { watched: string })[]> {
  const rows = await db
    .select()
    .from(incidents)
    .where(and(isNull(incidents.closedAt), isNotNull(incidents.watched)));
  return rows.flatMap((row) => (row.watched === null ? [] : [{ ...row, watched: row.watched }]));
}

const mostListed = 200;

/** Incidents, newest first: the open ones, or all except withdrawn ones. */
export async function listIncidents(db: Reader, state: "open" | "all"): Promise<Incident[]> {
  const isOpen = and(eq(incidents.outcome, "open"), isNull(incidents.resolvedAt));
  const rows = await db
    .select()
    .from(incidents)
    .where(state === "open" ? isOpen : ne(incidents.outcome, "withdrawn"))
    .orderBy(newestFirst(incidents.openedAt), incidents.id)
    .limit(mostListed);
  return withActs(db, rows);
}

export async function getIncidents(db: Reader, ids: readonly string[]): Promise<Incident[]> {
  if (ids.length === 0) return [];
  return withActs(
    db,
    await db
      .select()
      .from(incidents)
      .where(inArray(incidents.id, [...ids])),
  );
}

async function withActs(db: Reader, rows: readonly IncidentRow[]): Promise<Incident[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const acts = await db.select().from(incidentActs).where(inArray(incidentActs.incidentId, ids));
  return rows.map((row) => {
    const log = toActs(acts.filter(({ incidentId }) => incidentId === row.id));
    const state = { outcome: row.outcome, acts: toActsState(row, log) };
    const { id, cause, callCount, failedCount, since, openedAt, lastAt, closedAt, version } = row;
    return {
      id,
      state: incidentState(state, Date.now()),
      ...state,
      cause,
      callCount,
      failedCount,
      since: since.toISOString(),
      openedAt: openedAt.toISOString(),
      lastAt: lastAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      version,
    };
  });
}

const mostCallsShown = 500;

/** An incident with its calls; null when there is none of this id. */
export async function getIncidentDetail(db: Reader, id: string): Promise<IncidentDetail | null> {
  const [incident] = await getIncidents(db, [id]);
  if (!incident) return null;
  const rows = await db
    .select({
      callId: calls.id,
      kind: incidentMembers.kind,
      at: incidentMembers.at,
      endedAt: incidentMembers.endedAt,
      customerName: calls.customerName,
      customerNumber: calls.customerNumber,
      type: calls.type,
      assistantName: calls.assistantName,
      endedReason: calls.endedReason,
    })
    .from(incidentMembers)
    .innerJoin(calls, eq(calls.id, incidentMembers.callId))
    .where(eq(incidentMembers.incidentId, id))
    .orderBy(sql`${incidentMembers.at} desc`, incidentMembers.signalId)
    .limit(mostCallsShown);
  return {
    incident,
    calls: rows.map(({ callId, kind, at, endedAt, type, ...call }) => ({
      callId,
      kind,
      at: at.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      call: { ...call, direction: findDirection(type) },
    })),
  };
}

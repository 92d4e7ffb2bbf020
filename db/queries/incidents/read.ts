import "server-only";
import { and, asc, eq, gte, inArray, isNotNull, isNull, ne, not, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toActions, toActionsState } from "@/db/queries/alerts/rows";
import { newestFirst, openedBefore } from "@/db/rows";
import { calls } from "@/db/schema/calls";
import { type IncidentRow, incidentActs, incidentMembers, incidents } from "@/db/schema/incidents";
import { findDirection } from "@/lib/calls/call";
import type { IncidentDetail } from "@/lib/incidents/detail";
import {
  type Incident,
  type IncidentListQuery,
  type IncidentPage,
  incidentState,
} from "@/lib/incidents/incident";
import { type OpenedCursor, toKeysetPage } from "@/lib/keyset";

type Reader = Pick<Database, "select">;

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

/** Whether an alert belongs to an open incident. The incident's notifications then replace the alert's. */
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

/** Open and unresolved. */
const isOpen = and(eq(incidents.outcome, "open"), isNull(incidents.resolvedAt));

const inState = {
  open: isOpen,
  /** Recovered, or resolved by a person. */
  past: and(not(sql`(${isOpen})`), ne(incidents.outcome, "withdrawn")),
  all: ne(incidents.outcome, "withdrawn"),
};

/** Incidents, newest first: open ones, past ones, or both. Withdrawn ones are excluded. */
export async function listIncidents(
  db: Reader,
  state: keyof typeof inState,
  { cursor, limit = mostListed }: { cursor?: OpenedCursor | undefined; limit?: number } = {},
): Promise<Incident[]> {
  const rows = await db
    .select()
    .from(incidents)
    .where(and(inState[state], cursor && openedBefore(incidents, cursor)))
    .orderBy(newestFirst(incidents.openedAt), incidents.id)
    .limit(limit);
  return withActions(db, rows);
}

/** One keyset page of incidents. */
export async function listIncidentPage(
  db: Reader,
  { state, cursor, limit }: IncidentListQuery,
): Promise<IncidentPage> {
  const found = await listIncidents(db, state, { cursor, limit: limit + 1 });
  const { page, nextCursor } = toKeysetPage(found, limit);
  return { incidents: page, nextCursor };
}

export async function getIncidents(db: Reader, ids: readonly string[]): Promise<Incident[]> {
  if (ids.length === 0) return [];
  return withActions(
    db,
    await db
      .select()
      .from(incidents)
      .where(inArray(incidents.id, [...ids])),
  );
}

async function withActions(db: Reader, rows: readonly IncidentRow[]): Promise<Incident[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const acts = await db.select().from(incidentActs).where(inArray(incidentActs.incidentId, ids));
  return rows.map((row) => {
    const log = toActions(acts.filter(({ incidentId }) => incidentId === row.id));
    const state = { outcome: row.outcome, acts: toActionsState(row, log) };
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

/** An incident with its calls; null for an unknown id. */
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

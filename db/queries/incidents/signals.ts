import "server-only";
import { and, desc, eq, gte, inArray, isNotNull, isNull, ne, notInArray, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alerts } from "@/db/schema/alerts";
import { callFigures } from "@/db/schema/analytics";
import { calls, toolCalls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { liveStatuses } from "@/lib/calls/call";
import { endedReasons } from "@/lib/calls/ended-reason";
import type { Signal, ToolSuccess } from "@/lib/incidents/bursts";
import { versionValue } from "@/lib/incidents/cause-label";
import { findFailure } from "@/lib/incidents/failure";
import type { CauseValues } from "@/lib/incidents/incident";
import type { BackgroundCall } from "@/lib/incidents/volumes";
import { billedProviders, type EndedCall } from "@/lib/rates/series";

type Reader = Pick<Database, "select">;

/** End reasons that are not failures, to be filtered out in SQL. */
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

/** The attributes that a call can share with other calls, and that may be their common cause. */
export function toScope({ assistantId, assistantName, assistantVersion, phoneNumber }: Scope): CauseValues {
  const assistant = assistantId ?? assistantName;
  return {
    ...(assistant && { assistant }),
    ...(assistant && assistantVersion && { version: versionValue(assistant, assistantVersion) }),
    ...(phoneNumber && { number: phoneNumber }),
  };
}

/** Limit for each query; the newest rows stand for the rest. */
const mostCalls = 5_000;

/**
 * Alerts that opened, calls that failed and tools that failed since then, with their assistants' names. Excludes rule
 * alerts: a rule need not indicate a problem.
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

/** When a call first asked for a tool. */
const firstAsked = sql<string>`min(${toolCalls.askedAt})`;

/** Failing tools, one signal per call and tool. */
async function readToolSignals(db: Reader, since: Date): Promise<Signal[]> {
  const rows = await db
    .select({
      callId: calls.id,
      name: toolCalls.name,
      at: firstAsked,
      ...scopeColumns,
    })
    .from(toolCalls)
    .innerJoin(calls, eq(calls.id, toolCalls.callId))
    .where(and(isNotNull(toolCalls.error), gte(toolCalls.askedAt, since)))
    .groupBy(calls.id, toolCalls.name)
    .orderBy(desc(firstAsked))
    .limit(mostCalls);
  return rows.map(({ callId, name, at: asked, ...scope }): Signal => {
    const at = new Date(asked).getTime();
    const causes = { ...toScope(scope), tool: name, stage: "tool" };
    return { id: `${callId} tool ${name}`, callId, kind: "tool", at, endedAt: at, causes };
  });
}

/** Calls since then in which one of these tools answered without an error, once per call and tool. */
export async function readToolSuccesses(
  db: Reader,
  since: Date,
  tools: readonly string[],
): Promise<ToolSuccess[]> {
  if (tools.length === 0) return [];
  const rows = await db
    .select({
      tool: toolCalls.name,
      callId: toolCalls.callId,
      at: firstAsked,
    })
    .from(toolCalls)
    .where(
      and(
        inArray(toolCalls.name, [...tools]),
        gte(toolCalls.askedAt, since),
        isNotNull(toolCalls.result),
        isNull(toolCalls.error),
      ),
    )
    .groupBy(toolCalls.callId, toolCalls.name)
    .orderBy(desc(firstAsked))
    .limit(mostCalls);
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at).getTime() }));
}

/**
 * The providers used by the last call of each assistant's latest version, keyed by the assistant as in the figures (its id,
 * else its name). Assistants without a report have none.
 */
export async function readProviders(
  db: Pick<Database, "execute">,
  assistants: readonly string[],
): Promise<Map<string, readonly string[]>> {
  if (assistants.length === 0) return new Map();
  // Reads the index of versions backwards.
  const rows = await db.execute<{ assistant: string; billed: EndedCall["billed"] | null }>(sql`
    select wanted.assistant, last.billed
    from jsonb_array_elements_text(${JSON.stringify(assistants)}::jsonb) as wanted(assistant)
    cross join lateral (
      select ${reports.costs} as billed from ${callFigures} join ${reports} on ${reports.callId} = ${callFigures.callId}
      where ${callFigures.assistant} = wanted.assistant
      order by ${callFigures.version} desc, ${callFigures.at} desc limit 1
    ) last
  `);
  return new Map(rows.map(({ assistant, billed }) => [assistant, billedProviders(billed ?? [])]));
}

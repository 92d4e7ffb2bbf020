import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { vapiConnections } from "@/db/schema/connect";
import { events } from "@/db/schema/events";
import { deletedCalls, reconciledCalls } from "@/db/schema/reconciliation";
import { callDocuments, reports } from "@/db/schema/reports";
import type { Evidence } from "@/lib/reconciliation/decide";

interface EvidenceRow extends Record<string, unknown> {
  id: string;
  conversationId: string | null;
  status: string | null;
  lastEventAt: string | null;
  endedAt: string | null;
  hasReport: boolean;
  isHeard: boolean;
  isReportHeard: boolean;
  isDeleted: boolean;
  isSettled: boolean;
}

const toDate = (value: string | null) => (value === null ? null : new Date(value));

/** Reads which data of each call is stored, and whether it was delivered or only fetched. */
export async function readEvidence(
  db: Pick<Database, "execute">,
  ids: readonly string[],
): Promise<Map<string, Evidence>> {
  if (ids.length === 0) return new Map();
  // Frequent events are not logged, so a call counts as delivered if nothing of it was fetched.
  const rows = await db.execute<EvidenceRow>(sql`
    select i.id, c.conversation_id as "conversationId", c.status, c.last_event_at as "lastEventAt", c.ended_at as "endedAt",
      r.call_id is not null as "hasReport",
      coalesce(e.delivered, false) or c.id is not null and not coalesce(e.fetched, false) as "isHeard",
      coalesce(e.report_delivered, false) or r.call_id is not null and not coalesce(e.report_fetched, false) as "isReportHeard",
      d.call_id is not null as "isDeleted", k.settled_at is not null as "isSettled"
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as i(id)
      left join ${calls} c on c.id = i.id
      left join ${reports} r on r.call_id = i.id
      left join ${deletedCalls} d on d.call_id = i.id
      left join ${reconciledCalls} k on k.call_id = i.id
      left join lateral (
        select bool_or(not is_fetched) as delivered, bool_or(is_fetched) as fetched,
          bool_or(not is_fetched and type = 'end-of-call-report') as report_delivered,
          bool_or(is_fetched and type = 'end-of-call-report') as report_fetched
        from ${events} where call_id = i.id
      ) e on true
  `);
  return new Map(
    rows.map(({ id, conversationId, status, lastEventAt, endedAt, ...row }) => {
      const call =
        conversationId === null || status === null
          ? null
          : { conversationId, status, lastEventAt: toDate(lastEventAt), endedAt: toDate(endedAt) };
      return [id, { ...row, call }];
    }),
  );
}

/** A call from Vapi's list, with the resources whose settings decide where its events are sent. */
export interface Origin {
  id: string;
  assistant: string | null;
  squad: string | null;
  number: string | null;
}

/**
 * Calls whose events are not sent here: something is connected, but not their assistant, squad or number, and no event of the
 * assistant arrived within a week.
 */
export async function findForeignCalls(
  db: Pick<Database, "execute">,
  origins: readonly Origin[],
): Promise<Set<string>> {
  if (origins.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(sql`
    select i.id from jsonb_to_recordset(${JSON.stringify(origins)}::jsonb) as i(id text, assistant text, squad text, number text)
    where i.assistant is not null and exists (select from ${vapiConnections})
      and not exists (
        select from ${vapiConnections} v where (v.kind, v.resource_id) in
          (('assistant', i.assistant), ('squad', i.squad), ('phone-number', i.number)))
      and not exists (
        select from ${callDocuments} d where d.assistant = i.assistant and d.created_at > now() - interval '7 days'
          and exists (select from ${events} e where e.call_id = d.call_id and not e.is_fetched))
  `);
  return new Set(rows.map(({ id }) => id));
}

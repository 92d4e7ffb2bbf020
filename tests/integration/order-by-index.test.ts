import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { expect, it } from "vitest";
import { type Database, db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { findMissingFigures } from "@/db/queries/analytics/rollups";
import { getCallerHistory, listCalls } from "@/db/queries/calls/read";
import { listSeenResources } from "@/db/queries/calls/seen";
import { listEvents } from "@/db/queries/events/read";
import { readState } from "@/db/queries/health";
import { listIncidentPage } from "@/db/queries/incidents/read";
import { listNotifications } from "@/db/queries/notifications/read";
import {
  deleteOldEffects,
  deleteOldEvents,
  deleteOldNotifications,
  sweepCalls,
} from "@/db/queries/privacy/retention";
import { readAssistantNames } from "@/db/queries/rates";
import { findUndocumented } from "@/db/queries/reports/documents";
import { listReports } from "@/db/queries/reports/list";
import { listRouted } from "@/db/queries/routed";
import { rateQuarters } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { retentionProgress } from "@/db/schema/operations";
import { readHistory } from "@/lib/rates/server/usual";
import { hoursBack, usualWeeks } from "@/lib/rates/usual";
import { wordRule } from "@/lib/reports/cut-words";
import { type ReportSort, reportQuerySchema } from "@/lib/reports/filter";
import { makeCallRow } from "@/tests/support/makers/make-call-row";

const archive = (sort: ReportSort) => (spied: Database) =>
  listReports(spied, reportQuerySchema.parse({ sort, limit: "50" }), { isMasked: false });

/** The queries a product function sends to the database. */
async function queriesOf(run: (spied: Database) => Promise<unknown>) {
  const asked: Asked[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void asked.push({ query, params }) };
  await run(drizzle(db.$client, { casing: "snake_case", logger }));
  return asked;
}

interface Asked {
  query: string;
  params: unknown[];
}

/** Makes a sequential scan, or also a sort, the most expensive choice, as with a million rows. */
const withoutScan = "set local enable_seqscan = off";
const withoutSort = `${withoutScan}; set local enable_sort = off`;

async function planOf({ query, params }: Asked, options = "", settings = withoutScan) {
  return db.$client.begin(async (client) => {
    await client.unsafe(settings);
    const values = params.map((param) => (param instanceof Date ? param.toISOString() : param));
    return client.unsafe(`explain ${options} ${query}`, values as string[]);
  });
}

/** The plan's steps as text. */
async function explain(asked: Asked, settings = withoutScan): Promise<string> {
  return (await planOf(asked, "", settings)).map((step) => step["QUERY PLAN"]).join("\n");
}

interface Step {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Step[];
}

/** Number of table rows the query reads. */
async function countRowsRead(asked: Asked): Promise<number> {
  const [row] = await planOf(asked, "(analyze, format json)");
  const read = (step: Step): number => {
    const here = step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0);
    const below = (step.Plans ?? []).map(read).reduce((all, each) => all + each, 0);
    return below + (step["Relation Name"] ? here * step["Actual Loops"] : 0);
  };
  return read(row?.["QUERY PLAN"][0].Plan);
}

it.each<[string, string, (spied: Database) => Promise<unknown>]>([
  ["calls", "calls_created_at", (spied) => listCalls(spied, { limit: 50 })],
  ["events", "events_received_at", (spied) => listEvents(spied, { limit: 50 })],
  ["alerts", "alerts_opened_at", (spied) => listAlerts(spied, { limit: 50 })],
  ["alerts of a kind", "alerts_kind", (spied) => listAlerts(spied, { limit: 50, kind: ["hang"] })],
  ["alerts of an assistant", "alerts_assistant", (spied) => listAlerts(spied, { limit: 50, assistant: "a" })],
  ["alerts of an owner", "alerts_owner", (spied) => listAlerts(spied, { limit: 50, owner: "a" })],
  ["past incidents", "incidents_opened_at", (spied) => listIncidentPage(spied, { state: "past", limit: 50 })],
  ["notifications", "notifications_created_at", (spied) => listNotifications(spied, 50)],
  ["routed requests", "routed_requests_arrived_at", (spied) => listRouted(spied, 50)],
  ["the archive by newest", "call_documents_newest", archive("newest")],
  ["the archive by longest", "call_documents_longest", archive("longest")],
  ["the archive by costliest", "call_documents_costliest", archive("costliest")],
])("indexes: the first page of %s comes from an index without sorting all rows", async (_, index, run) => {
  const [list, ...rest] = await queriesOf(run);
  if (!list) throw new Error("Nothing was asked.");
  expect(rest).toEqual([]);
  expect(list.query).toContain("order by");
  const plan = await explain(list);
  expect(plan).toMatch(new RegExp(`Index (Only )?Scan.* using ${index}`));
  // Rows with the same time may be sorted in small groups (incremental sort), but never all rows.
  expect(plan).not.toMatch(/(^|-> {2})Sort /m);
});

it("indexes: the board reads its calls through the indexes of live calls and of end times", async () => {
  const [list] = await queriesOf((spied) => listCalls(spied, { limit: 500, state: "board" }));
  const plan = await explain(list ?? { query: "", params: [] });
  expect(plan).toContain("calls_live");
  expect(plan).toContain("calls_ended_at");
});

it("indexes: a caller's earlier calls are listed and counted through the index of caller numbers", async () => {
  const { id, conversationId } = await insertCall();
  const asked = await queriesOf((spied) => getCallerHistory(spied, id));
  await db.delete(calls).where(eq(calls.id, id));
  await db.delete(conversations).where(eq(conversations.id, conversationId));
  const earlier = asked.slice(1).filter(({ query }) => query.includes("customer_number"));
  expect(earlier).toHaveLength(2);
  for (const each of earlier) {
    const plan = await explain(each);
    expect(plan).toMatch(/Index (Only )?Scan.* using calls_customer/);
    expect(plan).not.toMatch(/(^|-> {2})Sort /m);
  }
});

it("indexes: usual rates are read only from daily sums and the same hours of past weeks", async () => {
  await db.execute(sql`
    insert into ${rateQuarters} (at, kind, value, begun, ended, failures, alerts, tools, cost_usd, costed, replies)
    select date_trunc('hour', now()) - quarter * interval '15 minutes', 'assistant', 'desk ' || desk, 5, 5, 0, 0, 0, 0.5, 5,
      array_fill(1, array[60])
    from generate_series(1, 49 * 96) quarter, generate_series(1, 3) desk`);
  const asked = await queriesOf((spied) => readHistory(spied, "UTC", new Date(), { hasFigures: true }));
  const read = await Promise.all(asked.map(countRowsRead));
  const days = 3 * (usualWeeks * 7 + 1);
  const quarters = 3 * 4 * usualWeeks * (hoursBack + 1);
  expect(read.reduce((all, rows) => all + rows, 0)).toBeLessThanOrEqual(days + quarters + 1);
});

it("indexes: an assistant's latest name is read through the index of versions", async () => {
  const [named] = await queriesOf((spied) => readAssistantNames(spied, ["desk"]));
  const plan = await explain(named ?? { query: "", params: [] });
  expect(plan).toContain("Index Scan Backward using call_figures_version");
  expect(plan).not.toMatch(/(^|-> {2})Sort /m);
});

it.each<[string, string, (spied: Database) => Promise<unknown>]>([
  ["events to be deleted", "events_received_at", (spied) => deleteOldEvents(spied, new Date(0))],
  ["tool effects to be deleted", "tool_effects_claimed_at", deleteOldEffects],
  ["notifications to be deleted", "notifications_without_subject", deleteOldNotifications],
  [
    "events whose calls need figures",
    "events_received_at",
    (spied) => findMissingFigures(spied, new Date(0)),
  ],
  ["the latest calls, for their assistants and numbers", "calls_created_at", listSeenResources],
])("indexes: %s are read in the order of an index", async (_, index, run) => {
  const [first] = await queriesOf(run);
  const plan = await explain(first ?? { query: "", params: [] }, withoutSort);
  expect(plan).toMatch(new RegExp(`Index (Only )?Scan.* using ${index}`));
  expect(plan).not.toMatch(/Sort Key: \S*_at/);
});

it("indexes: the next batch of calls for retention is found in the order of an index", async () => {
  const asked = await queriesOf((spied) => sweepCalls(spied, "transcripts", new Date()));
  await db.delete(retentionProgress);
  const batch = asked.find(({ query }) => query.includes("offset"));
  const plan = await explain(batch ?? { query: "", params: [] });
  expect(plan).toMatch(/Index (Only )?Scan Backward using calls_created_at/);
  expect(plan).not.toMatch(/(^|-> {2})Sort /m);
});

it("indexes: documents built by older rules are found without reading those built by the newest", async () => {
  await db.execute(sql`
    with made as (select gen_random_uuid() as id from generate_series(1, 500)),
      conversation as (insert into conversations (id) select id from made),
      call as (insert into calls (id, conversation_id, status, status_rank, created_at, last_event_at, documented_version)
        select id, id, 'ended', 1, now(), now(), 1 from made)
    insert into call_documents (call_id, call_version, created_at, assistant, number, duration_seconds, cost_usd, hangs,
      language, words, word_rule) select id, 1, now(), '', '', 1, 0, 0, 'english', '', ${wordRule} from made`);
  await db.execute(sql`analyze call_documents`);
  const [found] = await queriesOf((spied) => findUndocumented(spied, 50));
  const rows = await countRowsRead(found ?? { query: "", params: [] });
  await db.delete(calls);
  await db.delete(conversations);
  expect(rows).toBe(0);
});

it("indexes: notifications that failed lately are counted from an index of failures", async () => {
  const [state] = await queriesOf((spied) => readState(spied, 60));
  expect(await explain(state ?? { query: "", params: [] })).toContain("using notifications_failed");
});

async function insertCall() {
  const row = makeCallRow({ id: randomUUID(), conversationId: randomUUID() });
  await db.insert(conversations).values({ id: row.conversationId, name: null, context: {} });
  await db.insert(calls).values(row);
  return row;
}

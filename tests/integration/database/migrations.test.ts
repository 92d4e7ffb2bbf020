import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { getCallDetail } from "@/db/queries/calls/read";
import { askedKey } from "@/lib/tools/server/asked-key";
import { applyMigrations, migrateOrCheck } from "@/scripts/local/apply-migrations";
import { projectFolder } from "@/scripts/local/project-folder";
import { createEmptyDatabase } from "@/tests/support/database/test-database";

const conversation = "0193a000-0000-7000-8000-000000000001";
const channel = "0193a000-0000-7000-8000-000000000002";
const key = (n: number) => `0193a000-0000-7000-8000-00000000010${n}`;
const at = "2026-01-05T10:00:00.000Z";
const slots = {
  day: "Thursday",
  slot: { to: 11, from: 9.5 },
  notes: ['a "loud" drip', "\n", "été", null],
  paid: false,
};

interface Shape {
  title: string;
  /** The newest migration applied when the rows were written. */
  under: string;
  /** The rows, written under that schema. */
  rows: string;
  /** A query against the newest schema, and its result. */
  question: string;
  answer: Record<string, unknown>[];
}

const call = (id: string, columns = "", values = "") =>
  `insert into calls (id, conversation_id, status, status_witness, created_at, last_event_at, version${columns})
   values ('${id}', '${conversation}', 'ended', 5, '${at}', '${at}', 3${values});`;

const document = (id: string, group: string, isVersioned = false) =>
  `insert into call_documents (call_id, call_version, created_at, assistant, number, ended_group, duration_seconds,
     cost_usd, hangs, language, words${isVersioned ? ", word_rule" : ""})
   values ('${id}', 3, '${at}', 'a', 'n', '${group}', 60, 0.1, 0, 'english', 'leak:1'${isVersioned ? ", 1" : ""});`;

interface ToolCallValues {
  asked?: string;
  result?: string;
  rank?: number;
}

const toolCall = (id: string, args: object, { asked, result = "Booked.", rank = 2 }: ToolCallValues = {}) =>
  `insert into tool_calls (id, call_id, name, arguments, asked_at, result, witness${asked ? ", asked" : ""})
   values ('${id}', 'first', 'book', '${JSON.stringify(args)}', '${at}', '${result}', ${rank}${asked ? `, '${asked}'` : ""});`;

const shapes: Shape[] = [
  {
    title: "a call of the first schema keeps its customer, whose name is as sure as its number was",
    under: "0001_beyond_the_schema",
    rows: `insert into conversations (id, name) values ('${conversation}', 'Ada');
      ${call("first", ", customer_number, customer_name, customer_witness", ", '+15550100001', 'Ada', 7")}
      ${call("nameless", ", customer_number, customer_witness", ", '+15550100002', 8")}`,
    question:
      "select id, customer_number, customer_name, customer_name_rank::int from calls where customer_rank < 9 order by id",
    answer: [
      { id: "first", customer_number: "+15550100001", customer_name: "Ada", customer_name_rank: 7 },
      { id: "nameless", customer_number: "+15550100002", customer_name: null, customer_name_rank: null },
    ],
  },
  {
    title: "a line of the first schema has no end, no start of its own and nothing filtered",
    under: "0001_beyond_the_schema",
    rows: `insert into lines (call_id, key, role, source, text, at)
      values ('first', '${key(1)}', 'user', 'transcript', 'My sink is leaking.', '${at}');`,
    question:
      "select text, ended_at, not_before, from_start_ms, is_untimed, assistant_name, confidence, filter from lines",
    answer: [
      {
        text: "My sink is leaking.",
        ended_at: null,
        not_before: null,
        from_start_ms: null,
        is_untimed: null,
        assistant_name: null,
        confidence: null,
        filter: null,
      },
    ],
  },
  {
    title: "an event of the first schema has come once, and it is not known how long it took",
    under: "0001_beyond_the_schema",
    rows: `insert into events (key, call_id, type, outcome, at, received_at, bytes, message)
      values ('${key(1)}', 'first', 'status-update', 'recorded', '${at}', '${at}', 12, '{"status":"ended"}');`,
    question: "select repeats, repeated_at, took_ms, message from events",
    answer: [{ repeats: 0, repeated_at: null, took_ms: null, message: { status: "ended" } }],
  },
  {
    title: "a report of the first schema has empty lists where none were kept",
    under: "0001_beyond_the_schema",
    rows: `insert into reports (call_id, at, summary, cost_breakdown, messages)
      values ('first', '${at}', 'A leak.', '{"total":0.1}', '[]');`,
    question:
      "select summary, structured_outputs, scorecards, costs, latency, transfers, consent from reports",
    answer: [
      {
        summary: "A leak.",
        structured_outputs: [],
        scorecards: [],
        costs: [],
        latency: null,
        transfers: [],
        consent: null,
      },
    ],
  },
  {
    title:
      "a failed sign-in of the first audit log can be deleted by retention alone, other entries are never deleted",
    under: "0001_beyond_the_schema",
    rows: `insert into audit_log (at, actor_kind, action) values ('2020-01-01', 'nobody', 'sign-in-failed');
      insert into audit_log (at, actor_kind, action) values ('2020-01-01', 'user', 'signed-in');`,
    question: "select actor_kind, action from audit_log order by id",
    answer: [
      { actor_kind: "nobody", action: "sign-in-failed" },
      { actor_kind: "user", action: "signed-in" },
    ],
  },
  {
    title: "a rejected request keyed by a UUID keeps its key as text, and its count",
    under: "0002_credentials_and_privacy",
    rows: `insert into webhook_refusals (key, reason, header_names, count, first_at, last_at)
      values ('${key(2)}', 'no-credential', '["host"]', 4, '${at}', '${at}');`,
    question: "select key, pg_typeof(key)::text as type, count::int from webhook_rejections",
    answer: [{ key: key(2), type: "text", count: 4 }],
  },
  {
    title: "an invitation and a session of the first schema are as they were",
    under: "0002_credentials_and_privacy",
    rows: `insert into users (id, name, email, founder) values ('ada', 'Ada', 'ada@example.com', true);
      insert into sessions (id, token, user_id, expires_at) values ('s', 't', 'ada', '${at}');
      insert into invitations (email, role, token_hash, invited_by, expires_at)
      values ('bo@example.com', 'viewer', 'h', 'Ada', '${at}');`,
    question: `select users.role, users.founder, sessions.token, invitations.email
      from users join sessions on user_id = users.id cross join invitations`,
    answer: [{ role: "viewer", founder: true, token: "t", email: "bo@example.com" }],
  },
  {
    title: "a notification without an alert was a test, one with an alert is about it",
    under: "0004_alerts_and_notifications",
    rows: `insert into alerts (id, call_id, kind, since, opened_at, hangs, outcome, call_version)
      values ('alert', 'first', 'hang', '${at}', '${at}', 1, 'open', 3);
      insert into notification_channels (id, kind, name, target) values ('${channel}', 'email', 'Desk', 'desk@example.com');
      insert into notifications (id, alert_id, channel_id, due_at) values ('${key(3)}', 'alert', '${channel}', '${at}');
      insert into notifications (id, channel_id, due_at) values ('${key(4)}', '${channel}', '${at}');`,
    question: "select alert_id, about, state from notifications where about in ('alert', 'test') order by id",
    answer: [
      { alert_id: "alert", about: "alert", state: "waiting" },
      { alert_id: null, about: "test", state: "waiting" },
    ],
  },
  {
    title: "figures kept before their days were counted by a trigger keep their day, and a change counts",
    under: "0005_call_figures",
    rows: `insert into call_figures (call_id, call_version, at, assistant, number, reason, calls, duration_ms, cost_usd,
        costed, hung, transferred, measured, measured_ms, user_ms, assistant_ms, silent_ms, assistant_turns, interruptions,
        replies)
      values ('first', 3, '${at}', 'a', 'n', 'customer-ended-call', 1, 60000, 0.1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, '{800}');
      insert into figure_days (day, changes, rolled_changes) values ('2026-01-05', 1, 1);`,
    question: `with changed as (update call_figures set calls = calls returning call_id, replies)
      select call_id, replies, day::text, changes::int from changed cross join figure_days`,
    // Two of the changes come from migration 0036, which changes the figures itself.
    answer: [{ call_id: "first", replies: [800], day: "2026-01-05", changes: 3 }],
  },
  {
    title: "a conversation from before contexts had versions has the version and context it had",
    under: "0010_tools",
    rows: `update conversations set context = '{"name":"Ada"}', version = 4;`,
    question: "select context, version, answer from conversations",
    answer: [{ context: { name: "Ada" }, version: 4, answer: null }],
  },
  {
    title: "a call whose document is out of date is documented again, one whose is not keeps it",
    under: "0019_who_takes_which_call",
    rows: `${call("stale", ", documented_version", ", 2")} ${call("documented", ", documented_version", ", 3")}`,
    question: "select id, documented_version from calls where id in ('stale', 'documented') order by id",
    answer: [
      { id: "documented", documented_version: 3 },
      { id: "stale", documented_version: null },
    ],
  },
  {
    title: "states named in other words keep their meaning",
    under: "0050_notifications_of_people",
    rows: `insert into recording_copies (call_id, state) values ('doomed', 'doomed'), ('kept', 'kept');
      insert into notifications (id, about, channel_id, due_at, state) values
        ('${key(7)}', 'credentials', '${channel}', '${at}', 'needless'), ('${key(8)}', 'credentials', '${channel}', '${at}', 'sent');`,
    question: `select call_id as of, state from recording_copies
      union all select id::text, state from notifications where about = 'credentials' order by 1`,
    answer: [
      { of: key(7), state: "skipped" },
      { of: key(8), state: "sent" },
      { of: "doomed", state: "deleting" },
      { of: "kept", state: "kept" },
    ],
  },
  {
    title: "a call that is over counts as judged, a live one does not",
    under: "0050_notifications_of_people",
    rows: `${call("live")} ${call("over")}`.replaceAll("witness", "rank").replace("'ended'", "'in-progress'"),
    question:
      "select id, judged_version = version as judged from calls where id in ('over', 'live') order by id",
    answer: [
      { id: "live", judged: null },
      { id: "over", judged: true },
    ],
  },
  {
    title: "a call that ended for an unknown reason is no longer in a group of ends, others are in theirs",
    under: "0022_what_a_notification_is_about",
    rows: `${call("unknown", ", ended_reason", ", 'unknown'")} ${document("unknown", "good")}
      ${call("good", ", ended_reason", ", 'customer-ended-call'")} ${document("good", "good")}`,
    question:
      "select call_id, ended_group from call_documents where call_id in ('unknown', 'good') order by call_id",
    answer: [
      { call_id: "good", ended_group: "good" },
      { call_id: "unknown", ended_group: null },
    ],
  },
  {
    title: "documents indexed by older rules of words keep their rule, so that they are indexed again",
    under: "0025_archive_stemmers",
    rows: `${call("ruled")} ${document("ruled", "good", true)}`,
    question: "select call_id, word_rule from call_documents where word_rule < 2 order by call_id",
    answer: [
      { call_id: "good", word_rule: 0 },
      { call_id: "ruled", word_rule: 1 },
      { call_id: "unknown", word_rule: 0 },
    ],
  },
  {
    title: "a tool call from before a tool call ID could repeat is found by what it asks",
    under: "0023_unknown_is_nobodys_doing",
    rows: `${toolCall("call_1", {})} ${toolCall("call_2", slots)}`,
    question:
      "select id, asked, result, warnings from tool_calls where id in ('call_1', 'call_2') order by id",
    answer: [
      { id: "call_1", asked: askedKey("book", {}), result: "Booked.", warnings: null },
      { id: "call_2", asked: askedKey("book", slots), result: "Booked.", warnings: null },
    ],
  },
  {
    title: "a tool call that came again since is one row, the one that is surer of its answer",
    under: "0024_faults",
    rows: `${toolCall("call_3", slots)} ${toolCall("call_3", slots, { asked: askedKey("book", slots), result: "Came again." })}
      ${toolCall("call_4", {})} ${toolCall("call_4", {}, { asked: askedKey("book", {}), result: "Unsure.", rank: 1 })}
      ${toolCall("call_5", {})} ${toolCall("call_5", {}, { asked: askedKey("book", slots), result: "Another." })}`,
    question: "select id, asked, result from tool_calls where id > 'call_2' order by id, result",
    answer: [
      { id: "call_3", asked: askedKey("book", slots), result: "Came again." },
      { id: "call_4", asked: askedKey("book", {}), result: "Booked." },
      { id: "call_5", asked: askedKey("book", slots), result: "Another." },
      { id: "call_5", asked: askedKey("book", {}), result: "Booked." },
    ],
  },
  {
    title: "a passage cut by Postgres' own parser is found as before, until its document is cut anew",
    under: "0030_ranks",
    rows: `insert into knowledge_documents (id, title, content, language, changed_by)
      values ('${channel}', 'Prices', 'Two crowns.', 'english', 'Ada');
      insert into knowledge_passages (document_id, position, language, heading, content)
      values ('${channel}', 0, 'english', 'Prices', 'Two crowns.');`,
    question: `select word_rule, p.language, pg_typeof(p.language)::text as type, search::text
      from knowledge_documents join knowledge_passages p on document_id = id`,
    answer: [{ word_rule: 0, language: "english", type: "text", search: "'crown':3B 'price':1A 'two':2B" }],
  },
  {
    title: "what an identity provider gave at a sign-in is not kept any more, a password is",
    under: "0047_rates",
    rows: `insert into users (id, name, email) values ('ida', 'Ida', 'ida@example.com');
      insert into accounts (id, account_id, provider_id, user_id, access_token, refresh_token, id_token, password) values
        ('there', 'ida', 'oidc', 'ida', 'access', null, 'eyJhbGciOiJub25lIn0.e30.', null),
        ('here', 'ida', 'credential', 'ida', null, null, null, 'a-hash');`,
    question: "select id, access_token, refresh_token, id_token, password from accounts order by id",
    answer: [
      { id: "here", access_token: null, refresh_token: null, id_token: null, password: "a-hash" },
      { id: "there", access_token: null, refresh_token: null, id_token: null, password: null },
    ],
  },
  {
    title: "an effect from before a tool call ID could repeat is kept",
    under: "0023_unknown_is_nobodys_doing",
    rows: `insert into tool_effects (call_id, tool_call_id, tool, claimed_at, expires_at, result)
      values ('first', 'call_1', 'book', '${at}', '${at}', 'Booked.');`,
    question: "select tool_call_id, asked, result from tool_effects",
    answer: [{ tool_call_id: "call_1", asked: "", result: "Booked." }],
  },
  {
    title: "what was told of a worse version is about its alert",
    under: "0047_rates",
    rows: `insert into version_alerts (assistant, version, baseline, metrics, calls, opened_at)
        values ('desk', 'v8', 'v7', '[]', '{}', '${at}'), ('desk', 'v7', 'v6', '[]', '{}', '2025-01-01');
      insert into notifications (id, about, channel_id, due_at, created_at) values
        ('${key(5)}', 'version', '${channel}', '${at}', '${at}'), ('${key(6)}', 'routing', '${channel}', '${at}', '${at}');`,
    question: `select about, version from notifications left join version_alerts a on a.id = version_alert_id
      where about in ('version', 'routing') order by 1`,
    answer: [
      { about: "routing", version: null },
      { about: "version", version: "v8" },
    ],
  },
  {
    title: "quarters of an hour are added up to days",
    under: "0047_rates",
    rows: `insert into rate_quarters (at, kind, value, begun, ended, failures, alerts, tools, cost_usd, costed, replies)
      select at::timestamptz, kind, 'all', 2, 2, 1, 0, 0, 0, 0, '{}' from (values ('2026-01-05T10:00Z', 'account'),
        ('2026-01-05T23:45Z', 'account'), ('2026-01-06T00:00Z', 'account'), ('2026-01-06T00:00Z', 'part')) as q(at, kind);`,
    question: `select day::text, kind, begun, failures from rate_days order by 1, 2`,
    answer: [
      { day: "2026-01-05", kind: "account", begun: 4, failures: 2 },
      { day: "2026-01-06", kind: "account", begun: 2, failures: 1 },
      { day: "2026-01-06", kind: "part", begun: 2, failures: 1 },
    ],
  },
];

const tags: string[] = [];
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let client: postgres.Sql;

beforeAll(async () => {
  database = await createEmptyDatabase();
  client = postgres(database.url, { max: 1, onnotice: () => {} });
  const journal = JSON.parse(await readFile(join(projectFolder, "drizzle/meta/_journal.json"), "utf8"));
  tags.push(...journal.entries.map(({ tag }: { tag: string }) => tag));
  const folder = await mkdtemp(join(tmpdir(), "earshot-migrations-"));
  await cp(join(projectFolder, "drizzle"), folder, { recursive: true });
  for (const [index, tag] of tags.entries()) {
    const written = shapes.filter(({ under }) => under === tag);
    if (written.length === 0) continue;
    const entries = journal.entries.slice(0, index + 1);
    await writeFile(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
    await migrate(drizzle(client), { migrationsFolder: folder });
    for (const { rows } of written) await client.unsafe(rows);
  }
  await rm(folder, { recursive: true });
  await applyMigrations(database.url);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

test("migrations: every recorded shape names an existing migration", () => {
  expect(shapes.map(({ under }) => under).filter((under) => !tags.includes(under))).toEqual([]);
});

test.each(shapes.map((shape) => [shape.title, shape] as const))(
  "migrations: %s",
  async (_, { question, answer }) => {
    expect([...(await client.unsafe(question))].map((row) => ({ ...row }))).toEqual(answer);
  },
);

test("migrations: in the audit log of the first schema, only retention may delete, and only failed sign-ins", async () => {
  /** Number of entries left after the deletion. It is rolled back: other tests read the same entries. */
  const countAfterDeleting = async (kind: string, isRetention: boolean) => {
    await client`begin`;
    try {
      await client`select set_config('earshot.audit_retention', ${isRetention ? "on" : "off"}, true)`;
      await client`delete from audit_log where actor_kind = ${kind}`;
      return (await client`select from audit_log`).length;
    } finally {
      await client`rollback`;
    }
  };
  await expect(countAfterDeleting("nobody", false)).rejects.toThrow("append-only");
  await expect(countAfterDeleting("user", true)).rejects.toThrow("append-only");
  expect(await countAfterDeleting("nobody", true)).toBe(1);
});

test("migrations: a call of the first schema is fully readable by the current code", async () => {
  const detail = await getCallDetail(drizzle(client, { casing: "snake_case" }), "first");
  expect(detail).toMatchObject({
    call: { id: "first", customerNumber: "+15550100001", customerName: "Ada" },
    lines: [{ text: "My sink is leaking.", final: true }],
    report: { summary: "A leak." },
  });
  expect(detail?.toolCalls).toHaveLength(6);
});

const behind = /^The database lacks migrations of this version of Earshot\./;

test.each([
  ["reset-link", ["--email", "ada@example.com"]],
  ["api-key", ["--name", "nightly export"]],
])(
  "migrations: npm run %s leaves a database of DATABASE_URL that lacks them as it is",
  async (name, args) => {
    const empty = await createEmptyDatabase();
    onTestFinished(empty.drop);
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", `scripts/${name}.ts`, ...args],
      {
        cwd: projectFolder,
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", DATABASE_URL: empty.url },
      },
    );
    expect([status, stderr]).toEqual([1, expect.stringMatching(behind)]);
    const sql = postgres(empty.url, { max: 1 });
    onTestFinished(() => sql.end());
    expect(await sql`select 1 from pg_tables where schemaname in ('public', 'drizzle')`).toHaveLength(0);
  },
);

test("migrations: a database that is not ours is used once it has them all, and one of ours gets them", async () => {
  const another = await createEmptyDatabase();
  onTestFinished(another.drop);
  const theirs = { url: another.url, isOurs: false };
  await migrateOrCheck({ ...theirs, isOurs: true });
  await migrateOrCheck(theirs);
  const sql = postgres(another.url, { max: 1 });
  onTestFinished(() => sql.end());
  await sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
  await expect(migrateOrCheck(theirs)).rejects.toThrow(behind);
});

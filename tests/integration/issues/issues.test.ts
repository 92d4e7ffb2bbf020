import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const started = "2026-11-23T09:30:00.000Z";
const created = "2026-11-23T10:30:00.000Z";

interface Kept {
  id: string;
  status: string;
  updatedAt: string;
  [field: string]: unknown;
}

/** Vapi's issues, as served by `GET` and `PATCH /monitoring/issue/{id}`. */
const kept = new Map<string, Kept>();
let vapiStatus = 200;
const asked: string[] = [];
const vapi = await startReceiver(({ path, headers, body }) => {
  if (headers.authorization !== "Bearer private-key") return { status: 401 };
  if (vapiStatus !== 200) return { status: vapiStatus };
  const issue = kept.get(decodeURIComponent(path.replace("/monitoring/issue/", "")));
  if (!issue) return { status: 404 };
  if (!body) return { body: issue };
  asked.push(body);
  const at = new Date().toISOString();
  const change = JSON.parse(body);
  Object.assign(issue, change, { updatedAt: at });
  if (change.status === "acknowledged") issue.acknowledgedAt = at;
  if (change.status === "resolved") issue.resolvedAt = at;
  return { body: issue };
});
const outside = await startReceiver();
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = vapi.url;
process.env.PAGERDUTY_EVENTS_URL = `${outside.url}/v2/enqueue`;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { escalationPolicies, notificationChannels, notifications } = await import("@/db/schema/alerts");
const { calls } = await import("@/db/schema/calls");
const { events } = await import("@/db/schema/events");
const { vapiIssues } = await import("@/db/schema/issues");
const { listIssues } = await import("@/db/queries/issues");
const { changeIssue, followIssues, takeIssues } = await import("@/lib/issues/server/issues");
const { createPolicy, escalateDue } = await import("@/lib/notifications/server/escalate");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { applyRetention } = await import("@/lib/privacy/server/erase");
const { issueCreated } = await import("@/tests/fixtures/issue-created");
const { deliver } = await import("@/tests/support/deliveries/deliver");

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const key = "0123456789abcdef0123456789ABCDEF";
const fields = { callsCount: 12, totalCalls: 150, evaluationStartAt: started, createdAt: created };

beforeEach(async () => {
  kept.clear();
  vapiStatus = 200;
  asked.length = 0;
  outside.received.length = 0;
  await db.delete(vapiIssues);
  await db.delete(events);
  await db.delete(escalationPolicies);
  await db.delete(notificationChannels);
  const settings = { afterMinutes: 0, quietHours: null };
  await createChannel(db, { kind: "pagerduty", name: "pager", key, ...settings }, by);
});

afterAll(() => Promise.all([vapi.stop(), outside.stop()]));

/** Creates an issue at Vapi, which sends an event about it. */
async function raise(id: string): Promise<Kept> {
  const issue = { id, status: "created", updatedAt: created, ...fields };
  kept.set(id, issue);
  await deliver(issueCreated({ id, updatedAt: created, ...fields }));
  return issue;
}

const sentEvents = () =>
  outside.received
    .map(({ body }) => JSON.parse(body))
    .map(({ event_action, dedup_key, payload }) => [event_action, dedup_key, payload?.summary ?? null]);

test("issue.created: an issue is stored with its monitor and evidence, notified once even if repeated, and creates no call", async () => {
  await raise("issue-1");
  await deliver(issueCreated({ id: "issue-1", updatedAt: created, ...fields }));
  await Promise.all([takeIssues(db), takeIssues(db)]);
  expect(await listIssues(db, "open")).toMatchObject([
    {
      id: "issue-1",
      monitor: { name: "Error rate" },
      severity: "error",
      status: "created",
      callsCount: 12,
      totalCalls: 150,
      evaluatedFrom: started,
      createdAt: created,
    },
  ]);
  expect(await db.$count(calls)).toBe(0);
  expect(sentEvents()).toEqual([["trigger", "issue-1", "Vapi issue: Error rate"]]);
});

test("issue.created: acknowledging and resolving an issue reaches Vapi, and the channel under the issue's own ID", async () => {
  const now = new Date().toISOString();
  kept.set("issue-2", { id: "issue-2", status: "created", ...fields, createdAt: now, updatedAt: now });
  await deliver(issueCreated({ id: "issue-2", ...fields, createdAt: now, updatedAt: now }));
  expect(await changeIssue(db, "issue-2", "acknowledge", "Ana", by)).toMatchObject({ outcome: "done" });
  await sendDue(db);
  expect(await changeIssue(db, "issue-2", "acknowledge", "Ben", by)).toEqual({
    outcome: "conflict",
    why: "Ana acknowledged it.",
  });
  expect(await changeIssue(db, "issue-2", "resolve", "Ben", by)).toMatchObject({ outcome: "done" });
  await sendDue(db);
  expect(asked.map((body) => JSON.parse(body))).toEqual([
    { status: "acknowledged", acknowledgedBy: "Ana" },
    { status: "resolved", resolvedBy: "Ben" },
  ]);
  expect(sentEvents()).toEqual([
    ["trigger", "issue-2", "Vapi issue: Error rate"],
    ["acknowledge", "issue-2", null],
    ["resolve", "issue-2", null],
  ]);
  expect(await listIssues(db, "open")).toEqual([]);
});

test("issue: changes made in Vapi are applied with the calls they name, and an older version changes nothing", async () => {
  const issue = await raise("issue-3");
  Object.assign(issue, {
    status: "acknowledged",
    acknowledgedBy: "jane@example.com",
    acknowledgedAt: "2026-11-23T11:00:00.000Z",
    updatedAt: "2026-11-23T11:00:00.000Z",
    calls: [{ callId: "call-a", failedAt: started }],
  });
  await followIssues(db);
  const [followed] = await listIssues(db, "open");
  expect(followed).toMatchObject({
    status: "acknowledged",
    acknowledged: { by: "jane@example.com" },
    callIds: ["call-a"],
  });
  Object.assign(issue, { status: "created", updatedAt: created });
  await followIssues(db);
  expect(await listIssues(db, "open")).toEqual([followed]);
});

test("issue: with many open issues, each is asked about in time", async () => {
  const now = Date.now();
  const ids = Array.from({ length: 21 }, (_, n) => `many-${n}`);
  await db.insert(vapiIssues).values(
    ids.map((id, n) => ({
      id,
      status: "created" as const,
      createdAt: new Date(now - n * 60_000),
      updatedAt: new Date(now - 86_400_000),
    })),
  );
  const oldest = ids.at(-1) ?? "";
  const at = new Date(now).toISOString();
  kept.set(oldest, { id: oldest, status: "resolved", resolvedAt: at, updatedAt: at });
  const openIds = async () => (await listIssues(db, "open")).map(({ id }) => id);
  // Each run leaves out one of the 21.
  for (let run = 0; run < 20 && (await openIds()).includes(oldest); run += 1) await followIssues(db);
  expect(await openIds()).toEqual(ids.slice(0, -1));
});

test("issue: an action that Vapi rejects is not applied in Earshot", async () => {
  await raise("issue-4");
  vapiStatus = 500;
  await expect(changeIssue(db, "issue-4", "resolve", "Ana", by)).rejects.toThrow(/Vapi/);
  expect(await listIssues(db, "open")).toMatchObject([{ id: "issue-4", status: "created" }]);
});

test("issue: an issue whose event was recorded but not processed is added by the tick", async () => {
  await raise("issue-5");
  await db.delete(vapiIssues);
  await followIssues(db);
  expect(await listIssues(db, "open")).toMatchObject([{ id: "issue-5" }]);
});

test("issue: an unacknowledged issue is escalated by the policies for issues until it is acknowledged in Vapi", async () => {
  const url = `${outside.url}/lead`;
  const settings = { afterMinutes: 1440, quietHours: null };
  const lead = await createChannel(db, { kind: "webhook", name: "lead", url, ...settings }, by);
  const step = {
    afterMinutes: 5,
    channelIds: [lead?.id ?? ""],
    userIds: [],
    repeat: { everyMinutes: 5, times: 3 },
  };
  const policy = { isEnabled: true, hours: null, steps: [step] };
  await createPolicy(db, { ...policy, name: "issues", subjects: ["issue"] }, by);
  const sooner = [{ ...step, afterMinutes: 2 }];
  await createPolicy(db, { ...policy, name: "incidents", subjects: ["incident"], steps: sooner }, by);
  const issue = await raise("issue-6");
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const escalated = () =>
    outside.received
      .filter(({ path }) => path === "/lead")
      .map(({ body }) => JSON.parse(body))
      .map(({ type, data }) => [type, data.title]);
  await escalateDue(db, inMinutes(4));
  expect(escalated()).toEqual([]);
  await Promise.all([escalateDue(db, inMinutes(6)), escalateDue(db, inMinutes(6))]);
  await escalateDue(db, inMinutes(11));
  const one = ["issue.escalated", "Escalated: Vapi issue: Error rate"];
  expect(escalated()).toEqual([one, one]);
  Object.assign(issue, {
    status: "acknowledged",
    acknowledgedBy: "jane",
    updatedAt: new Date().toISOString(),
  });
  Object.assign(issue, { acknowledgedAt: issue.updatedAt });
  await followIssues(db);
  await escalateDue(db, inMinutes(16));
  expect(escalated()).toEqual([one, one]);
});

test("issue: an issue resolved over a year ago is deleted with its notifications, and an equally old open one is kept", async () => {
  await raise("issue-7");
  await raise("issue-8");
  const old = new Date(Date.now() - 366 * 86_400_000);
  await db.update(vapiIssues).set({ createdAt: old, resolvedAt: old }).where(eq(vapiIssues.id, "issue-7"));
  await db.update(vapiIssues).set({ createdAt: old }).where(eq(vapiIssues.id, "issue-8"));
  await applyRetention(db);
  expect((await listIssues(db, "all")).map(({ id }) => id)).toEqual(["issue-8"]);
  expect((await db.select().from(notifications)).map(({ issueId }) => issueId)).toEqual(["issue-8"]);
});

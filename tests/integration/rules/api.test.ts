import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { DELETE, PATCH } from "@/app/api/alert-rules/[ruleId]/route";
import { POST as backtest } from "@/app/api/alert-rules/backtest/route";
import { GET, POST } from "@/app/api/alert-rules/route";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { calls } from "@/db/schema/calls";
import { alertRules } from "@/db/schema/rules";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const [viewer, operator, admin] = await Promise.all([
  signedIn("viewer"),
  signedIn("operator"),
  signedIn("admin"),
]);

beforeEach(() => db.delete(alertRules));

type Who = { cookie: string };
const path = "/api/alert-rules";
const of = (ruleId: string) => ({ params: Promise.resolve({ ruleId }) });
const list = (who: Who) => GET(send(path, who));
const add = (json: object, who: Who = admin) => POST(send(path, { method: "POST", json, ...who }));
const change = (id: string, json: object, who: Who = admin) =>
  PATCH(send(`${path}/${id}`, { method: "PATCH", json, ...who }), of(id));
const remove = (id: string, who: Who = admin) =>
  DELETE(send(`${path}/${id}`, { method: "DELETE", ...who }), of(id));
const test30 = (json: object, who: Who = admin) =>
  backtest(send(`${path}/backtest`, { method: "POST", json, ...who }));

const rule = {
  name: "Thursday",
  when: { kind: "phrase", speaker: "any", phrase: "thursday" },
  do: [{ kind: "alert" }, { kind: "end" }],
};

describe("rules set by admins", () => {
  test("are visible to operators but not viewers, and cannot be changed by operators", async () => {
    expect((await list(viewer)).status).toBe(403);
    expect((await list(operator)).status).toBe(200);
    expect((await add(rule, operator)).status).toBe(403);
    expect((await test30({ when: rule.when }, operator)).status).toBe(403);
    expect((await change(randomUUID(), { enabled: false }, operator)).status).toBe(403);
    expect((await remove(randomUUID(), operator)).status).toBe(403);
  });

  test("are stored with defaults, changed in part and deleted, and the deletion is in the audit log", async () => {
    const added = await add(rule);
    expect(added.status).toBe(201);
    const kept = await added.json();
    expect(kept).toMatchObject({
      ...rule,
      when: { ...rule.when, match: "words" },
      enabled: true,
      severity: "warning",
      scope: { assistants: [], numbers: [], directions: [] },
      liveActions: false,
      testedAt: null,
      firings: 0,
    });
    expect(await (await change(kept.id, { name: "Friday" })).json()).toMatchObject({
      name: "Friday",
      when: kept.when,
    });
    expect((await remove(kept.id)).status).toBe(204);
    expect((await remove(kept.id)).status).toBe(404);
    expect(await (await list(operator)).json()).toEqual({ rules: [] });
    const log = await listAudit(db, {}, 3);
    expect(JSON.stringify(log)).toContain("alert-rule.deleted");
  });

  test.each([
    [{ ...rule, name: "" }],
    [{ ...rule, do: [] }],
    [{ ...rule, when: { kind: "phrase", speaker: "any", phrase: "(", match: "pattern" } }],
    [{ ...rule, when: { kind: "tool-failing", failures: 3, of: 2 } }],
    [{ ...rule, when: { kind: "and", of: [rule.when] } }],
    [{ ...rule, do: [{ kind: "transfer", to: { me: true } }] }],
    [{ ...rule, when: { kind: "moon" } }],
  ])("are rejected with 422 if invalid: %j", async (input) => {
    expect((await add(input)).status).toBe(422);
  });

  test("allow live actions only after a back-test of the stored rule", async () => {
    const { id } = await (await add(rule)).json();
    expect((await change(id, { liveActions: true })).status).toBe(409);
    expect((await test30({ when: rule.when })).status).toBe(200);
    expect((await change(id, { liveActions: true })).status).toBe(409);
    expect((await test30({ ruleId: id })).status).toBe(200);
    expect(await (await change(id, { liveActions: true })).json()).toMatchObject({ liveActions: true });
    expect(await (await change(id, { do: [{ kind: "end", say: "Bye." }] })).json()).toMatchObject({
      liveActions: false,
      testedAt: null,
    });
  });
});

describe("a back-test", () => {
  test("returns how many calls it read, how often the rule would have fired, and the evidence of each firing", async () => {
    const call = startLiveCall();
    await call.answered(60);
    const report = endOfCallReport({ callId: call.callId });
    await deliver(report);
    const quiet = startLiveCall();
    await quiet.answered(50);
    // The fixtures' calls are old.
    await db.update(calls).set({ createdAt: new Date() });
    const found = await (await test30({ when: rule.when })).json();
    expect(found).toMatchObject({ days: 30, isComplete: true, firings: 1, callsWithFirings: 1 });
    expect(found.calls).toBeGreaterThanOrEqual(2);
    expect(found.hits).toMatchObject([{ callId: call.callId, text: expect.stringContaining("Thursday") }]);
    expect((await test30({ ruleId: randomUUID() })).status).toBe(404);
  });
});

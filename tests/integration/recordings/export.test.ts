import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { GET as captureCall } from "@/app/api/calls/[callId]/capture/route";
import { GET } from "@/app/api/calls/[callId]/export/route";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema/auth";
import { BigInteger, stringifyJson } from "@/lib/lossless-json";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const { callId, bodies } = buildCall("long");
for (const body of bodies) await deliver(body);
const [operator, viewer] = await Promise.all([signedIn("operator"), signedIn("viewer")]);

const take = (format: string, cookie = operator.cookie, id = callId) =>
  GET(send(`/api/calls/${id}/export?format=${format}`, { cookie }), {
    params: Promise.resolve({ callId: id }),
  });

test("export: a call is downloaded as JSON or text, and each download is in the audit log", async () => {
  const before = await db.$count(auditLog, eq(auditLog.target, callId));
  const json = await take("json");
  expect(json.headers.get("content-disposition")).toBe(`attachment; filename="call-${callId}.json"`);
  const whole = await json.json();
  expect(whole).toMatchObject({ call: { id: callId }, report: { summary: expect.any(String) } });
  expect(whole.turns.length).toBeGreaterThan(3);
  const text = await (await take("txt")).text();
  expect(text).toMatch(/\[0:\d\d\] (Caller|Assistant): /);
  expect(JSON.stringify(whole) + text).not.toMatch(/storage\.vapi\.ai|undefined/);
  const entries = await db
    .select()
    .from(auditLog)
    .where(eq(auditLog.target, callId))
    .orderBy(auditLog.id)
    .offset(before);
  expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
    ["call.exported", { format: "json" }],
    ["call.exported", { format: "txt" }],
  ]);
});

test("export: viewers get no caller number and no recording", async () => {
  const { call } = await (await take("json")).json();
  const masked = await (await take("json", viewer.cookie)).text();
  expect(masked).not.toContain(call.customerNumber);
  expect(JSON.parse(masked).recording.state).toBe("not-allowed");
});

test("export: an unknown format, an unknown call and an unauthenticated request are rejected", async () => {
  expect((await take("pdf")).status).toBe(422);
  expect((await take("json", operator.cookie, "none")).status).toBe(404);
  expect((await take("json", "")).status).toBe(401);
});

test("export: an integer beyond 2^53 keeps every digit: as text in the export, and as the number it was in the capture", async () => {
  const big = "2512292042121000001";
  const id = randomUUID();
  const order = { order_id: new BigInteger(big) };
  const asked = { id: "call_b", type: "function", function: { name: "echo", arguments: order } };
  const messages = [
    { type: "tool-calls", timestamp: 1_795_816_800_000, toolCallList: [asked] },
    { type: "end-of-call-report", timestamp: 1_795_816_900_000, analysis: { structuredData: order } },
    { type: "session.created", timestamp: 1_795_816_910_000, session: order },
  ];
  for (const message of messages) await deliver(stringifyJson({ message: { ...message, call: { id } } }));
  const written = (text: string) =>
    [...text.matchAll(/"order_id\\?":\s*("?\d+"?)/g)].map(([, value]) => value);
  const exported = written(await (await take("json", operator.cookie, id)).text());
  expect([exported.length, new Set(exported)]).toEqual([2, new Set([`"${big}"`])]);
  const capture = await captureCall(send("/api/capture", { cookie: operator.cookie }), {
    params: Promise.resolve({ callId: id }),
  });
  // One in each event, and the tool call's once more among the report's messages, as text.
  const captured = written(await capture.text());
  expect([captured.length, new Set(captured)]).toEqual([4, new Set([big])]);
});

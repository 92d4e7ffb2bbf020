import { randomUUID } from "node:crypto";
import { and, eq, like } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { startControlServer } from "@/tests/support/servers/control-server";

const vapi = await startControlServer();
process.env.OUTGOING_ALLOWED_HOSTS = vapi.host;
process.env.LISTEN_STREAM_SECONDS = "1";

// Imported after the environment is set, because modules read it when loaded.
const { GET: listen } = await import("@/app/api/calls/[callId]/listen/route");
const { db } = await import("@/db/client");
const { auditLog } = await import("@/db/schema/auth");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const operator = await signedIn("operator");

afterAll(() => vapi.stop());

async function open(callId: string, id: string) {
  const { cookie } = operator;
  const answer = await listen(send(`/api/calls/${callId}/listen?id=${id}`, { cookie }), {
    params: Promise.resolve({ callId }),
  });
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
  const { value } = await reader.read();
  return { head: JSON.parse(new TextDecoder().decode(value)), reader };
}

const auditsOf = (callId: string) =>
  db
    .select({ action: auditLog.action, detail: auditLog.detail })
    .from(auditLog)
    .where(and(eq(auditLog.target, callId), like(auditLog.action, "listening.%")))
    .orderBy(auditLog.id);

test("listening: a stream ends at its time limit, and one opened before then continues the same session", async () => {
  const callId = randomUUID();
  const { message } = statusUpdate("in-progress", { callId });
  await deliver({
    message: {
      ...message,
      timestamp: Date.now(),
      call: Object.assign({}, message.call, { monitor: vapi.monitorOf(callId) }),
    },
  });
  const id = randomUUID();
  const first = await open(callId, id);
  expect(first.head.endsAfter).toBe(1);
  const next = await open(callId, id);
  expect(next.head.endedBefore).toBeUndefined();
  // Both play until the first is ended, so that the player has time to switch to the next.
  vapi.listeners.at(-1)?.send(Buffer.alloc(640));
  for (const { reader } of [first, next]) expect((await reader.read()).value?.byteLength).toBe(640);
  for (const { reader } of [first, next]) expect((await reader.read()).done).toBe(true);
  await expect
    .poll(() => auditsOf(callId))
    .toMatchObject([
      { action: "listening.started" },
      { action: "listening.ended", detail: { reason: "The stream reached its time limit." } },
    ]);
});

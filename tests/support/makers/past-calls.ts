import { randomUUID } from "node:crypto";
import type { Body } from "@/tests/fixtures/body";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import type { VapiCall } from "@/tests/support/servers/vapi-server";

/** Makes a past call in both formats: the report's body as the webhook got it, and the call as Vapi's API returns it. */
export function makePastCall(
  createdAt: string,
  more: Record<string, unknown> = {},
): { body: Body; call: VapiCall } {
  const id = randomUUID();
  const startMs = Date.parse(createdAt);
  const times = {
    startedAt: new Date(startMs + 900).toISOString(),
    endedAt: new Date(startMs + 60_900).toISOString(),
  };
  const { message } = endOfCallReport({ callId: id, with: { timestamp: startMs + 65_000, ...times } });
  const snapshot = { ...Object(Reflect.get(message, "call")), createdAt };
  const body: Body = { message: { ...message, call: snapshot } };
  const { type: _, timestamp: __, call: ___, ...report } = body.message;
  const call = {
    ...snapshot,
    ...report,
    id,
    orgId: "org",
    createdAt,
    updatedAt: times.endedAt,
    status: "ended",
    ...more,
  };
  return { body, call };
}

/** Makes `count` calls, one minute apart, newest first. */
export function makePastCalls(count: number, newest = "2026-05-31T12:00:00.000Z"): VapiCall[] {
  return Array.from(
    { length: count },
    (_, index) => makePastCall(new Date(Date.parse(newest) - index * 60_000).toISOString()).call,
  );
}

import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { reports } from "@/db/schema/reports";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { deliver } from "@/tests/support/deliveries/deliver";

/** The URLs are signed anew for each delivery, as Vapi does since July 2026. */
function signedReport(callId: string, { atMs = 20_000, summary = "Moved." } = {}) {
  const body = endOfCallReport({ callId, atMs, summary });
  const presignedStereoUrl = `https://storage.vapi.ai/${callId}.wav?X-Amz-Signature=${randomUUID()}`;
  const artifact = { ...Object(body.message.artifact), presignedStereoUrl };
  return { message: { ...body.message, artifact } };
}

const read = async (callId: string) => {
  const [row] = await db.select().from(reports).where(eq(reports.callId, callId));
  return { row, version: (await getCallDetail(db, callId))?.call.version };
};

test("report: a repeated report with other signed links changes nothing and adds no version of the call", async () => {
  const callId = randomUUID();
  await deliver(signedReport(callId));
  const first = await read(callId);
  expect((await deliver(signedReport(callId))).status).toBe(200);
  expect(await read(callId)).toEqual(first);
  expect(JSON.stringify(first.row)).not.toContain("Signature");
});

test("report: of two reports the newer one wins, regardless of arrival order", async () => {
  for (const order of [
    [20_000, 30_000],
    [30_000, 20_000],
  ]) {
    const callId = randomUUID();
    for (const atMs of order) await deliver(signedReport(callId, { atMs, summary: `At ${atMs}` }));
    expect((await read(callId)).row?.summary).toBe("At 30000");
  }
});

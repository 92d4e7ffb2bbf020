import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { POST as act } from "@/app/api/alerts/[alertId]/[action]/route";
import { db } from "@/db/client";
import { addNote } from "@/db/queries/reports/review";
import { alertActs, alerts } from "@/db/schema/alerts";
import { callNotes, reports } from "@/db/schema/reports";
import { toolEffects } from "@/db/schema/tools";
import { applyRetention, setRetention } from "@/lib/privacy/server/erase";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { dumpDatabase } from "@/tests/support/database/dump-database";
import { askTool } from "@/tests/support/deliveries/ask-tools";
import { deliver } from "@/tests/support/deliveries/deliver";
import { tester } from "@/tests/support/makers/make-credential";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { leaveTraces } from "@/tests/support/people/traced-caller";
import { settled } from "@/tests/support/vitest/after";

describe("retention of personal data", () => {
  const mark = /Wilhelmina/;

  /** A call of a given age in days, with a note on it and one on its alert. */
  async function writeOf(daysAgo: number) {
    const callId = await leaveTraces({ daysAgo });
    const { id, cookie } = await signedIn("operator");
    await addNote(db, callId, "Wilhelmina asked for her daughter.", { id, name: "Ben" });
    const [alert] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.callId, callId));
    const path = `/api/alerts/${encodeURIComponent(alert?.id ?? "")}/note`;
    const asked = send(path, { method: "POST", cookie, json: { text: "Wilhelmina was called back." } });
    const params = Promise.resolve({ alertId: alert?.id ?? "", action: "note" });
    expect((await act(asked, { params })).status).toBe(200);
    await settled();
    return { callId, alertId: alert?.id ?? "" };
  }

  it("empties the notes on an old call and its alert, and keeps those of a newer call", async () => {
    const [old, young] = [await writeOf(91), await writeOf(89)];
    const keptForEver = { events: null, transcripts: null, recordings: null };
    await setRetention(db, { ...keptForEver, personal: 90 }, tester);
    await applyRetention(db);
    const notesOf = (callId: string) =>
      db.select({ text: callNotes.text }).from(callNotes).where(eq(callNotes.callId, callId));
    const textsOf = (alertId: string) =>
      db.select({ text: alertActs.text }).from(alertActs).where(eq(alertActs.alertId, alertId));
    expect(await notesOf(old.callId)).toEqual([{ text: "" }]);
    expect(await textsOf(old.alertId)).toEqual([{ text: null }]);
    expect(await notesOf(young.callId)).toMatchObject([{ text: expect.stringMatching(mark) }]);
    expect(await textsOf(young.alertId)).toMatchObject([{ text: expect.stringMatching(mark) }]);
  });
});

describe("secrets", () => {
  it("in a tool's answer are redacted in its stored effect, even when the tool call is repeated", async () => {
    const callId = randomUUID();
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJpbnZlbnRlZCJ9.leak-jwt-signature";
    const changes = { note: `use ${jwt} and Bearer leak-bearer-0123456789` };
    for (let time = 0; time < 2; time += 1) await askTool("update_context", { changes }, { callId });
    const [effect] = await db.select().from(toolEffects).where(eq(toolEffects.callId, callId));
    expect(effect?.result).toContain("[redacted]");
    expect(`${effect?.result} ${effect?.error}`).not.toContain("leak-");
  });

  it("in a recording's signed link are not stored, regardless of the report field", async () => {
    const signed = (name: string) =>
      `https://storage.vapi.ai/${name}.wav?X-Amz-Signature=leak-signature&X-Amz-Expires=60#leak-fragment`;
    const plain = (name: string) => `https://storage.vapi.ai/${name}.wav`;
    const [top, inArtifact, presigned] = [randomUUID(), randomUUID(), randomUUID()];
    const report = (callId: string, more: object, artifact: object) =>
      deliver(
        endOfCallReport({
          callId,
          with: { recordingUrl: undefined, stereoRecordingUrl: undefined, ...more, artifact },
        }),
      );
    await report(top, { recordingUrl: signed("mono"), stereoRecordingUrl: signed("stereo") }, {});
    const recording = { stereoUrl: signed("stereo"), mono: { combinedUrl: signed("mono") } };
    await report(inArtifact, {}, { recording });
    await report(presigned, {}, { presignedMonoUrl: signed("mono"), presignedStereoUrl: signed("stereo") });
    for (const callId of [top, inArtifact, presigned]) {
      const [row] = await db.select().from(reports).where(eq(reports.callId, callId));
      expect(row).toMatchObject({
        recordingUrl: plain("mono"),
        stereoRecordingUrl: plain("stereo"),
      });
    }
    expect(await dumpDatabase()).not.toMatch(/leak-(signature|fragment)/);
  });
});

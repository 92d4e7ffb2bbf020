import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { findFailure } from "@/lib/incidents/failure";

test.each([
  ["assistant-request-failed", null, "webhook"],
  ["assistant-request-returned-invalid-assistant", null, "webhook"],
  ["assistant-not-valid", null, "assistant"],
  ["call.start.error-subscription-frozen", null, "account"],
  ["call.in-progress.error-transfer-failed", null, "transfer"],
  ["worker-shutdown", null, "platform"],
  ["call.in-progress.error-vapifault-worker-died", "Vapi", "platform"],
  ["call.in-progress.error-vapifault-eleven-labs-500-server-error", "ElevenLabs", "voice"],
  ["pipeline-error-openai-401-incorrect-api-key", "OpenAI", "model"],
  ["call.in-progress.error-vapifault-deepgram-transcriber-failed", "Deepgram", "transcriber"],
  ["twilio-failed-to-connect-call", "Twilio", "transport"],
  ["call.in-progress.error-providerfault-outbound-sip-503-service-unavailable", null, "transport"],
] as const)("failures: %s belongs to provider %s, in stage %s", (code, provider, stage) => {
  expect(findFailure(code)).toEqual({ provider, stage });
});

test.each(["customer-ended-call", "silence-timed-out", "exceeded-max-duration", "unknown"])(
  "failures: %s is not a failure",
  (code) => {
    expect(findFailure(code)).toBeNull();
  },
);

const spec = "../shared/vapi/openapi-messages.json";

function endedReasons(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === "endedReason" && Array.isArray(value?.enum) ? value.enum : endedReasons(value),
  );
}

test.runIf(existsSync(spec))(
  "failures: every failing end reason in Vapi's schema has a stage, and every known one a group",
  () => {
    const codes = [...new Set(endedReasons(JSON.parse(readFileSync(spec, "utf8"))))];
    expect(codes.length).toBeGreaterThan(500);
    const vague = codes.filter((code) => {
      const failure = findFailure(code);
      return failure !== null && failure.stage === null;
    });
    expect(vague).toEqual([]);
    const unexplained = codes.filter(
      (code) => code !== "unknown" && describeEndedReason(code).group === null,
    );
    expect(unexplained).toEqual([]);
  },
);

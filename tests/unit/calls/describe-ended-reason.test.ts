import { Vapi } from "@vapi-ai/server-sdk";
import { describe, expect, test } from "vitest";
import { describeEndedReason } from "@/lib/calls/ended-reason";

const codes = Object.values(Vapi.CallEndedReason);

describe("end reasons in plain words", () => {
  test.each([
    ["customer-ended-call", "ended-well", "The caller hung up"],
    ["silence-timed-out", "caller-gave-up", "Silence until the time limit"],
    [
      "pipeline-error-openai-503-server-overloaded-error",
      "provider-fault",
      "OpenAI: server overloaded (503)",
    ],
    ["pipeline-error-openai-401-incorrect-api-key", "our-fault", "OpenAI: incorrect API key (401)"],
    [
      "call.in-progress.error-vapifault-openai-401-incorrect-api-key",
      "provider-fault",
      "OpenAI: incorrect API key (401)",
    ],
    ["call.in-progress.error-providerfault-groq-llm-failed", "provider-fault", "Groq: language model failed"],
    ["pipeline-error-eleven-labs-voice-not-found", "our-fault", "ElevenLabs: voice not found"],
    [
      "pipeline-error-deepgram-returning-502-network-error",
      "provider-fault",
      "Deepgram: network error (502)",
    ],
    ["call.in-progress.error-warm-transfer-max-duration", "our-fault", "Warm transfer max duration"],
    ["call.in-progress.error-vapifault-worker-died", "provider-fault", "Worker died"],
  ])("%s is described in words and grouped", (code, group, words) => {
    expect(describeEndedReason(code)).toEqual({ group, words });
  });

  test("a failing custom language model is our fault, even if reported as a provider fault", () => {
    expect(describeEndedReason("call.in-progress.error-providerfault-custom-llm-llm-failed")).toEqual({
      group: "our-fault",
      words: "Our language model: failed",
    });
  });

  test.each([
    ["customer-walked-away", null, "Customer walked away"],
    ["pipeline-error-newcomer-voice-failed", "provider-fault", "Newcomer voice failed"],
    ["call.in-progress.error-something-new-timed-out", "provider-fault", "Something new timed out"],
    ["constructor", null, "Constructor"],
    ["lost-contact", null, "No more events; presumed over"],
    ["unknown", null, "Vapi does not know the reason"],
  ])("an unknown code is readable: %s", (code, group, words) => {
    expect(describeEndedReason(code)).toEqual({ group, words });
  });

  test.each([
    ["call.start.error-newcomer-mishap", "our-fault", "Newcomer mishap"],
    ["assistant-request-newcomer-failed", "our-fault", "Assistant request newcomer failed"],
    ["assistant-request-newcomer", null, "Assistant request newcomer"],
    ["call.start.newcomer", null, "Newcomer"],
    ["call.ringing.newcomer-unavailable", "provider-fault", "Newcomer unavailable"],
    ["newcomer-assistant-request-failed", "provider-fault", "Newcomer assistant request failed"],
    ["pipeline-error-newcomer-429-too-many", "our-fault", "Newcomer too many (429)"],
    ["pipeline-error-newcomer-quota-500", "provider-fault", "Newcomer quota (500)"],
    ["pipeline-error-newcomer-505", "provider-fault", "Newcomer (505)"],
    ["pipeline-error-newcomer-1500-limit", "our-fault", "Newcomer 1500 limit"],
    ["call.in-progress.error-vapifault-newcomer-sip-api", "provider-fault", "Newcomer SIP API"],
    ["call.in-progress.error-vapifault-a-custom-thing", "provider-fault", "A custom thing"],
    ["call.in-progress.error-warm-transfer-newcomer", "our-fault", "Warm transfer newcomer"],
    ["newcomer.with_other--joints", null, "Newcomer with other joints"],
  ])("an unlisted code is attributed by its form: %s", (code, group, words) => {
    expect(describeEndedReason(code)).toEqual({ group, words });
  });

  test("every reason in Vapi's enum reads as words, and every fault code is grouped as a fault", () => {
    expect(codes.length).toBeGreaterThan(500);
    for (const code of codes) {
      const { group, words } = describeEndedReason(code);
      expect(words, code).toMatch(/^[A-Z].*[a-z0-9)]$/i);
      expect(words, code).not.toMatch(/[-_](?!\w)|vapifault|providerfault|pipeline error/);
      if (/providerfault|pipeline-error|vapifault/.test(code)) expect(group, code).toMatch(/fault/);
    }
  });
});

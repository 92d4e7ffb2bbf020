import { Vapi } from "@vapi-ai/server-sdk";
import { describe, expect, test } from "vitest";
import { describeEndedReason } from "@/lib/calls/ended-reason";

const codes = Object.values(Vapi.CallEndedReason);

describe("end reasons in plain words", () => {
  test.each([
    ["customer-ended-call", "ended-well", "The caller hung up"],
    ["silence-timed-out", "caller-gave-up", "Nobody spoke until the time limit"],
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
  ])("%s", (code, group, words) => {
    expect(describeEndedReason(code)).toEqual({ group, words });
  });

  test("a custom language model that fails is our fault, whoever noticed", () => {
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
    ["unknown", null, "Vapi does not know why"],
  ])("a code nobody knows yet is readable: %s", (code, group, words) => {
    expect(describeEndedReason(code)).toEqual({ group, words });
  });

  test("every reason of Vapi's own enum reads as words, and every one of their faults as a fault", () => {
    expect(codes.length).toBeGreaterThan(500);
    for (const code of codes) {
      const { group, words } = describeEndedReason(code);
      expect(words, code).toMatch(/^[A-Z].*[a-z0-9)]$/i);
      expect(words, code).not.toMatch(/[-_](?!\w)|vapifault|providerfault|pipeline error/);
      if (/providerfault|pipeline-error|vapifault/.test(code)) expect(group, code).toMatch(/fault/);
    }
  });
});

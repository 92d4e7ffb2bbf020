import { describeEndedReason, endedVendor, takeApart } from "@/lib/calls/ended-reason";

/** End reasons caused by Earshot or by the team, not by a service the call depends on. */
const noFailures = new Set([
  "exceeded-max-duration",
  "call.forwarding.operator-busy",
  "call.forwarding.no-answer",
  "call.start.error-fraud-check-failed",
]);

/**
 * The part of a call that failed: the line, transcription, model or voice; Earshot's response to Vapi; the assistant's
 * settings; a transfer; a limit of the Vapi account; Vapi itself.
 */
const failureStages = [
  "transport",
  "transcriber",
  "model",
  "voice",
  "webhook",
  "assistant",
  "transfer",
  "account",
  "platform",
] as const;

interface CallFailure {
  /** The provider's name; null if the code does not contain one. */
  provider: string | null;
  /** Null if the code does not contain one. */
  stage: (typeof failureStages)[number] | null;
}

/**
 * Returns what failed in a call that ended with an error of a provider, the pipeline, the assistant or the line; null
 * for any other end reason.
 */
export function findFailure(code: string): CallFailure | null {
  const { group } = describeEndedReason(code);
  if (noFailures.has(code) || (group !== "our-fault" && group !== "provider-fault")) return null;
  const { what, fault } = takeApart(code);
  const carrier = carriers.find(([name]) => code.includes(name))?.[1] ?? null;
  return {
    provider: endedVendor(code) ?? carrier ?? (fault === "vapi" ? "Vapi" : null),
    stage: stages.find(([form]) => form.test(what))?.[1] ?? null,
  };
}

const carriers = [
  ["twilio", "Twilio"],
  ["vonage", "Vonage"],
  ["telnyx", "Telnyx"],
] as const;

/** The stage the code names, or else the stage its vendor is known for. The first match wins. */
const stages: ReadonlyArray<readonly [RegExp, NonNullable<CallFailure["stage"]>]> = [
  [/^assistant-request/, "webhook"],
  [/transcriber|(^|-)stt(-|$)/, "transcriber"],
  [/voice|(^|-)tts(-|$)/, "voice"],
  [/llm|model/, "model"],
  [/^(deepgram|assembly-ai|gladia|speechmatics|soniox|talkscriber)-/, "transcriber"],
  [
    /^(eleven-labs|cartesia|playht|rime-ai|lmnt|neuphonic|hume|sesame|smallest-ai|minimax|inworld|wellsaid|azure-speech|tavus)-/,
    "voice",
  ],
  [/twilio|vonage|telnyx|(^|-)sip-|phone-call-provider|transport|phone-number|customer-audio/, "transport"],
  [/transfer/, "transfer"],
  [/subscription|recording-consent|vapi-number/, "account"],
  [/^vapi-|worker|^database|^get-org|^chat-pipeline|join-timed-out/, "platform"],
  [/assistant|resources-validation|get-customer/, "assistant"],
  [
    /^(openai|azure-openai|anthropic|google|groq|mistral|cerebras|deep-seek|deepinfra|together-ai|openrouter|perplexity-ai|anyscale|baseten|runpod|inflection-ai|xai)-/,
    "model",
  ],
];

import type { Call } from "@/lib/calls/call";
import { vendorNames } from "@/lib/calls/costs";

/** Who caused a call's end, in display order. */
export const endedGroups = ["ended-well", "caller-gave-up", "our-fault", "provider-fault"] as const;

export type EndedGroup = (typeof endedGroups)[number];

export const endedGroupLabels: Readonly<Record<EndedGroup, string>> = {
  "ended-well": "Ended well",
  "caller-gave-up": "Caller gave up",
  "our-fault": "Our fault",
  "provider-fault": "Provider’s fault",
};

/** Label for a missing cause, or one that Vapi does not know. */
export const unknownCauseLabel = "Unknown cause";

/**
 * Vapi's end reasons that are no vendor's error, in plain words. Their enum (openapi `endedReason`, 595 codes) grows with
 * every release; the rules below name the rest.
 */
export const endedReasons: Readonly<Record<string, readonly [EndedGroup | null, string]>> = {
  "assistant-ended-call": ["ended-well", "The assistant ended the call"],
  "assistant-ended-call-after-message-spoken": [
    "ended-well",
    "The assistant said goodbye and ended the call",
  ],
  "assistant-ended-call-with-hangup-task": ["ended-well", "The assistant ended the call"],
  "assistant-said-end-call-phrase": ["ended-well", "The assistant said its closing phrase"],
  "assistant-forwarded-call": ["ended-well", "The assistant transferred the call"],
  "customer-ended-call": ["ended-well", "The caller hung up"],
  "customer-ended-call-after-warm-transfer-attempt": [
    "ended-well",
    "The caller hung up after a transfer attempt",
  ],
  "call.in-progress.twilio-completed-call": ["ended-well", "The caller hung up"],
  "call.in-progress.sip-completed-call": ["ended-well", "The caller hung up"],
  "vonage-completed": ["ended-well", "The caller hung up"],
  "call.ringing.hook-executed-say": ["ended-well", "A message was played while it rang"],
  "call.ringing.hook-executed-transfer": ["ended-well", "Transferred while it rang"],
  "call.ending.hook-executed-say": ["ended-well", "A closing message was played"],
  "call.ending.hook-executed-transfer": ["ended-well", "Transferred at the end"],
  "assistant-request-returned-forwarding-phone-number": ["ended-well", "Forwarded to a phone number"],
  "manually-canceled": ["ended-well", "The call was cancelled"],
  "scheduled-call-deleted": ["ended-well", "The scheduled call was deleted"],
  "call-deleted": ["ended-well", "The call was deleted"],

  // Earshot's own word, too: see toEndCode.
  "caller-hung-up-waiting": ["caller-gave-up", "The caller hung up while waiting for the assistant"],
  "silence-timed-out": ["caller-gave-up", "Silence until the time limit"],
  "customer-busy": ["caller-gave-up", "The line was busy"],
  "customer-did-not-answer": ["caller-gave-up", "Not answered"],
  "customer-did-not-give-microphone-permission": [
    "caller-gave-up",
    "The caller did not allow the microphone",
  ],
  "customer-ended-call-before-warm-transfer": ["caller-gave-up", "The caller hung up before the transfer"],
  "customer-ended-call-during-transfer": ["caller-gave-up", "The caller hung up during the transfer"],
  "call.ringing.sip-inbound-caller-hungup-before-call-connect": [
    "caller-gave-up",
    "The caller hung up while it rang",
  ],
  "twilio-reported-customer-misdialed": ["caller-gave-up", "The number does not exist"],
  "vonage-rejected": ["caller-gave-up", "The call was rejected"],
  voicemail: ["caller-gave-up", "Voicemail answered"],

  "exceeded-max-duration": ["our-fault", "The call reached our time limit"],
  // Earshot's own word for a call whose events stopped arriving (lib/tick/server/stale-calls.ts).
  "lost-contact": [null, "No more events; presumed over"],
  "assistant-not-found": ["our-fault", "The assistant does not exist"],
  "assistant-not-valid": ["our-fault", "The assistant's settings are not valid"],
  "assistant-request-failed": ["our-fault", "Our server did not name an assistant"],
  "assistant-request-returned-error": ["our-fault", "We answered the assistant request with an error"],
  "assistant-request-returned-unspeakable-error": [
    "our-fault",
    "We answered the assistant request with an error that cannot be spoken",
  ],
  "assistant-request-returned-invalid-assistant": [
    "our-fault",
    "We answered with an assistant that is not valid",
  ],
  "assistant-request-returned-no-assistant": ["our-fault", "We answered without an assistant"],
  "call-start-error-neither-assistant-nor-server-set": [
    "our-fault",
    "The number has neither an assistant nor a server",
  ],
  "call.start.error-get-assistant": ["our-fault", "The assistant could not be read"],
  "call.start.error-get-phone-number": ["our-fault", "The phone number could not be read"],
  "call.start.error-get-customer": ["our-fault", "The customer could not be read"],
  "call.start.error-get-resources-validation": ["our-fault", "The call's settings are not valid"],
  "call.start.error-get-transport": ["our-fault", "The phone line could not be read"],
  "call.start.assistant-version-error-validation": ["our-fault", "The assistant's version is not valid"],
  "call.start.error-vapi-number-international": ["our-fault", "Vapi's numbers cannot call abroad"],
  "call.start.error-vapi-number-outbound-daily-limit": ["our-fault", "Vapi's number reached its daily limit"],
  "call.start.error-subscription-insufficient-credits": ["our-fault", "Our Vapi account has no credit left"],
  "call.start.error-subscription-concurrency-limit-reached": [
    "our-fault",
    "Too many calls at once for our Vapi plan",
  ],
  "call.start.error-subscription-frozen": ["our-fault", "Our Vapi account is frozen"],
  "call.start.error-enterprise-feature-not-available-recording-consent": [
    "our-fault",
    "Recording consent is not in our Vapi plan",
  ],
  "call.start.error-fraud-check-failed": ["our-fault", "Vapi's fraud check rejected the call"],
  "call.forwarding.operator-busy": ["our-fault", "Transferred, but the team's line was busy"],
  "call.forwarding.no-answer": ["our-fault", "Transferred, but the team did not answer"],
  "call.in-progress.error-transfer-failed": ["our-fault", "The transfer failed"],
  "call.in-progress.error-pipeline-no-available-llm-model": ["our-fault", "No language model was available"],
  "call.in-progress.error-pipeline-ws-model-connection-failed": [
    "our-fault",
    "Our language model could not be reached",
  ],
  "call.in-progress.error-assistant-did-not-receive-customer-audio": [
    "caller-gave-up",
    "No audio from the caller",
  ],
  "phone-call-provider-bypass-enabled-but-no-call-received": [
    "our-fault",
    "The announced call never arrived",
  ],

  "assistant-join-timed-out": ["provider-fault", "The assistant did not join in time"],
  "phone-call-provider-closed-websocket": ["provider-fault", "The phone company dropped the connection"],
  "twilio-failed-to-connect-call": ["provider-fault", "Twilio could not connect the call"],
  "vonage-failed-to-connect-call": ["provider-fault", "Vonage could not connect the call"],
  "vonage-disconnected": ["provider-fault", "Vonage dropped the call"],
  "call.start.error-vapifault-get-org": ["provider-fault", "Vapi could not read our account"],
  "call.start.error-vapifault-get-subscription": ["provider-fault", "Vapi could not read our subscription"],
  "worker-shutdown": ["provider-fault", "Vapi shut the call's worker down"],
};

interface EndedReason {
  /** Null where Vapi does not know the cause, or where neither the list nor the code's form explains it. */
  group: EndedGroup | null;
  words: string;
}

/**
 * Describes Vapi's `endedReason` code in plain words, with who caused it. Never fails: an unknown code is spelled out,
 * and grouped only where its form shows who is at fault.
 */
export function describeEndedReason(code: string): EndedReason {
  if (code === "unknown") return { group: null, words: "Vapi does not know the reason" };
  const known = Object.hasOwn(endedReasons, code) ? endedReasons[code] : undefined;
  if (known) return { group: known[0], words: known[1] };
  const { what, fault } = takeApart(code);
  return { group: groupOf(code, what, fault), words: spell(what) };
}

/** Name of the vendor whose service failed; null where the code names none. */
export function endedVendor(code: string): string | null {
  const { what, fault } = takeApart(code);
  if (fault === null) return null;
  return vendorNames.find(([vendor]) => what.startsWith(`${vendor}-`))?.[1] ?? null;
}

type Fault = "pipeline" | "vapi" | "provider" | "warm-transfer" | null;

/** `pipeline-error-…`: our own account at the vendor. `…vapifault-…`: Vapi's account. `…providerfault-…`: the vendor itself. */
const prefixes: ReadonlyArray<readonly [RegExp, Fault]> = [
  [/^pipeline-error-/, "pipeline"],
  [/^call\.[a-z-]+\.error-vapifault-/, "vapi"],
  [/^call\.[a-z-]+\.error-providerfault-/, "provider"],
  [/^call\.[a-z-]+\.error-(?=warm-transfer-)/, "warm-transfer"],
  [/^call\.[a-z-]+\.(error-)?/, null],
];

/** A code without its prefix, and whose fault the prefix says it is. */
export function takeApart(code: string): { what: string; fault: Fault } {
  for (const [prefix, fault] of prefixes) {
    if (prefix.test(code)) return { what: code.replace(prefix, ""), fault };
  }
  return { what: code, fault: null };
}

/** Vendor errors caused by wrong keys, credit, plan or settings: ours to fix, if the account is ours. */
const ourFaultPattern =
  /40[0-4]|429|auth|api-key|credential|quota|credits|payment|funds|plan|blocked|invalid|not-found|not-allowed|only|disabled|missing|limit|fine-tuned|must-be|denied|custom/;
const serverError = /(^|-)5\d\d(-|$)/;
const failure = /error|fail|fault|timed-out|timeout|unavailable|died|missing|refused|denied/;

function groupOf(code: string, what: string, fault: Fault): EndedGroup | null {
  if (fault === "vapi" || fault === "provider") return /^custom-/.test(what) ? "our-fault" : "provider-fault";
  if (fault === "pipeline")
    return ourFaultPattern.test(what) && !serverError.test(what) ? "our-fault" : "provider-fault";
  if (fault === "warm-transfer") return "our-fault";
  if (!failure.test(code)) return null;
  return code.startsWith("call.start.") || code.startsWith("assistant-request")
    ? "our-fault"
    : "provider-fault";
}

function spell(what: string): string {
  for (const [code, name] of vendorNames) {
    if (what.startsWith(`${code}-`)) return `${name}: ${plain(what.slice(code.length + 1))}`;
  }
  const words = plain(what);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "503-server-overloaded-error" → "server overloaded (503)". */
function plain(tail: string): string {
  const status = /(?:^|-)(\d{3})(?:-|$)/.exec(tail)?.[1];
  const words = tail
    .replace(/^llm-failed$/, "language model failed")
    .replace(/^returning-/, "")
    .replace(/(^|-)\d{3}(-|$)/, "$1$2")
    .replace(/(server-overloaded)-error$/, "$1")
    .split(/[-._]+/)
    .filter(Boolean)
    .map((word) => acronyms.get(word) ?? word)
    .join(" ");
  return status ? `${words} (${status})` : words;
}

const acronyms = new Map(
  ["API", "SIP", "LLM", "JSON", "URI", "AI", "TTS", "STT"].map((word) => [word.toLowerCase(), word]),
);

/** A caller who hangs up after waiting this long for an answer has given up; the default of the no-answer alert. */
const noAnswerMs = 10_000;

/** Earshot's own end reason: the caller hung up during an open hang, or while no answer came. */
export const hungUpWaiting = "caller-hung-up-waiting";

/** Vapi's codes for a caller who hung up. */
export const hangUpCodes: readonly string[] = [
  "customer-ended-call",
  "call.in-progress.twilio-completed-call",
  "call.in-progress.sip-completed-call",
  "vonage-completed",
];

interface SpeechTimes {
  endedAt: Date | null;
  hangAt: Date | null;
  assistantSpokeAt: Date | null;
  assistantStoppedAt: Date | null;
  userStoppedAt: Date | null;
  userFinalAt: Date | null;
}

/** Whether a call ended while its caller waited for the assistant: in a hang it did not recover from, or unanswered. */
export function isEndedWaiting(times: SpeechTimes): boolean {
  const [endedAt, hangAt] = [toMs(times.endedAt), toMs(times.hangAt)];
  const spokeAt = toMs(times.assistantSpokeAt);
  if (hangAt > spokeAt && hangAt < endedAt) return true;
  const askedAt = Math.max(toMs(times.userStoppedAt), toMs(times.userFinalAt));
  return askedAt > Math.max(spokeAt, toMs(times.assistantStoppedAt)) && endedAt - askedAt >= noAnswerMs;
}

/** End reason of a call: Vapi's code, or Earshot's own if a caller who hung up was kept waiting. */
export function toEndCode({ endedReason, endedWaiting }: Pick<Call, "endedReason" | "endedWaiting">) {
  return endedWaiting && endedReason !== null && hangUpCodes.includes(endedReason)
    ? hungUpWaiting
    : endedReason;
}

function toMs(at: Date | null): number {
  return at?.getTime() ?? 0;
}

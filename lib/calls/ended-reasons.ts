import type { EndedGroup } from "@/lib/calls/ended-group";

/**
 * Vapi's end reasons that are no vendor's error, in plain words. Their enum (openapi `endedReason`, 595 codes) grows with
 * every release; what is not here is told by rule: describe-ended-reason.ts.
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
    "The caller hung up after a transfer was tried",
  ],
  "call.in-progress.twilio-completed-call": ["ended-well", "The caller hung up"],
  "call.in-progress.sip-completed-call": ["ended-well", "The caller hung up"],
  "vonage-completed": ["ended-well", "The caller hung up"],
  "call.ringing.hook-executed-say": ["ended-well", "A message was played while it rang"],
  "call.ringing.hook-executed-transfer": ["ended-well", "Transferred while it rang"],
  "call.ending.hook-executed-say": ["ended-well", "A closing message was played"],
  "call.ending.hook-executed-transfer": ["ended-well", "Transferred at the end"],
  "assistant-request-returned-forwarding-phone-number": ["ended-well", "Sent on to a phone number"],
  "manually-canceled": ["ended-well", "Somebody cancelled the call"],
  "scheduled-call-deleted": ["ended-well", "The scheduled call was deleted"],
  "call-deleted": ["ended-well", "The call was deleted"],

  // Earshot's own word, too (ended-waiting.ts).
  "caller-hung-up-waiting": ["caller-gave-up", "The caller hung up while waiting for the assistant"],
  "silence-timed-out": ["caller-gave-up", "Nobody spoke until the time limit"],
  "customer-busy": ["caller-gave-up", "The line was busy"],
  "customer-did-not-answer": ["caller-gave-up", "Nobody answered"],
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
  // Earshot's own word for a call of which nothing more was heard (lib/tick/close-lost-call.ts).
  "lost-contact": [null, "No more events; presumed over"],
  "assistant-not-found": ["our-fault", "The assistant does not exist"],
  "assistant-not-valid": ["our-fault", "The assistant's settings are not valid"],
  "assistant-request-failed": ["our-fault", "We did not say which assistant answers"],
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
  "call.start.error-fraud-check-failed": ["our-fault", "Vapi's fraud check refused the call"],
  "call.forwarding.operator-busy": ["our-fault", "Transferred, but the team's line was busy"],
  "call.forwarding.no-answer": ["our-fault", "Transferred, but nobody in the team answered"],
  "call.in-progress.error-transfer-failed": ["our-fault", "The transfer failed"],
  "call.in-progress.error-pipeline-no-available-llm-model": ["our-fault", "No language model was available"],
  "call.in-progress.error-pipeline-ws-model-connection-failed": [
    "our-fault",
    "Our language model could not be reached",
  ],
  "call.in-progress.error-assistant-did-not-receive-customer-audio": [
    "caller-gave-up",
    "No sound came from the caller",
  ],
  "phone-call-provider-bypass-enabled-but-no-call-received": [
    "our-fault",
    "The call we announced never came",
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

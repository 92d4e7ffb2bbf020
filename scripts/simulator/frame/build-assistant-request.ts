import type { Frame } from "@/scripts/simulator/frame/frame";
import type { Message } from "@/scripts/simulator/message";

const unset = {
  stripeSubscriptionId: null,
  twilioAccountSid: null,
  twilioAuthToken: null,
  stripeSubscriptionStatus: null,
  stripeSubscriptionCurrentPeriodStart: null,
  credentialId: null,
  serverUrl: null,
  serverUrlSecret: null,
  twilioOutgoingCallerId: null,
  sipUri: null,
  fallbackForwardingPhoneNumber: null,
  fallbackDestination: null,
  squadId: null,
  workflowId: null,
};

/**
 * Who is to answer this call? Asked before there is an assistant, a conversation or a place to listen, so it is small;
 * the phone number shows its unset fields as null.
 */
export function buildAssistantRequest(frame: Frame, timestamp: number): Message {
  const { monitor: _, cost: __, phoneCallProviderDetails: ___, ...call } = frame.call;
  return {
    timestamp,
    type: "assistant-request",
    call: { ...call, assistantId: null, squadId: null, workflowId: null },
    phoneNumber: { ...frame.phoneNumber, ...unset, assistantId: null },
    customer: frame.customer,
  };
}

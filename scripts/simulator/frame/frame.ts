import type { Artifact } from "@/scripts/simulator/artifact";
import type { Message } from "@/scripts/simulator/call-event";
import type { Assistant } from "@/scripts/simulator/frame/build-assistant";

export interface Customer {
  number: string;
  name?: string;
  sipUri?: string;
}

/** What every message of one call repeats, whole, each time. */
export interface Frame {
  call: Record<string, unknown>;
  /** Absent on web calls, like the customer. */
  phoneNumber?: Record<string, unknown>;
  customer?: Customer;
  assistant: Assistant;
  /** Vapi's label, "v3"; null where an organisation does not version its assistants. */
  assistantVersion: string | null;
}

/** A message with its keys in Vapi's order: stamp, type, what is specific, the artifact, then the frame. */
export function buildMessage(
  frame: Frame,
  head: { timestamp: number; type: string } & Record<string, unknown>,
  artifact?: Artifact,
): Message {
  const { call, phoneNumber, customer, assistant, assistantVersion } = frame;
  return {
    ...head,
    ...(artifact && { artifact }),
    call,
    ...(phoneNumber && { phoneNumber }),
    ...(customer && { customer }),
    assistant,
    ...(assistantVersion && { assistantVersion }),
  };
}

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

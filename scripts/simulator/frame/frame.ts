import type { Artifact } from "@/scripts/simulator/artifact";
import type { Message } from "@/scripts/simulator/call-event";
import type { Assistant } from "@/scripts/simulator/frame/build-assistant";

export interface Customer {
  number: string;
  name?: string;
  sipUri?: string;
}

/** The data that every message of a call repeats in full. */
export interface Frame {
  call: Record<string, unknown>;
  /** Absent on web calls, like the customer. */
  phoneNumber?: Record<string, unknown>;
  customer?: Customer;
  assistant: Assistant;
  /** Vapi's label, "v3"; null where an organisation does not version its assistants. */
  assistantVersion: string | null;
}

/** Builds a message with its keys in Vapi's order: timestamp, type, specific fields, artifact, frame. */
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
 * Builds the request for an assistant. It is small because it comes before the call has an assistant, a conversation or
 * a monitor; the unset fields of its phone number are null.
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

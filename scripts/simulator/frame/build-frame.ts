import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import type { CallKind } from "@/scripts/simulator/call-kind";
import { buildAssistant } from "@/scripts/simulator/frame/build-assistant";
import { buildCallSnapshot } from "@/scripts/simulator/frame/build-call-snapshot";
import { buildPhoneNumber } from "@/scripts/simulator/frame/build-phone-number";
import type { Customer, Frame } from "@/scripts/simulator/frame/frame";
import type { Random } from "@/scripts/simulator/random";

/** The one organisation that all simulated calls belong to. */
const orgId = "5e1f0c1a-6c3d-4d8e-9b57-0f2a7c9d4e31";

export interface FrameFacts {
  callId: string;
  kind: CallKind;
  profile: AssistantProfile;
  /** The caller, or who is called; not used for web calls. */
  person: { number: string; name: string };
  firstMessage: string;
  serverUrl: string;
  /** Epoch milliseconds. */
  createdAtMs: number;
  metadata: Record<string, unknown>;
}

/** Everything that one call's messages have in common. */
export function buildFrame(random: Random, facts: FrameFacts): Frame {
  const { callId, kind, profile, createdAtMs, metadata } = facts;
  const { serverUrl, firstMessage } = facts;
  const assistant = buildAssistant(profile, { orgId, serverUrl, firstMessage });
  const always = { assistant, assistantVersion: profile.version };
  const base = { callId, orgId, assistantId: assistant.id, kind, createdAtMs, metadata };
  if (kind === "web") {
    return { ...always, call: buildCallSnapshot(random, { ...base, customer: null, phoneNumber: null }) };
  }
  const phoneNumber = buildPhoneNumber(profile, assistant);
  const customer = toCustomer(kind, facts.person);
  const call = buildCallSnapshot(random, { ...base, customer, phoneNumber });
  return { ...always, call, phoneNumber, customer };
}

/** A name is known of the people one calls, not of those who call. */
function toCustomer(kind: CallKind, { number, name }: FrameFacts["person"]): Customer {
  return kind === "outbound" ? { number, name } : { number, sipUri: `sip:${number}@203.0.113.186:5060` };
}

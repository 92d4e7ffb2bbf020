import type { AssistantProfile, CallKind } from "@/scripts/simulator/dialogue";
import { type Assistant, buildAssistant } from "@/scripts/simulator/frame/build-assistant";
import { buildSipDetails } from "@/scripts/simulator/frame/build-sip-details";
import type { Customer, Frame } from "@/scripts/simulator/frame/frame";
import { createRandom, type Random, uuidV4 } from "@/scripts/simulator/random";

const hosts = [
  "phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai",
  "phone-call-websocket.aws-us-west-2-backend-production2.vapi.ai",
  "phone-call-websocket.oci-us-sanjose-1-backend-production3.vapi.ai",
];

/** Returns the URLs for listening to and controlling a call. They need no other credential: each is a password. */
function buildMonitor(random: Random, callId: string) {
  const host = random.pick(hosts);
  return { listenUrl: `wss://${host}/${callId}/listen`, controlUrl: `https://${host}/${callId}/control` };
}

interface SnapshotFacts {
  callId: string;
  orgId: string;
  assistantId: string;
  kind: CallKind;
  /** Epoch milliseconds. */
  createdAtMs: number;
  customer: Customer | null;
  phoneNumber: { id: string; number: string } | null;
  metadata: Record<string, unknown>;
}

/**
 * Builds `message.call`, a snapshot from the call's creation that is never updated: even in the report, its status is
 * ringing or queued, its cost 0 and its `updatedAt` the time of creation.
 */
function buildCallSnapshot(random: Random, facts: SnapshotFacts): Record<string, unknown> {
  const createdAt = new Date(facts.createdAtMs).toISOString();
  const base = { id: facts.callId, orgId: facts.orgId, createdAt, updatedAt: createdAt };
  const always = { cost: 0, monitor: buildMonitor(random, facts.callId) };
  const { assistantId, customer, phoneNumber, metadata } = facts;
  const phone = { phoneNumberId: phoneNumber?.id, customer };
  switch (facts.kind) {
    case "web": {
      const assistantOverrides = { metadata };
      return { ...base, type: "webCall", ...always, ...buildWeb(random), assistantId, assistantOverrides };
    }
    case "outbound": {
      const type = "outboundPhoneCall";
      return { ...base, type, ...always, ...buildTwilio(random), metadata, assistantId, ...phone };
    }
    case "inbound": {
      const sip = buildSip(random, customer?.number ?? "anonymous", phoneNumber?.number ?? "");
      return { ...base, type: "inboundPhoneCall", ...always, ...sip, assistantId, ...phone };
    }
  }
}

/** Builds the SIP fields. Vapi returns the carrier's custom headers as variables of the assistant. */
function buildSip(random: Random, from: string, to: string) {
  const callSid = uuidV4(random);
  const details = buildSipDetails(random, from, to);
  const { sip, sbcCallId } = details;
  const variableValues = {
    cid: sbcCallId,
    "account-sid": sip.headers["X-Account-Sid"],
    "forwarded-for": sip.headers["X-Forwarded-For"],
    "application-sid": sip.headers["X-Application-Sid"],
    "voip-carrier-sid": sip.headers["X-Voip-Carrier-Sid"],
    "originating-carrier": sip.headers["X-Originating-Carrier"],
  };
  return {
    transport: { conversationType: "voice", provider: "vapi.sip", callSid, sbcCallSid: sbcCallId },
    phoneCallProvider: "vapi",
    phoneCallProviderId: callSid,
    phoneCallTransport: "sip",
    phoneCallProviderDetails: details,
    status: "ringing",
    assistantOverrides: { variableValues },
  };
}

function buildTwilio(random: Random) {
  const callSid = `CA${random.hex(32)}`;
  return {
    transport: { conversationType: "voice", provider: "twilio", callSid },
    phoneCallProvider: "twilio",
    phoneCallProviderId: callSid,
    phoneCallTransport: "pstn",
    status: "queued",
  };
}

function buildWeb(random: Random) {
  const callUrl = `https://vapi.daily.co/${random.hex(20)}`;
  return {
    transport: { conversationType: "voice", provider: "daily", assistantVideoEnabled: false, callUrl },
    webCallUrl: callUrl,
    status: "queued",
  };
}

/** Builds the phone number the call came in on or went out from. */
function buildPhoneNumber({ phone }: AssistantProfile, { id: assistantId, orgId }: Assistant) {
  const random = createRandom(`phone number ${phone.number}`);
  return {
    id: uuidV4(random),
    orgId,
    assistantId,
    number: phone.number,
    createdAt: "2025-09-04T06:42:22.247Z",
    updatedAt: "2025-09-04T16:12:06.970Z",
    name: phone.name,
    provider: "vapi",
    status: "active",
    providerResourceId: uuidV4(random),
  };
}

/** The organisation of all simulated calls. */
const orgId = "5e1f0c1a-6c3d-4d8e-9b57-0f2a7c9d4e31";

interface FrameFacts {
  callId: string;
  kind: CallKind;
  profile: AssistantProfile;
  /** The caller or recipient; not used for web calls. */
  person: { number: string; name: string };
  firstMessage: string;
  serverUrl: string;
  /** Epoch milliseconds. */
  createdAtMs: number;
  metadata: Record<string, unknown>;
}

/** Builds the data that all messages of a call share. */
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

/** Includes a name for recipients only: the names of callers are unknown. */
function toCustomer(kind: CallKind, { number, name }: FrameFacts["person"]): Customer {
  return kind === "outbound" ? { number, name } : { number, sipUri: `sip:${number}@203.0.113.186:5060` };
}

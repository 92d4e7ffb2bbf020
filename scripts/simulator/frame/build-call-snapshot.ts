import type { CallKind } from "@/scripts/simulator/call-kind";
import { buildMonitor } from "@/scripts/simulator/frame/build-monitor";
import { buildSipDetails } from "@/scripts/simulator/frame/build-sip-details";
import type { Customer } from "@/scripts/simulator/frame/frame";
import type { Random } from "@/scripts/simulator/random";
import { uuidV4 } from "@/scripts/simulator/uuid-v4";

export interface SnapshotFacts {
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
 * `message.call`: taken when the call was created and never again. Its status stays ringing or queued, its cost 0 and
 * its `updatedAt` the time of creation, in the report too.
 */
export function buildCallSnapshot(random: Random, facts: SnapshotFacts): Record<string, unknown> {
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

/** What the carrier sends in headers of its own comes back as variables of the assistant. */
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

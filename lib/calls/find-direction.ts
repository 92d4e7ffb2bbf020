import type { Call } from "@/lib/calls/call";

const directions: Record<string, NonNullable<Call["direction"]>> = {
  inboundPhoneCall: "inbound",
  outboundPhoneCall: "outbound",
  webCall: "web",
  "vapi.websocketCall": "web",
};

/** Who called whom, by Vapi's `call.type`. Null for a type that is not known yet. */
export function findDirection(type: string | null): Call["direction"] {
  return (type && directions[type]) || null;
}

import type { Random } from "@/scripts/simulator/random";

const hosts = [
  "phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai",
  "phone-call-websocket.aws-us-west-2-backend-production2.vapi.ai",
  "phone-call-websocket.oci-us-sanjose-1-backend-production3.vapi.ai",
];

/** Where a call can be heard and steered. Whoever knows these URLs can do both: each is a password. */
export function buildMonitor(random: Random, callId: string) {
  const host = random.pick(hosts);
  return { listenUrl: `wss://${host}/${callId}/listen`, controlUrl: `https://${host}/${callId}/control` };
}

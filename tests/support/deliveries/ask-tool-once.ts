/**
 * A separate process that handles one delivery of a tool call, for tests that kill it:
 * `node --import tsx --conditions=react-server ask-tool-once.ts BODY`.
 */
import { answerDelivery } from "@/lib/webhook/server/receive";

const headers = { "content-type": "application/json", "x-vapi-secret": "test-webhook-secret" };
const body = process.argv[2] ?? "";
await answerDelivery(
  new Request("http://localhost:3000/api/webhook", { method: "POST", body, headers }),
  null,
);

import type { VapiBlock } from "@/lib/conversations/conversation";

/**
 * Vapi's settings for a conversation's webhook. `transcript` and `user-interrupted` are what the live board needs beyond
 * Vapi's defaults; without a `backoffPlan` Vapi sends each event once only.
 * @see https://docs.vapi.ai/server-url/setting-server-urls
 */
export function toVapiBlock(webhookUrl: string): VapiBlock {
  return {
    server: {
      url: webhookUrl,
      timeoutSeconds: 20,
      backoffPlan: { type: "exponential", maxRetries: 5, baseDelaySeconds: 1 },
    },
    serverMessages: [
      "status-update",
      "speech-update",
      "transcript",
      "conversation-update",
      "hang",
      "user-interrupted",
      "tool-calls",
      "function-call",
      "transfer-destination-request",
      "assistant.started",
      "end-of-call-report",
    ],
  };
}

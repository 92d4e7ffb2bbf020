import type { CallOptions } from "@/scripts/simulator/call-options";

/** A day like any other: tools in most calls, now and then a hang or a transfer, nothing lost. */
export const defaultCallOptions: CallOptions = {
  createdAtMs: Date.UTC(2026, 0, 15, 9),
  speed: 1,
  webhookUrl: "https://earshot.example.com/api/webhook",
  monitor: null,
  conversationUuid: null,
  assistantRequest: false,
  hangs: 0.15,
  tools: 0.95,
  toolServer: false,
  functionCalls: 0.05,
  transfers: 0.12,
  interruptions: 0.25,
  outage: null,
  duplicates: 0.01,
  disorder: 0.02,
  loss: 0,
  noReport: 0,
  noEnded: 0,
};

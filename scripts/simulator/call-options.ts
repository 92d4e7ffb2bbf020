import type { Outage } from "@/scripts/simulator/outage";

/** Options of a generated call. Probabilities range from 0 to 1. */
export interface CallOptions {
  /** When the call is created, in epoch milliseconds. */
  createdAtMs: number;
  /** At 4, everything, including timestamps, happens four times as fast. */
  speed: number;
  /** The assistant's server URL in its configuration. */
  webhookUrl: string;
  /** Where the call can be listened to and controlled; null means hosts of Vapi's that do not know it. */
  monitor: { listenUrl: string; controlUrl: string } | null;
  /** The call's conversation; null gives it its own. */
  conversationUuid: string | null;
  /** Whether inbound calls begin by asking which assistant answers. */
  assistantRequest: boolean;
  /** Probability that the assistant falls silent once, for more than 5 s. */
  hangs: number;
  /** Probability that the assistant uses its tools. */
  tools: number;
  /** Whether another server runs the assistant's tools: they appear in the conversation, but Earshot gets no tool calls. */
  toolServer: boolean;
  /** Probability that tools are called in the format of 2024. */
  functionCalls: number;
  /** Probability that the call is transferred to a person. */
  transfers: number;
  /** Probability that the caller cuts the assistant short once. */
  interruptions: number;
  /** Makes every call that it reaches fail; null for none. */
  outage: Outage | null;
  /** Probability of an event to be delivered twice. */
  duplicates: number;
  /** Probability of an event to arrive up to 0.5 s late. */
  disorder: number;
  /** Probability of an event to be lost. */
  loss: number;
  /** Probability that the report is lost. */
  noReport: number;
  /** Probability that the status `ended` is lost. */
  noEnded: number;
}

/** An ordinary day: tools in most calls, a hang or transfer now and then, nothing lost. */
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

import type { Outage } from "@/scripts/simulator/outage";

/** What may be chosen about a generated call. Probabilities run from 0 to 1. */
export interface CallOptions {
  /** When the call is created, in epoch milliseconds. */
  createdAtMs: number;
  /** At 4 all of it, stamps included, happens four times as fast. */
  speed: number;
  /** Stands in the assistant's configuration as its server. */
  webhookUrl: string;
  /** Where the call is heard and steered; null: at hosts of Vapi's that know nothing of it. */
  monitor: { listenUrl: string; controlUrl: string } | null;
  /** Given, the call belongs to this conversation; else it has one of its own. */
  conversationUuid: string | null;
  /** Inbound calls begin by asking who answers. */
  assistantRequest: boolean;
  /** That the assistant falls silent once, for longer than five seconds. */
  hangs: number;
  /** That the assistant uses its tools. */
  tools: number;
  /** The assistant's tools have a server of their own: they are heard of in the conversation, but not asked here. */
  toolServer: boolean;
  /** That tools are asked for in the way of 2024. */
  functionCalls: number;
  /** That the call is one that ends with a person. */
  transfers: number;
  /** That the caller cuts the assistant short once. */
  interruptions: number;
  /** Every call that this reaches fails; null: none does. */
  outage: Outage | null;
  /** Of each event, that it comes twice. */
  duplicates: number;
  /** Of each event, that it comes up to half a second late. */
  disorder: number;
  /** Of each event, that it never comes. */
  loss: number;
  /** That the report never comes. */
  noReport: number;
  /** That the status `ended` never comes. */
  noEnded: number;
}

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

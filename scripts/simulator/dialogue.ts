/** How a call came about; Vapi's `call.type` in one word. */
export type CallKind = "inbound" | "outbound" | "web";

/** A tool as the assistant's configuration describes it to its model. */
export interface ToolProfile {
  name: string;
  description: string;
  /** JSON Schema properties; all of them are required. */
  properties: Readonly<Record<string, { type: string; description: string }>>;
}

/** What tells one assistant from another; `buildAssistant` makes Vapi's whole configuration of it. */
export interface AssistantProfile {
  /** As people see it. */
  name: string;
  /** Counts up with each published change; null where versions are not used. */
  version: string | null;
  company: string;
  /** One sentence: who it is and what it is there for. */
  role: string;
  /** What it must keep to, one sentence each. */
  rules: readonly string[];
  /** The steps of a call, in order. */
  steps: readonly string[];
  /** Length of the system prompt in characters. Recorded ones run from 200 to 53,000. */
  promptLength: number;
  voice: { provider: string; voiceId: string; model?: string };
  language: "en" | "es" | "fr";
  /** The line customers call, or that calls them. */
  phone: { number: string; name: string };
  tools: readonly ToolProfile[];
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A tool the assistant uses at this point, and what it hears when the server has no better answer. */
export interface ToolTurn {
  tool: string;
  arguments: Readonly<Record<string, Json>>;
  result: Json;
}

/** Tools next to each other are asked for at once, in one message. */
export type DialogueTurn = { assistant: string } | { caller: string } | ToolTurn;

/**
 * One conversation as it might be heard on the line.
 *
 * Words in braces are filled in for each call: `{first}` and `{last}` are the caller's name, any other comes from one
 * of the `variants`, so that a day that is said and a day that is booked agree.
 */
export interface Dialogue {
  kind: CallKind;
  assistant: AssistantProfile;
  variants: readonly Readonly<Record<string, string | number>>[];
  turns: readonly DialogueTurn[];
  /** Vapi's code. A transferred call always ends with `assistant-forwarded-call`. */
  endedReason: string;
  /** E.164; set when the call is handed to a person after the last turn. */
  transferTo?: string;
  summary: string;
  structuredData: Readonly<Record<string, Json>>;
  isSuccess: boolean;
}

/** Kind of call; Vapi's `call.type` in one word. */
export type CallKind = "inbound" | "outbound" | "web";

/** A tool as the assistant's configuration describes it to its model. */
export interface ToolProfile {
  name: string;
  description: string;
  /** JSON Schema properties; all of them are required. */
  properties: Readonly<Record<string, { type: string; description: string }>>;
}

/** The properties that distinguish assistants; `buildAssistant` expands them to Vapi's full configuration. */
export interface AssistantProfile {
  /** Display name. */
  name: string;
  /** Increases with each published change; null without versions. */
  version: string | null;
  company: string;
  /** One sentence: who it is and what it is for. */
  role: string;
  /** Rules it must follow, one sentence each. */
  rules: readonly string[];
  /** The steps of a call, in order. */
  steps: readonly string[];
  /** Length of the system prompt in characters. Recorded ones run from 200 to 53,000. */
  promptLength: number;
  voice: { provider: string; voiceId: string; model?: string };
  language: "en" | "es" | "fr";
  /** The number that customers call, or that calls them. */
  phone: { number: string; name: string };
  tools: readonly ToolProfile[];
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A tool the assistant uses at this point, and the result it gets when the server returns none. */
export interface ToolTurn {
  tool: string;
  arguments: Readonly<Record<string, Json>>;
  result: Json;
}

/** Adjacent tools are requested at once, in one message. */
export type DialogueTurn = { assistant: string } | { caller: string } | ToolTurn;

/**
 * A conversation as it might take place on the phone.
 *
 * Words in braces are filled in per call: `{first}` and `{last}` are the caller's name, all others come from one of the
 * `variants`, so that the day mentioned matches the day booked.
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

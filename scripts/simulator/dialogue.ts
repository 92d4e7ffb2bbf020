import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import type { CallKind } from "@/scripts/simulator/call-kind";

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

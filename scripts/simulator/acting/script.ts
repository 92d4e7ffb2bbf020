import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import type { Dialogue, DialogueTurn } from "@/scripts/simulator/dialogue";

/** Where a call is transferred to: Vapi's `TransferDestinationNumber` or `TransferDestinationSip`. */
export type TransferDestination = Readonly<Record<string, unknown>> &
  ({ type: "number"; number: string } | { type: "sip"; sipUri: string });

/** One thing that happens in a call, in the order of the script. */
export type Line =
  /** A turn of the dialogue, with its index there. */
  | { turn: DialogueTurn; index: number }
  /** The assistant says this without having to think. */
  | { say: string }
  /** A message joins the conversation without being spoken. */
  | { added: { role: "system" | "user" | "assistant"; text: string } }
  /** Another assistant speaks from here on. */
  | { handoff: AssistantProfile };

/** How a call ends once its script is through. */
export interface Ending {
  endedReason: string;
  /** Where the call goes, if it is transferred. */
  destination: TransferDestination | null;
  summary: string;
  isSuccess: boolean;
  /** Ended from outside, without a goodbye. */
  isSudden?: boolean;
}

export function toScript({ turns }: Dialogue): Line[] {
  return turns.map((turn, index) => ({ turn, index }));
}

export function toEnding({ endedReason, transferTo, summary, isSuccess }: Dialogue): Ending {
  const destination = transferTo ? ({ type: "number", number: transferTo } as const) : null;
  return { endedReason, destination, summary, isSuccess };
}

/** Whose voice a line needs; null for a line that nobody speaks. */
export function speakerOf(line: Line): "assistant" | "customer" | null {
  if ("say" in line) return "assistant";
  if (!("turn" in line)) return null;
  if ("caller" in line.turn) return "customer";
  return "assistant" in line.turn ? "assistant" : null;
}

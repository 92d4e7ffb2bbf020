import type { ArtifactMessage } from "@/scripts/simulator/artifact";
import type { AssistantProfile, Dialogue, DialogueTurn } from "@/scripts/simulator/dialogue";
import type { Frame } from "@/scripts/simulator/frame/frame";

export type Speaker = "assistant" | "user";

/** Words as they are spoken. All times are milliseconds since the call's creation. */
export interface Speech {
  speaker: Speaker;
  /** Number of turns this speaker had before. */
  turn: number;
  words: readonly string[];
  fromMs: number;
  /** When each word ends, in milliseconds after `fromMs`. */
  endsMs: readonly number[];
}

/** Returns when a speech ends. */
export function endOfSpeech({ fromMs, endsMs }: Speech): number {
  return fromMs + (endsMs.at(-1) ?? 0);
}

/** The state that the next line starts from. */
export interface Situation {
  /** Number of script lines done. */
  line: number;
  frame: Frame;
  messages: readonly ArtifactMessage[];
  turnLatencies: number;
  /** Number of turns per speaker. */
  turns: Readonly<Record<Speaker, number>>;
  nowMs: number;
}

/**
 * A line of the script, or tools requested together, as acted out. A call may be stopped at any moment while it is
 * posted, so each beat keeps the state needed to resume from it.
 */
export interface Beat {
  before: Situation;
  after: Situation;
  /** When it begins; until then it can still be dropped. */
  begunMs: number;
  /** When its last event is posted. */
  doneMs: number;
  speech: Speech | null;
  /** For each final of the speech: the number of words up to its end, and when it is posted. */
  finals: readonly { to: number; atMs: number }[];
}

/** The destination of a transfer: Vapi's `TransferDestinationNumber` or `TransferDestinationSip`. */
export type TransferDestination = Readonly<Record<string, unknown>> &
  ({ type: "number"; number: string } | { type: "sip"; sipUri: string });

/** One step of a call's script. */
export type Line =
  /** A turn of the dialogue, with its index there. */
  | { turn: DialogueTurn; index: number }
  /** The assistant says this without thinking time. */
  | { say: string }
  /** A message is added to the conversation without being spoken. */
  | { added: { role: "system" | "user" | "assistant"; text: string } }
  /** Another assistant takes over from here. */
  | { handoff: AssistantProfile };

/** How a call ends after its script. */
export interface Ending {
  endedReason: string;
  /** The destination, if the call is transferred. */
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

/** Returns the side that speaks a line; null for a line without speech. */
export function speakerOf(line: Line): "assistant" | "customer" | null {
  if ("say" in line) return "assistant";
  if (!("turn" in line)) return null;
  if ("caller" in line.turn) return "customer";
  return "assistant" in line.turn ? "assistant" : null;
}

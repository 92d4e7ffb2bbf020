import type { ArtifactMessage } from "@/scripts/simulator/artifact";
import type { AssistantProfile, Dialogue, DialogueTurn } from "@/scripts/simulator/dialogue";
import type { Frame } from "@/scripts/simulator/frame/frame";

export type Speaker = "assistant" | "user";

/** Words as they sound. All times are milliseconds since the call's creation. */
export interface Speech {
  speaker: Speaker;
  /** How many turns this speaker has had before. */
  turn: number;
  words: readonly string[];
  fromMs: number;
  /** When each word ends, after `fromMs`. */
  endsMs: readonly number[];
}

/** When a speech has sounded. */
export function endOfSpeech({ fromMs, endsMs }: Speech): number {
  return fromMs + (endsMs.at(-1) ?? 0);
}

/** What the next line starts from. */
export interface Situation {
  /** How many lines of the script are done. */
  line: number;
  frame: Frame;
  messages: readonly ArtifactMessage[];
  turnLatencies: number;
  /** How many turns each has had. */
  turns: Readonly<Record<Speaker, number>>;
  nowMs: number;
}

/**
 * One line of the script as it was acted out. While the call is posted it may be stopped at any moment, so each beat keeps
 * what is needed to go on from there.
 */
export interface Beat {
  before: Situation;
  after: Situation;
  /** From here on it has begun; before, it can still be left out. */
  begunMs: number;
  /** Its last event is posted then. */
  doneMs: number;
  speech: Speech | null;
  /** How many words each final of the speech reaches to, and when it comes. */
  finals: readonly { to: number; atMs: number }[];
}

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

import type { ArtifactMessage } from "@/scripts/simulator/artifact";
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

import { cutIntoPieces, type Piece } from "@/scripts/simulator/acting/cut-into-pieces";
import { hear } from "@/scripts/simulator/acting/hear";
import { scoreWords } from "@/scripts/simulator/acting/score-words";
import type { Stage } from "@/scripts/simulator/acting/stage";
import { timeWords } from "@/scripts/simulator/acting/time-words";
import type { SpokenMessage } from "@/scripts/simulator/artifact";

type Speaker = "assistant" | "user";

interface Speech {
  speaker: Speaker;
  /** How many turns this speaker has had before. */
  turn: number;
  words: readonly string[];
  fromMs: number;
  /** When each word ends, after `fromMs`. */
  endsMs: readonly number[];
}

/** Recorded: the assistant's partials come every 0.24–0.95 s, the caller's every 0.3–0.7 s. */
const partialEveryMs = { assistant: [240, 760], user: [300, 700] } as const;

/**
 * One turn from its first sound to its last: speech marks, partials, finals in pieces, and the conversation it adds to.
 *
 * @returns when the last word ended
 */
export function speak(stage: Stage, speaker: Speaker, turn: number, text: string, fromMs: number): number {
  const words = text.split(" ");
  const speech = { speaker, turn, words, fromMs, endsMs: timeWords(stage.random, words, speaker) };
  const endMs = endOf(speech, words.length);
  const stoppedMs = endMs + stage.random.between(60, 320);
  const stop = () => stage.post(stoppedMs, "speech-update", { status: "stopped", role: speaker, turn });
  stage.post(fromMs, "speech-update", { status: "started", role: speaker, turn });
  let finalMs = fromMs;
  for (const piece of cutIntoPieces(stage.random, words.length, speaker)) {
    postPartials(stage, speech, piece, finalMs);
    finalMs = endOf(speech, piece.to) + stage.random.between(40, 420);
    // The mark and the last final race each other: both orders are recorded.
    const isLast = piece.to === words.length;
    if (isLast && stoppedMs < finalMs) stop();
    postFinal(stage, speech, piece, finalMs);
    if (isLast && stoppedMs >= finalMs) stop();
  }
  stage.postConversation(finalMs + (speaker === "user" ? 0 : stage.random.between(20, 120)));
  stage.nowMs = endMs;
  return endMs;
}

/** When the first `count` words are said. */
function endOf(speech: Speech, count: number): number {
  return speech.fromMs + (speech.endsMs[count - 1] ?? 0);
}

function postPartials(stage: Stage, speech: Speech, { from, to }: Piece, afterMs: number): void {
  const { random } = stage;
  const [least, most] = partialEveryMs[speech.speaker];
  const endMs = endOf(speech, to);
  let shown = 0;
  for (let atMs = afterMs + random.between(least, most); atMs < endMs; atMs += random.between(least, most)) {
    const heard = speech.endsMs
      .slice(from, to)
      .filter((wordEndMs) => speech.fromMs + wordEndMs <= atMs).length;
    if (heard === shown) continue;
    shown = heard;
    const { language } = stage.frame.assistant.transcriber;
    postTranscript(
      stage,
      speech,
      atMs,
      "partial",
      hear(random, speech.words.slice(from, from + heard), language),
    );
  }
}

/** The caller's words stand in the artifact of their own final, the assistant's only in what comes after it. */
function postFinal(stage: Stage, speech: Speech, { from, to }: Piece, atMs: number): void {
  const transcript = speech.words.slice(from, to).join(" ");
  if (speech.speaker === "user") note(stage, speech, from, to);
  postTranscript(stage, speech, atMs, "final", transcript);
  if (speech.speaker === "assistant") note(stage, speech, from, to);
}

function postTranscript(
  stage: Stage,
  speech: Speech,
  atMs: number,
  transcriptType: string,
  transcript: string,
): void {
  const { id: assistantId, name: assistantName } = stage.frame.assistant;
  const isAssistant = speech.speaker === "assistant";
  stage.post(atMs, "transcript", {
    role: speech.speaker,
    transcriptType,
    transcript,
    ...(isAssistant && { assistantId, assistantName }),
  });
}

/** Writes the turn into the artifact as far as it is final: a new message with the first piece, a longer one after. */
function note(stage: Stage, speech: Speech, from: number, to: number): void {
  const time = stage.stamp(speech.fromMs);
  const endTime = stage.stamp(endOf(speech, to));
  const said = speech.words.slice(0, to);
  const message: SpokenMessage = {
    role: speech.speaker === "assistant" ? "bot" : "user",
    message: said.join(" "),
    ...stage.place(speech.fromMs),
    endTime,
    duration: endTime - time,
    ...(speech.speaker === "assistant"
      ? { source: "" }
      : { metadata: { wordLevelConfidence: scoreWords(stage, said, speech) } }),
  };
  if (from === 0) stage.add(message);
  else stage.grow(message);
}

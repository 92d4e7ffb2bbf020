import { endOfSpeech, type Speaker, type Speech } from "@/scripts/simulator/acting/beat";
import type { Stage } from "@/scripts/simulator/acting/stage";
import { transcribePartial } from "@/scripts/simulator/acting/transcribe-partial";
import type { SpokenMessage } from "@/scripts/simulator/artifact";
import type { Random } from "@/scripts/simulator/random";

/** The words of one final; `to` is exclusive. */
export interface Piece {
  from: number;
  to: number;
}

/** Number of words after which a transcriber commits to a final, wherever in the sentence that is. */
const lengths = { assistant: { least: 6, most: 16 }, user: { least: 12, most: 22 } };

/** Splits a turn into finals. No piece is shorter than three words unless the turn is. */
function cutIntoPieces(random: Random, count: number, speaker: keyof typeof lengths): Piece[] {
  const { least, most } = lengths[speaker];
  const pieces: Piece[] = [];
  for (let from = 0; from < count; ) {
    const wanted = from + random.whole(least, most);
    const to = count - wanted < 3 ? count : wanted;
    pieces.push({ from, to });
    from = to;
  }
  return pieces;
}

/** Returns the transcriber's confidence in each of the caller's words, with times in seconds since the start of the call. */
function scoreWords(
  stage: Stage,
  words: readonly string[],
  said: { fromMs: number; endsMs: readonly number[] },
) {
  return words.map((word, index) => ({
    word: word.toLowerCase().replace(/[.,?!:;]+$/, ""),
    start: stage.place(said.fromMs + (said.endsMs[index - 1] ?? 0)).secondsFromStart,
    end: stage.place(said.fromMs + (said.endsMs[index] ?? 0)).secondsFromStart,
    confidence: Number(stage.random.between(0.86, 0.9999).toFixed(7)),
    punctuated_word: word,
  }));
}

/** About 3.3 words per second for the assistant's voice, slightly fewer for people, with pauses at commas and stops. */
const pace = { assistant: { baseMs: 120, letterMs: 36 }, user: { baseMs: 150, letterMs: 41 } };

/** Returns when each word ends, in milliseconds after the first one begins. */
function timeWords(random: Random, words: readonly string[], speaker: keyof typeof pace): number[] {
  const { baseMs, letterMs } = pace[speaker];
  let endMs = 0;
  return words.map((word) => {
    const breathMs = /[.?!]$/.test(word) ? 280 : /[,:;]$/.test(word) ? 140 : 0;
    endMs += (baseMs + letterMs * word.length) * random.between(0.85, 1.15) + breathMs;
    return Math.round(endMs);
  });
}

/** Recorded: the assistant's partials come every 0.24–0.95 s, the caller's every 0.3–0.7 s. */
const partialEveryMs = { assistant: [240, 760], user: [300, 700] } as const;

/** Longest delay between a voice's last word and its `stopped` mark. */
export const latestStopMs = 320;

/**
 * Acts out one turn: speech marks, partials, finals in pieces, and the conversation update.
 *
 * @returns when the last word ended
 */
export function speak(stage: Stage, speaker: Speaker, text: string, fromMs: number): number {
  const words = text.split(" ");
  const turn = stage.turns[speaker]++;
  const speech = { speaker, turn, words, fromMs, endsMs: timeWords(stage.random, words, speaker) };
  stage.sound(speech);
  const endMs = endOf(speech, words.length);
  const stoppedMs = endMs + stage.random.between(60, latestStopMs);
  const stop = () => stage.post(stoppedMs, "speech-update", { status: "stopped", role: speaker, turn });
  stage.post(fromMs, "speech-update", { status: "started", role: speaker, turn });
  let finalMs = fromMs;
  for (const piece of cutIntoPieces(stage.random, words.length, speaker)) {
    postPartials(stage, speech, piece, finalMs);
    finalMs = endOf(speech, piece.to) + stage.random.between(40, 420);
    // The mark and the last final race: both orders are recorded.
    const isLast = piece.to === words.length;
    if (isLast && stoppedMs < finalMs) stop();
    postFinal(stage, speech, piece, finalMs);
    stage.noteFinal(piece.to, finalMs);
    if (isLast && stoppedMs >= finalMs) stop();
  }
  stage.postConversation(finalMs + (speaker === "user" ? 0 : stage.random.between(20, 120)));
  stage.nowMs = endMs;
  return endMs;
}

/**
 * Cuts a speech short at a moment: the last words said become final and the voice stops. Expects the stage where the
 * speech began; finals posted by then stay.
 */
export function breakOff(
  stage: Stage,
  speech: Speech,
  finals: readonly { to: number; atMs: number }[],
  atMs: number,
): void {
  const said = speech.endsMs.filter((endMs) => speech.fromMs + endMs <= atMs).length;
  const posted = finals.filter((final) => final.atMs <= atMs);
  const from = posted.at(-1)?.to ?? 0;
  const short = { ...speech, words: speech.words.slice(0, said), endsMs: speech.endsMs.slice(0, said) };
  stage.turns[speech.speaker] = speech.turn + 1;
  stage.sound(short);
  posted.forEach(({ to, atMs: finalMs }, index) => {
    note(stage, speech, index === 0 ? 0 : (posted[index - 1]?.to ?? 0), to);
    stage.noteFinal(to, finalMs);
  });
  const { speaker: role, turn } = speech;
  stage.post(atMs + 20, "speech-update", { status: "stopped", role, turn });
  if (said > from) {
    postFinal(stage, short, { from, to: said }, atMs + 40);
    stage.noteFinal(said, atMs + 40);
  }
  if (said > 0) stage.postConversation(atMs + 50);
  stage.nowMs = Math.max(atMs, endOfSpeech(short));
}

/** Returns when the first `count` words have been said. */
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
      transcribePartial(random, speech.words.slice(from, from + heard), language),
    );
  }
}

/** The caller's words are already in the artifact of their own final; the assistant's appear only in the message after it. */
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

/** Writes the final part of the turn into the artifact: adds a message with the first piece and extends it with later ones. */
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

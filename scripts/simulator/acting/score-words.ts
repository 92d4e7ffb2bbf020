import type { Stage } from "@/scripts/simulator/acting/stage";

/** How sure the transcriber was of each of the caller's words, with seconds since the start of the call. */
export function scoreWords(
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

/** Seconds to wait before what the caller said counts as finished. */
const waits = { finished: 0.4, plain: 0.9, dictating: 1.6, unfinished: 2.2 } as const;

/** Nobody ends on these: a conjunction, an article, a filler, "my number is". English, Spanish, French, German. */
const unfinished =
  /(?:[,;:–-]|\b(?:and|or|but|so|because|the|a|an|my|is|to|for|with|of|at|um|uh|er|hmm|y|o|pero|porque|el|la|mi|es|et|ou|mais|parce que|le|mon|ma|est|euh|und|oder|aber|weil|der|die|das|mein|meine|ist|äh)[.…]*|…|\.\.\.)$/iu;
const finished = /[.!?。？！]["”»)]?$/u;
const dictating =
  /(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|dot|at|dash)\b)[\s,.-]*$/iu;

/**
 * How long Vapi is to wait after the caller's last words, in seconds, by how they end: briefly after a finished
 * sentence, longer where a number is being read out, longest where the sentence hangs in the air.
 */
export function chooseEndpointing(said: string): number {
  const text = said.trim();
  if (text === "") return waits.plain;
  if (unfinished.test(text)) return waits.unfinished;
  if (dictating.test(text)) return waits.dictating;
  return finished.test(text) ? waits.finished : waits.plain;
}

import type { AssistantProfile } from "@/scripts/simulator/dialogue";
import type { Random } from "@/scripts/simulator/random";

/** Words that a transcriber mistakes a longer word for, by its first sound, until it has the rest. */
const guesses: Readonly<Record<AssistantProfile["language"], string>> = {
  en: "and but can did even for good have it just know like my not of put quick right so the us very we yes",
  es: "a bien con de el fue hay lo me no o por que se te un va y",
  fr: "à bon ce de et fait je le me ne on pas que si tu un vous",
};

/**
 * Returns a partial: the words so far, without closing punctuation, and sometimes wrong. The last word may be cut off
 * or misheard, an earlier one more rarely; the next partial corrects it.
 */
export function transcribePartial(
  random: Random,
  words: readonly string[],
  language: AssistantProfile["language"],
): string {
  const partial = [...words];
  const last = partial.length - 1;
  if (random.chance(0.2)) partial[last] = guess(partial[last] ?? "", language);
  else if (random.chance(0.15)) partial[last] = half(partial[last] ?? "");
  if (random.chance(0.08)) {
    const index = random.whole(0, last);
    partial[index] = guess(partial[index] ?? "", language);
  }
  return partial.join(" ").replace(/[.,?!:;]+$/, "");
}

function guess(word: string, language: AssistantProfile["language"]): string {
  const first = word.slice(0, 1).toLowerCase();
  const known = guesses[language].split(" ").find((candidate) => candidate.startsWith(first));
  return word.length > 3 && known ? known : word;
}

function half(word: string): string {
  return word.length > 4 ? word.slice(0, Math.ceil(word.length / 2)) : word;
}

import { hidden } from "@/lib/calls/hidden";
import { maskNumber } from "@/lib/calls/mask-number";

/** Six digits and more, however they are grouped: shorter ones are times, prices and years. */
const digitRun = /\+?\(?\d(?:[\s().\-–/]*\d){5,}/g;
/** Tried only where a word begins, or a long one would be walked through from each of its letters. */
const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

const spokenDigit = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)";
const spokenRun = new RegExp(`\\b${spokenDigit}(?:[\\s,.-]+${spokenDigit}){5,}\\b`, "gi");

/**
 * A text for people who may not see callers' data: numbers keep their last two digits, e-mail addresses and the given
 * names go. Numbers read out in English words go too. What no pattern can know (a street, a name nobody told us) stays:
 * masking is a courtesy to callers, not a substitute for the role.
 * @param names the caller's name, if known; each of its words is hidden
 */
export function maskText(text: string, names: readonly (string | null)[] = []): string {
  const masked = text
    .replace(email, `${hidden}@${hidden}`)
    .replace(digitRun, maskNumber)
    .replace(spokenRun, hidden);
  const pattern = namesPattern(names);
  return pattern ? masked.replace(pattern, hidden) : masked;
}

function namesPattern(names: readonly (string | null)[]): RegExp | null {
  const words = names.flatMap((name) => name?.match(/[\p{L}\p{N}'’-]{2,}/gu) ?? []);
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** What stands where somebody may not look. */
export const hidden = "•••";

/** `+15550100103` → `•••03`. */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length > 2 ? `${hidden}${digits.slice(-2)}` : hidden;
}

/** Six digits and more, however they are grouped: shorter ones are times, prices and years. */
const digitRun = /\+?\(?\d(?:[\s().\-–/]*\d){5,}/g;
/** What an e-mail address is made of, as one run: looking for the @ from each letter on would take quadratic time. */
const addressRun = /[\p{L}\p{N}._%+@-]+/gu;
const nameLimits = { longest: 200, most: 12 };

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
    .replace(addressRun, maskAddress)
    .replace(digitRun, maskNumber)
    .replace(spokenRun, hidden);
  const pattern = namesPattern(names, masked);
  return pattern ? masked.replace(pattern, hidden) : masked;
}

function maskAddress(run: string): string {
  const at = run.lastIndexOf("@");
  if (at < 1) return run;
  const address = run.replace(/[.]$/, "");
  const domain = address.slice(at + 1);
  const dot = domain.indexOf(".");
  if (dot < 1 || dot === domain.length - 1) return run;
  return `${hidden}@${hidden}${run.slice(address.length)}`;
}

/** Null where the text has none of them: a pattern of letters takes a millisecond to compile, and a page has a name a row. */
function namesPattern(callers: readonly (string | null)[], text: string): RegExp | null {
  const folded = fold(text);
  const words = callers
    .flatMap((name) => name?.slice(0, nameLimits.longest).match(/[\p{L}\p{N}'’-]{2,}/gu) ?? [])
    .slice(0, nameLimits.most)
    .filter((word) => folded.includes(fold(word)));
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** The same for whatever a pattern that ignores case takes for the same: ſ is an S only after both. */
const fold = (text: string) => text.toLowerCase().toUpperCase();

/** `Jane Doe` → `J••• D•••`. */
export function maskName(name: string): string {
  return name.replace(/(\S)\S*/g, `$1${hidden}`);
}

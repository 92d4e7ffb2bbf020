/** Placeholder for text that a viewer may not see. */
export const hidden = "•••";

/** `+15550100103` → `•••03`. */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length > 2 ? `${hidden}${digits.slice(-2)}` : hidden;
}

/** Six or more digits, however they are grouped: shorter runs are times, prices and years. */
const digitRun = /\+?\(?\d(?:[\s().\-–/]*\d){5,}/g;
/** Characters of an e-mail address, matched as one run: looking for the @ from each letter on would take quadratic time. */
const addressRun = /[\p{L}\p{N}._%+@-]+/gu;
const nameLimits = { longest: 200, most: 12 };

const spokenDigit = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)";
const spokenRun = new RegExp(`\\b${spokenDigit}(?:[\\s,.-]+${spokenDigit}){5,}\\b`, "gi");

/**
 * Masks a text for viewers: numbers keep their last two digits; e-mail addresses, the given names and numbers read out
 * in English words are hidden. Data that no pattern can recognise (a street, a name not given) stays: masking is a
 * courtesy to callers, not a substitute for the role.
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

/** Null where the text has none of the names: compiling takes 1 ms, and a page has a name per row. */
function namesPattern(callers: readonly (string | null)[], text: string): RegExp | null {
  const folded = fold(text);
  const words = callers
    .flatMap((name) => name?.slice(0, nameLimits.longest).match(/[\p{L}\p{N}'’-]{2,}/gu) ?? [])
    .slice(0, nameLimits.most)
    .filter((word) => folded.includes(fold(word)));
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** Folds case as a case-insensitive pattern does: ſ folds in upper case only, the Kelvin sign in lower case only. */
const fold = (text: string) => text.toLowerCase().toUpperCase();

/** `Jane Doe` → `J••• D•••`. */
function maskName(name: string): string {
  return name.replace(/(\S)\S*/g, `$1${hidden}`);
}

/** A call's caller as viewers see it: to be recognised again, but not identified. */
export function maskCaller<T extends { customerName: string | null; customerNumber: string | null }>(
  call: T,
): T {
  const { customerName, customerNumber } = call;
  return {
    ...call,
    customerName: customerName && maskName(customerName),
    customerNumber: customerNumber && maskNumber(customerNumber),
  };
}

/** Placeholder for text that a viewer may not see. */
export const hidden = "•••";

/** `+15550100103` → `•••03`. */
export function maskNumber(number: string): string {
  const digits = number.match(/\p{Nd}/gu) ?? [];
  return digits.length > 2 ? `${hidden}${digits.slice(-2).join("")}` : hidden;
}

/**
 * Six or more digits of any script, however they are grouped: shorter runs are times, prices and years. Between them any
 * dash, and invisible characters, with which numbers are copied from contact lists.
 */
const digitRun = /[+＋]?[(（]?\p{Nd}(?:[\s\p{Pd}\p{Cf}(),./·،、。・（），．／−]*\p{Nd}){5,}/gu;
/** Characters of an e-mail address, matched as one run: looking for the @ from each letter on would take quadratic time. */
const addressRun = /[\p{L}\p{M}\p{N}._%+@-]+/gu;

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
  return hideNames(masked, names);
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

const longestName = 200;

/** Scripts written without spaces between words, or, in Korean, with endings attached to names. */
const spaceless =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const ofWord = /[\p{L}\p{N}]/u;

/** Hides each word of the names, in any of its spellings. */
function hideNames(text: string, names: readonly (string | null)[]): string {
  const folded = fold(text);
  const words = [...new Set(names.flatMap((name) => (name ? toWords(name) : [])))].filter((word) =>
    folded.includes(word),
  );
  if (words.length === 0) return text;
  const parts = text.normalize("NFC").match(letterWithMarks) ?? [];
  const isHidden = findWords(parts, words);
  return parts.map((part, at) => (isHidden[at] ? (isHidden[at - 1] ? "" : hidden) : part)).join("");
}

/** A name's words, folded, and the parts of compounds, since some write them without a hyphen. */
function toWords(name: string): string[] {
  const words =
    name
      .slice(0, longestName)
      .match(/[\p{L}\p{M}\p{N}\p{Cf}\p{Pd}'‘’ʼ`´′]+/gu)
      ?.map(fold) ?? [];
  return [...words, ...words.flatMap((word) => word.split(/['-]/)), ...toShortForms(words.join(""))].filter(
    (word) => word.length > 1 && ofWord.test(word),
  );
}

/** Chinese, Japanese and Korean write surname and given name without a space, and often only one of them. */
function toShortForms(name: string): string[] {
  if (!/^[\p{sc=Han}\p{sc=Hangul}]{2,6}$/u.test(name)) return [];
  return Array.from({ length: name.length }, (_, at) => [name.slice(0, at), name.slice(at)]).flat();
}

/** A character with its combining marks, which is hidden as a whole. */
const letterWithMarks = /.[\p{M}\p{Cf}ﾞﾟ]*/gsu;

/** Whether each part belongs to one of the words; in scripts with spaces, only a whole word counts. */
function findWords(parts: readonly string[], words: readonly string[]): boolean[] {
  let folded = "";
  /** The part that begins at a position of the folded text. */
  const partAt = new Map<number, number>();
  for (const [at, part] of parts.entries()) {
    partAt.set(folded.length, at);
    folded += fold(part);
  }
  partAt.set(folded.length, parts.length);
  const isHidden = parts.map(() => false);
  for (const word of words) {
    for (let found = folded.indexOf(word); found >= 0; found = folded.indexOf(word, found + 1)) {
      const [start, end] = [partAt.get(found), partAt.get(found + word.length)];
      if (start === undefined || end === undefined) continue;
      const isWhole = isBoundary(parts[start - 1], parts[start]) && isBoundary(parts[end - 1], parts[end]);
      if (isWhole) isHidden.fill(true, start, end);
    }
  }
  return isHidden;
}

/** Whether a word may end between two characters. */
function isBoundary(before = "", after = ""): boolean {
  const isInWord = ofWord.test(before) && ofWord.test(after);
  return !isInWord || spaceless.test(before) || spaceless.test(after);
}

/** Marks that are often left out: accents, the points of Arabic and Hebrew, the Arabic stretch, invisible characters. */
const optional =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\p{Cf}]/gu;

/** The same for all spellings of a text: letter case, composed or not, full or half width, accents, apostrophes, dashes. */
function fold(text: string): string {
  const plain = text
    .replace(/[‘’ʼ`´′]/g, "'")
    .replace(/\p{Pd}/gu, "-")
    .normalize("NFKD")
    .replace(optional, "")
    .normalize("NFC");
  // ſ folds in upper case only, the Kelvin sign in lower case only.
  return plain.toLowerCase().toUpperCase();
}

/** `Jane Doe` → `J••• D•••`. */
function maskName(name: string): string {
  return name.replace(/(\S)\S*/gu, `$1${hidden}`);
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

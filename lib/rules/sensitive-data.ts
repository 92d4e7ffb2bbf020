/** Kinds of data recognised in text by shape and check digits. */
export const sensitiveKinds = ["card", "iban", "email", "ssn"] as const;

export type SensitiveKind = (typeof sensitiveKinds)[number];

export const sensitiveLabels: Readonly<Record<SensitiveKind, string>> = {
  card: "Card number",
  iban: "IBAN",
  email: "E-mail address",
  ssn: "US Social Security number",
};

/** Placeholders for data masked when it was stored (lib/privacy/mask-sensitive.ts). */
export const placeholders: Readonly<Record<SensitiveKind, string>> = {
  card: "[card number]",
  iban: "[IBAN]",
  email: "[e-mail address]",
  ssn: "[Social Security number]",
};

export interface Found {
  kind: SensitiveKind;
  /** Its position in the text; `end` is after its last character. */
  start: number;
  end: number;
}

const finders: Readonly<Record<SensitiveKind, (text: string) => Found[]>> = {
  card: findCards,
  iban: findIbans,
  email: findAddresses,
  ssn: findSsns,
};

/** Finds sensitive data in text order, without overlaps; placeholders count as their kind. Runs in linear time. */
export function findSensitive(text: string, kinds: readonly SensitiveKind[] = sensitiveKinds): Found[] {
  const candidates = kinds
    .flatMap((kind) => [...finders[kind](text), ...findMasked(text, kind)])
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const found: Found[] = [];
  for (const candidate of candidates) {
    if (candidate.start >= (found.at(-1)?.end ?? 0)) found.push(candidate);
  }
  return found;
}

function findMasked(text: string, kind: SensitiveKind): Found[] {
  const placeholder = placeholders[kind];
  const found: Found[] = [];
  for (let at = text.indexOf(placeholder); at !== -1; at = text.indexOf(placeholder, at + 1)) {
    found.push({ kind, start: at, end: at + placeholder.length });
  }
  return found;
}

/** Ids of events and calls, whose digits sometimes form a card number. */
const uuids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** Runs of digits with at most one space or hyphen between them; not inside a word, nor after the + of a phone number. */
const digitRuns = /(?<![\p{L}\p{N}+])\d(?:[ -]?\d)*/gu;
/** ISO/IEC 7812: first digits of payment cards. */
const cardStart = /^(?:4|5[1-5]|2[2-7]|3[4-7]|3[089]|6)/;

function findCards(text: string): Found[] {
  const plain = text.replace(uuids, (id) => "x".repeat(id.length));
  return [...plain.matchAll(digitRuns)].flatMap((run) => findCardsIn(run[0], run.index));
}

/**
 * Finds card numbers in a run of digits. One may be surrounded by other digits, such as its expiry date, but never
 * begins or ends within a group.
 */
function findCardsIn(run: string, offset: number): Found[] {
  const groups = [...run.matchAll(/\d+/g)].map((group) => ({ digits: group[0], start: group.index }));
  const found: Found[] = [];
  let next = 0;
  for (let first = 0; first < groups.length; first += 1) {
    if (first < next) continue;
    let digits = "";
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      const group = groups[last];
      if (!group) break;
      digits += group.digits;
      if (!isCard(digits)) continue;
      const start = groups[first]?.start ?? 0;
      found.push({ kind: "card", start: offset + start, end: offset + group.start + group.digits.length });
      next = last + 1;
      break;
    }
  }
  return found;
}

function isCard(digits: string): boolean {
  return (
    digits.length >= 13 &&
    digits.length <= 19 &&
    passesLuhn(digits) &&
    cardStart.test(digits) &&
    !/^(\d)\1*$/.test(digits)
  );
}

const zero = "0".charCodeAt(0);

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - zero;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Length of an IBAN by country (SWIFT's registry). */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 " +
    "FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 " +
    "LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 " +
    "ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const ibanStart = /(?<![\p{L}\p{N}])[A-Z]{2} ?\d ?\d/giu;
const longestIban = 34;

function findIbans(text: string): Found[] {
  return [...text.matchAll(ibanStart)].flatMap(({ index }) => {
    const wanted = ibanLengths[text.slice(index, index + 2).toUpperCase()];
    if (wanted === undefined) return [];
    // At most one space between two characters.
    const shown = /^[A-Z\d](?: ?[A-Z\d])*/i.exec(text.slice(index, index + 2 * longestIban))?.[0] ?? "";
    const end = nthCharacter(shown, wanted);
    const isCut = end === null || /[\p{L}\p{N}]/u.test(text.charAt(index + end));
    if (isCut || !passesMod97(shown.slice(0, end).replaceAll(" ", "").toUpperCase())) return [];
    return [{ kind: "iban" as const, start: index, end: index + end }];
  });
}

/** The issuer's digits alone do not identify a card; one more digit, and a number is being spoken. */
const mostBegun = 6;
/**
 * In lower case, only a long run of digits: "at 10 30" would be Austrian. Eight digits after the check digits are about a
 * bank, not an account.
 */
const begunIban = /^(?:[A-Z]{2}\d\d[A-Z\d]+|[A-Za-z]{2}\d{11,})$/;

/** Where a card number, IBAN or Social Security number may have begun at the end of a text; the text's length if none. */
export function findBegun(text: string, kinds: readonly SensitiveKind[]): number {
  const starts = [
    ...(kinds.includes("card") || kinds.includes("ssn") ? [beginOfDigits(text)] : []),
    ...(kinds.includes("iban") ? [beginOfIban(text)] : []),
  ];
  return Math.min(text.length, ...starts);
}

function beginOfDigits(text: string): number {
  let [start, digits] = [text.length, 0];
  // A loop, because a regular expression anchored at the end is tried from every position.
  for (let at = text.length - 1; at >= 0 && /[\d -]/.test(text.charAt(at)); at -= 1) {
    if (text.charAt(at) < "0") continue;
    digits += 1;
    start = at;
  }
  return digits > mostBegun ? start : text.length;
}

function beginOfIban(text: string): number {
  const from = Math.max(0, text.length - 2 * longestIban);
  for (const { index } of text.slice(from).matchAll(ibanStart)) {
    const shown = text.slice(from + index).replaceAll(" ", "");
    const wanted = ibanLengths[shown.slice(0, 2).toUpperCase()] ?? 0;
    if (begunIban.test(shown) && shown.length < wanted) return from + index;
  }
  return text.length;
}

/** Returns the position after the `n`th non-space character; null if there are fewer. */
function nthCharacter(text: string, n: number): number | null {
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== " ") seen += 1;
    if (seen === n) return index + 1;
  }
  return null;
}

/** ISO 13616: the first four characters move to the end, and letters count from 10. */
function passesMod97(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** Runs of characters of an e-mail address: searching for the @ from each letter would take quadratic time. */
const addressRuns = /[\p{L}\p{N}._%+@-]+/gu;

function findAddresses(text: string): Found[] {
  return [...text.matchAll(addressRuns)].flatMap(({ 0: run, index }) => {
    const address = trimEnd(run);
    const [name = "", domain = "", ...more] = address.split("@");
    const labels = domain.split(".");
    const isAddress =
      !/sips?:$/i.test(text.slice(Math.max(0, index - 5), index)) &&
      name !== "" &&
      more.length === 0 &&
      labels.length > 1 &&
      labels.every((label) => label !== "");
    return isAddress ? [{ kind: "email" as const, start: index, end: index + address.length }] : [];
  });
}

/** Removes trailing punctuation. A pattern anchored at the end would be tried from each position. */
function trimEnd(run: string): string {
  let end = run.length;
  while (end > 0 && (run[end - 1] === "." || run[end - 1] === "-")) end -= 1;
  return run.slice(0, end);
}

/** The Social Security Administration issues no area 000, 666 or 9xx, no group 00 and no serial 0000. */
const ssn = /(?<![\d-])(?!000|666|9)\d{3}([ -])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g;

function findSsns(text: string): Found[] {
  return [...text.matchAll(ssn)].map(({ 0: { length }, index }) => ({
    kind: "ssn" as const,
    start: index,
    end: index + length,
  }));
}

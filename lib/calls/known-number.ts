/** Words that carriers and SIP servers send in the place of a name when a caller withholds the number. */
const withheldNames = new Set([
  "anonymous",
  "blocked",
  "private",
  "restricted",
  "unavailable",
  "unknown",
  "withheld",
]);

/** The same words typed on a keypad, as some carriers send them: "+266696687" is ANONYMOUS. */
const withheldDigits = new Set([...withheldNames].map(toKeypad));

/**
 * Returns a caller's number or SIP address as it was written, or null if it identifies no one: many people share a
 * withheld number, so nothing may be looked up, matched or deleted by one.
 *
 * @param written as Vapi or a person writes it: E.164, `tel:` or `sip:` with or without a display name, or a word
 */
export function toKnownNumber(written: string | null | undefined): string | null {
  const number = written?.trim() ?? "";
  return isWithheld(toAddress(number)) ? null : number;
}

/** The bare address of `"Display name" <sip:user@host:port;params>`, in lower case: `user@host`. */
function toAddress(written: string): string {
  const [inner = ""] = written.slice(written.lastIndexOf("<") + 1).split(">");
  const [address = ""] = withoutQuotes(inner.normalize("NFKC").toLowerCase())
    .replace(/^(?:tel|sips?):/, "")
    .replaceAll("%2b", "+")
    .split(/[;?]/);
  return address.trim();
}

/** Strips surrounding quotes and brackets. */
function withoutQuotes(text: string): string {
  const isAround = (character = "") => /[\s"'()[\]]/.test(character);
  let [start, end] = [0, text.length];
  while (isAround(text[start])) start += 1;
  while (isAround(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isWithheld(address: string): boolean {
  const [user = "", host] = address.split("@");
  const digits = user.replace(/\D/g, "");
  const isNumber = /^[+\d\s().-]*$/.test(user);
  if (isNumber) return /^0*$/.test(digits) || isKeypadWord(user, digits) || isInvalidHost(host);
  // A word that is not a SIP address is not a number in any language: "Anonym", "No caller ID".
  if (host === undefined) return digits === "";
  return isInvalidHost(host) || withheldNames.has(user.replace(/[^a-z]/g, ""));
}

/** Without a "+" only ANONYMOUS counts: the shorter words could be local numbers. */
function isKeypadWord(user: string, digits: string): boolean {
  const bare = digits.replace(/^00/, "");
  const isInternational = user.startsWith("+") || bare !== digits;
  return withheldDigits.has(bare) && (isInternational || bare === toKeypad("anonymous"));
}

/** RFC 3323: `anonymous.invalid`; no host can exist under `.invalid`. */
function isInvalidHost(host = ""): boolean {
  return /(?:^|\.)invalid(?::\d+)?$/.test(host);
}

function toKeypad(word: string): string {
  const keys = "22233344455566677778889999";
  return [...word].map((letter) => keys[letter.charCodeAt(0) - 97] ?? "").join("");
}

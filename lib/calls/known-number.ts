/** How carriers and SIP servers write that a caller stays unknown, where a name could stand as well. */
const withheldNames = new Set([
  "anonymous",
  "blocked",
  "private",
  "restricted",
  "unavailable",
  "unknown",
  "withheld",
]);

/** The same words typed on a keypad, which some carriers send as a number: "+266696687" is ANONYMOUS. */
const withheldDigits = new Set([...withheldNames].map(toKeypad));

/**
 * A caller's number or SIP address as it was written, or null when it stands for nobody in particular: withheld numbers
 * are many people, so nothing may be looked up, matched or deleted by one.
 *
 * @param written as Vapi or a person writes it: E.164, `tel:` or `sip:` with or without a display name, or a word
 */
export function toKnownNumber(written: string | null | undefined): string | null {
  const number = written?.trim() ?? "";
  return isOfNobody(toAddress(number)) ? null : number;
}

/** The bare address of `"Display name" <sip:user@host:port;params>`, in small letters: `user@host`. */
function toAddress(written: string): string {
  const [inner = ""] = written.slice(written.lastIndexOf("<") + 1).split(">");
  const [address = ""] = withoutQuotes(inner.normalize("NFKC").toLowerCase())
    .replace(/^(?:tel|sips?):/, "")
    .replaceAll("%2b", "+")
    .split(/[;?]/);
  return address.trim();
}

/** Without the quotes and brackets around it. */
function withoutQuotes(text: string): string {
  const isAround = (character = "") => /[\s"'()[\]]/.test(character);
  let [start, end] = [0, text.length];
  while (isAround(text[start])) start += 1;
  while (isAround(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isOfNobody(address: string): boolean {
  const [user = "", host] = address.split("@");
  const digits = user.replace(/\D/g, "");
  const isNumber = /^[+\d\s().-]*$/.test(user);
  if (isNumber) return /^0*$/.test(digits) || isKeypadWord(user, digits) || isInvalidHost(host);
  // A word that is no SIP address is no number in any language: "Anonym", "No caller ID".
  if (host === undefined) return digits === "";
  return isInvalidHost(host) || withheldNames.has(user.replace(/[^a-z]/g, ""));
}

/** Without a "+" only ANONYMOUS: the shorter ones could be a local number. */
function isKeypadWord(user: string, digits: string): boolean {
  const bare = digits.replace(/^00/, "");
  const isInternational = user.startsWith("+") || bare !== digits;
  return withheldDigits.has(bare) && (isInternational || bare === toKeypad("anonymous"));
}

/** RFC 3323: `anonymous.invalid`; the domain `.invalid` exists for nobody. */
function isInvalidHost(host = ""): boolean {
  return /(?:^|\.)invalid(?::\d+)?$/.test(host);
}

function toKeypad(word: string): string {
  const keys = "22233344455566677778889999";
  return [...word].map((letter) => keys[letter.charCodeAt(0) - 97] ?? "").join("");
}

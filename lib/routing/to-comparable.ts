/**
 * A number so that two ways to write it are the same text: its digits, `00` in front as `+`. SIP addresses and ids are
 * compared as they are, in small letters and without port and parameters.
 */
export function toComparable(number: string): string {
  const text = number.trim().toLowerCase();
  if (/^sips?:/.test(text)) {
    const [address = ""] = text.replace(/^sips?:/, "sip:").split(/[;?]/);
    return address.replace(/:\d{1,5}$/, "");
  }
  if (/[a-z]/.test(text)) return text;
  return text.replace(/^\+?00/, "").replace(/\D/g, "");
}

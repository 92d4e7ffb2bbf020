import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Where a number is from, ISO 3166-1 (`DE`); null where it does not say: withheld, made up, or of no one country. */
export function countryOf(number: string): string | null {
  const written = number.trim().replace(/^00/, "+");
  const parsed = parsePhoneNumberFromString(written.startsWith("+") ? written : `+${written}`);
  return parsed?.country ?? null;
}

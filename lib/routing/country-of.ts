import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Every rule asks of the same caller, and to find out takes longer than all else a rule asks. */
let last: { number: string; country: string | null } | null = null;

/** Where a number is from, ISO 3166-1 (`DE`); null where it does not say: withheld, made up, or of no one country. */
export function countryOf(number: string): string | null {
  if (last?.number !== number) last = { number, country: find(number) };
  return last.country;
}

function find(number: string): string | null {
  const written = number.trim().replace(/^00/, "+");
  const parsed = parsePhoneNumberFromString(written.startsWith("+") ? written : `+${written}`);
  return parsed?.country ?? null;
}

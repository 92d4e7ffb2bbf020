import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js";
import { toKnownNumber } from "@/lib/calls/known-number";
import type { DialingRules } from "@/lib/dialing/dialing-rules";
import { zonesOfRegion } from "@/lib/dialing/zones-of-region";

/**
 * Where the clock of a number may hang: the zone set for its longest prefix, else every zone of its country, else
 * (a number of no country, such as +1 555) every zone of the countries that share its calling code. None: unknown.
 */
export function zonesOfNumber(number: string, zones: DialingRules["zones"]): string[] {
  const parsed = parsePhoneNumberFromString(toKnownNumber(number) ?? "");
  if (!parsed) return [];
  const named = zones
    .filter(({ prefix }) => parsed.number.startsWith(prefix))
    .reduce<(typeof zones)[number] | null>(
      (best, next) => (best && best.prefix.length >= next.prefix.length ? best : next),
      null,
    );
  if (named) return [named.zone];
  const countries = parsed.country
    ? [parsed.country]
    : getCountries().filter((country) => getCountryCallingCode(country) === parsed.countryCallingCode);
  return [...new Set(countries.flatMap(zonesOfRegion))];
}

import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js";
import * as z from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import { defineSetting } from "@/lib/settings/setting";
import { type WallClock, wallClock } from "@/lib/zone-time";
import { timeOfDaySchema, zoneSchema } from "@/lib/zones";

/** A number somebody asks about, and when it would be dialled: now where nothing is said. */
export const dialingCheckSchema = z.object({
  number: z.string().trim().min(1, "Enter a number.").max(40),
  at: z.iso.datetime({ offset: true }).optional(),
});

/** Monday is 1, Sunday 7, as in ISO 8601. */
const weekday = z.number().int().min(1).max(7);

/** When a campaign may dial, by the clock of whoever is dialled. */
export const dialingRulesSchema = z
  .object({
    weekdays: z.array(weekday).max(7),
    from: timeOfDaySchema,
    to: timeOfDaySchema,
    /** Where the clock hangs for numbers that begin so: the longest prefix decides before the number's country. */
    zones: z
      .array(
        z.object({
          prefix: z.string().regex(/^\+\d{1,14}$/, "Enter a prefix such as +1212."),
          zone: zoneSchema,
        }),
      )
      .max(500),
  })
  .refine(({ from, to }) => from < to, "The hours must end after they begin, on the same day.");

export type DialingRules = z.infer<typeof dialingRulesSchema>;

/** What no law on telephone sales known to us forbids. */
export const dialingRulesSetting = defineSetting("dialing-rules", dialingRulesSchema, {
  weekdays: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "20:00",
  zones: [],
});

/** Engines have it as an accessor, newer ones as a function; TypeScript knows neither. */
type WithZones = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };

/** The time zones of a country, by its two letters: the United States have 29. */
export function zonesOfRegion(region: string): string[] {
  const locale: WithZones = new Intl.Locale("und", { region });
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

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

export type DialingVerdict = {
  eligible: boolean;
  /** A sentence: which rule it was. */
  reason: string;
};

/**
 * Whether a number may be dialled at a moment. Where it may be in several time zones, the hours must hold in all of
 * them: nobody is woken because we did not know better.
 */
export function checkDialing(
  number: string,
  rules: DialingRules,
  isListed: boolean,
  at: Date,
): DialingVerdict {
  if (isListed) return { eligible: false, reason: "The number is on the do-not-call list." };
  const zones = zonesOfNumber(number, rules.zones);
  if (zones.length === 0) return { eligible: false, reason: "The time zone of this number is unknown." };
  const shut = zones.find((zone) => !isOpen(wallClock(at, zone), rules));
  const shown = shut ?? zones[0] ?? "UTC";
  const { weekday, time } = wallClock(at, shown);
  const where = `${days[weekday - 1]} ${time} in ${shown.replaceAll("_", " ")}`;
  if (shut) return { eligible: false, reason: `It is ${where}, outside the calling hours.` };
  const others = zones.length > 1 ? `, and within the hours in all ${zones.length} zones it may be in` : "";
  return { eligible: true, reason: `It is ${where}${others}.` };
}

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function isOpen({ weekday, time }: WallClock, { weekdays, from, to }: DialingRules): boolean {
  return weekdays.includes(weekday) && time >= from && time < to;
}

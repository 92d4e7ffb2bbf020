import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js";
import * as z from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import { defineSetting } from "@/lib/settings/setting";
import { type WallClock, wallClock } from "@/lib/zone-time";
import { timeOfDaySchema, zoneSchema } from "@/lib/zones";

/** A number to check, and when it would be dialled; now if not given. */
export const dialingCheckSchema = z.object({
  number: z.string().trim().min(1, "Enter a number.").max(40),
  at: z.iso.datetime({ offset: true }).optional(),
});

/** Monday is 1, Sunday 7, as in ISO 8601. */
const weekday = z.number().int().min(1).max(7);

/** When a campaign may dial, in the recipient's local time. */
export const dialingRulesSchema = z
  .object({
    weekdays: z.array(weekday).max(7),
    from: timeOfDaySchema,
    to: timeOfDaySchema,
    /** Time zones of number prefixes. The longest matching prefix takes precedence over the number's country. */
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

/** Defaults within every telephone sales law we know of. */
export const dialingRulesSetting = defineSetting("dialing-rules", dialingRulesSchema, {
  weekdays: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "20:00",
  zones: [],
});

/** Some engines have it as an accessor, newer ones as a method; TypeScript's types have neither. */
type WithZones = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };

/** Returns the time zones of a country, by its two-letter code; the United States has 29. */
function zonesOfRegion(region: string): string[] {
  const locale: WithZones = new Intl.Locale("und", { region });
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/**
 * Returns the time zones a number may be in: the zone of its longest matching prefix, else all zones of its country,
 * else (for a number without a country, such as +1 555) all zones of the countries with its calling code. Empty if
 * unknown.
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
  /** The rule that decided, as a sentence. */
  reason: string;
};

/**
 * Whether a number may be dialled at a time. If it may be in several time zones, all of them must be within the calling
 * hours, so that a wrong guess wakes no one.
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

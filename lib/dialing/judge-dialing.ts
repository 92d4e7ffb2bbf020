import type { DialingRules } from "@/lib/dialing/dialing-rules";
import { zonesOfNumber } from "@/lib/dialing/zones-of-number";

export type DialingVerdict = {
  eligible: boolean;
  /** A sentence: which rule it was. */
  reason: string;
};

/**
 * Whether a number may be dialled at a moment. Where it may be in several time zones, the hours must hold in all of
 * them: nobody is woken because we did not know better.
 */
export function judgeDialing(
  number: string,
  rules: DialingRules,
  isListed: boolean,
  at: Date,
): DialingVerdict {
  if (isListed) return { eligible: false, reason: "The number is on the do-not-call list." };
  const zones = zonesOfNumber(number, rules.zones);
  if (zones.length === 0)
    return { eligible: false, reason: "It is no number whose time zone could be known." };
  const shut = zones.find((zone) => !isOpen(readClock(zone, at), rules));
  const clock = readClock(shut ?? zones[0] ?? "UTC", at);
  const where = `${clock.day} ${clock.time} in ${(shut ?? zones[0] ?? "UTC").replaceAll("_", " ")}`;
  if (shut) return { eligible: false, reason: `It is ${where}, outside the calling hours.` };
  const others = zones.length > 1 ? `, and within the hours in all ${zones.length} zones it may be in` : "";
  return { eligible: true, reason: `It is ${where}${others}.` };
}

interface Clock {
  day: string;
  weekday: number;
  time: string;
}

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function readClock(timeZone: string, at: Date): Clock {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  const day = read("weekday");
  return { day, weekday: days.indexOf(day) + 1, time: `${read("hour")}:${read("minute")}` };
}

function isOpen({ weekday, time }: Clock, { weekdays, from, to }: DialingRules): boolean {
  return weekdays.includes(weekday) && time >= from && time < to;
}

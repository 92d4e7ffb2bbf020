import { z } from "zod";
import { timeOfDaySchema } from "@/lib/settings/time-of-day-schema";
import { zoneSchema } from "@/lib/settings/zone-schema";

/** The hours of each day, by the clock of a place, in which a channel is left in peace. They may pass midnight. */
export const quietHoursSchema = z.object({ from: timeOfDaySchema, to: timeOfDaySchema, zone: zoneSchema });

export type QuietHours = z.infer<typeof quietHoursSchema>;

const minuteMs = 60_000;

/**
 * The end of the quiet hours that `now` falls into; null when it falls into none. Where clocks are changed, the clock on the
 * wall decides: an hour that comes twice is quiet twice, and one that is skipped ends nothing late.
 */
export function quietUntil({ from, to, zone: timeZone }: QuietHours, now: Date): Date | null {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const isQuiet = (at: Date) => isWithin(clock.format(at), from, to);
  if (!isQuiet(now)) return null;
  // Minute by minute, for a zone's next change of clocks is nothing Intl would tell; a day has 25 hours at most.
  let end = Math.ceil((now.getTime() + 1) / minuteMs) * minuteMs;
  const latest = now.getTime() + 25 * 60 * minuteMs;
  while (end < latest && isQuiet(new Date(end))) end += minuteMs;
  return new Date(end);
}

/** Times as "22:00" compare like the times they name. Equal ends: the whole day. */
function isWithin(time: string, from: string, to: string): boolean {
  if (from < to) return time >= from && time < to;
  return time >= from || time < to;
}

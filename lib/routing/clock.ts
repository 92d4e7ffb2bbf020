import * as z from "zod";
import { toInstant, type WallClock, wallClock } from "@/lib/zone-time";
import { addDays, dayOf, timeOfDaySchema, zoneSchema } from "@/lib/zones";

/** A window of local time on some weekdays. */
export const timeWindowSchema = z.strictObject({
  zone: zoneSchema,
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1, "Choose at least one weekday.").max(7),
  /** Included. The same as `to`: the whole day. */
  from: timeOfDaySchema,
  /** Not included. */
  to: timeOfDaySchema,
});

export type TimeWindow = z.infer<typeof timeWindowSchema>;

/**
 * Whether a clock shows a time inside a window. Over midnight, the early hours belong to the day before: Friday 22:00
 * to 06:00 ends on Saturday morning. The hour that summer time leaves out is never shown; the one that comes twice
 * counts twice.
 */
export function isWithin({ weekday, minutes }: WallClock, window: TimeWindow): boolean {
  const from = toMinutes(window.from);
  const to = toMinutes(window.to);
  const isOpen = (day: number) => window.weekdays.includes(day);
  if (from === to) return isOpen(weekday);
  if (from < to) return isOpen(weekday) && minutes >= from && minutes < to;
  if (minutes >= from) return isOpen(weekday);
  return minutes < to && isOpen(weekday === 1 ? 7 : weekday - 1);
}

/** Over two weeks, for a window that opens in the hour that summer time leaves out opens a week later. */
const daysAhead = 15;

/** When a window is open next: `now` where it is open, else when it opens. */
export function nextWithin(window: TimeWindow, now: Date): Date {
  const isOpenAt = (at: Date) => isWithin(wallClock(at, window.zone), window);
  if (isOpenAt(now)) return now;
  const opens = window.from === window.to ? "00:00" : window.from;
  const today = dayOf(now.getTime(), window.zone);
  const openings = Array.from({ length: daysAhead }, (_, days) =>
    toInstant(`${addDays(today, days)}T${opens}`, window.zone),
  );
  return openings.find((at) => at > now && isOpenAt(at)) ?? new Date(now.getTime() + daysAhead * 86_400_000);
}

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

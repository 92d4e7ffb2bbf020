import * as z from "zod";
import { toInstant, type WallClock, wallClock } from "@/lib/zone-time";
import { addDays, dayOf, timeOfDaySchema, zoneSchema } from "@/lib/zones";

/** A window of local time on some weekdays. */
export const timeWindowSchema = z.strictObject({
  zone: zoneSchema,
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1, "Choose at least one weekday.").max(7),
  /** Inclusive. If equal to `to`, the window is the whole day. */
  from: timeOfDaySchema,
  /** Exclusive. */
  to: timeOfDaySchema,
});

export type TimeWindow = z.infer<typeof timeWindowSchema>;

/**
 * Whether a local time is inside a window. After midnight, a window still belongs to the day it began: Friday 22:00 to
 * 06:00 ends on Saturday morning. An hour skipped by daylight saving time never matches; a repeated hour matches twice.
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

/** More than two weeks, because a window that opens in the hour skipped by daylight saving time opens a week later. */
const daysAhead = 15;

/** Returns when a window is next open: `now` if it is open already. */
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

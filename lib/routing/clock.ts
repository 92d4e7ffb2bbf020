import type { TimeWindow } from "@/lib/routing/routing";
import type { WallClock } from "@/lib/zone-time";

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

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

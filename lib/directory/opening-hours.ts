import { z } from "zod";
import { isZone } from "@/lib/is-zone";

const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "A time of day is like 09:00; a day ends at 24:00.");

const spanSchema = z
  .object({
    /** 1: Monday to 7: Sunday (ISO 8601). */
    days: z.array(z.int().min(1).max(7)).min(1, "Name at least one day.").max(7),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from < to, { error: "They close after they open; a night is two spans." });

/** When somebody is there, by the clock on their wall: any of the spans will do. */
export const openingHoursSchema = z.object({
  zone: z.string().refine(isZone, "This time zone is not known. Use a name like Europe/Berlin."),
  spans: z.array(spanSchema).min(1).max(20),
});

export type OpeningHours = z.infer<typeof openingHoursSchema>;

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function isOpen({ zone: timeZone, spans }: OpeningHours, now: Date): boolean {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const day = weekdays.indexOf(part("weekday")) + 1;
  const time = `${part("hour")}:${part("minute")}`;
  return spans.some(({ days, from, to }) => days.includes(day) && time >= from && time < to);
}

import { type OpeningHours, openingHoursSchema } from "@/lib/directory/opening-hours";

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Hours as people write them: "Mon-Fri 09:00-17:30, Sat 10:00-14:00". */
export function writeHours({ spans }: OpeningHours): string {
  return spans.map(({ days, from, to }) => `${writeDays(days)} ${from}-${to}`).join(", ");
}

/** The inverse of `writeHours`. Returns a sentence where it cannot be read. */
export function parseHours(text: string, zone: string): OpeningHours | string {
  const spans = text.split(/[,;\n]+/).flatMap((part) => (part.trim() ? [parseSpan(part.trim())] : []));
  if (spans.includes(null)) return "Write hours like Mon-Fri 09:00-17:30, Sat 10:00-14:00.";
  const parsed = openingHoursSchema.safeParse({ zone, spans });
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? "These are no hours.");
}

function parseSpan(text: string): { days: number[]; from: string; to: string } | null {
  // Without blanks around the dashes a span is two words: days and times.
  const [days = "", times = "", ...more] = text
    .split(/[-–]/)
    .map((part) => part.trim())
    .join("-")
    .split(/\s+/);
  const [first = "", last = first, ...others] = days.split("-").map((name) => name.slice(0, 3));
  const [from = "", to = "", ...rest] = times.split("-");
  if (more.length + others.length + rest.length > 0 || !/^[a-z-]+$/i.test(days)) return null;
  const [begin, end] = [dayOf(first), dayOf(last)];
  if (begin === 0 || end === 0) return null;
  const length = ((end - begin + 7) % 7) + 1;
  return { days: Array.from({ length }, (_, index) => ((begin - 1 + index) % 7) + 1), from, to };
}

function dayOf(name: string): number {
  return dayNames.findIndex((day) => day.toLowerCase() === name.toLowerCase()) + 1;
}

function writeDays(days: readonly number[]): string {
  const [first = 1, last = first] = [days[0], days.at(-1)];
  return first === last ? nameOf(first) : `${nameOf(first)}-${nameOf(last)}`;
}

function nameOf(day: number): string {
  return dayNames[day - 1] ?? "";
}

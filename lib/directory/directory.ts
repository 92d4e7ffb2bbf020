import * as z from "zod";
import { wallClock } from "@/lib/zone-time";
import { zoneSchema } from "@/lib/zones";

const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "Enter times such as 09:00; a day ends at 24:00.");

const spanSchema = z
  .object({
    /** 1 is Monday, 7 is Sunday (ISO 8601). */
    days: z.array(z.int().min(1).max(7)).min(1, "Choose at least one day.").max(7),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from < to, {
    error: "Closing must be after opening. Split hours past midnight in two.",
  });

/** When a team can be reached, in its local time: within any of the spans. */
export const openingHoursSchema = z.object({
  zone: zoneSchema,
  spans: z.array(spanSchema).min(1).max(20),
});

export type OpeningHours = z.infer<typeof openingHoursSchema>;

export function isOpen({ zone, spans }: OpeningHours, now: Date): boolean {
  const { weekday, time } = wallClock(now, zone);
  return spans.some(({ days, from, to }) => days.includes(weekday) && time >= from && time < to);
}

const spoken = z.string().trim().max(500).nullable();

const shared = {
  team: z.string().trim().min(1, "Enter a team name.").max(60),
  message: spoken,
  closedMessage: spoken,
  hours: openingHoursSchema.nullable(),
};

/** A team as an admin enters it. Numbers must be E.164, since carriers interpret other formats differently. */
export const newEntrySchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("number"),
    ...shared,
    address: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, "Enter the number with its country code, such as +15550100123."),
    extension: z
      .string()
      .regex(/^\d{1,10}$/, "Extensions have only digits.")
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal("sip"),
    ...shared,
    address: z
      .string()
      .regex(/^sips?:[^\s@]+@[^\s@]+$/, "Enter a SIP address, such as sip:billing@example.com."),
    extension: z.null(),
  }),
]);

export type NewEntry = z.infer<typeof newEntrySchema>;

export type DirectoryEntry = NewEntry & { id: string };

/** A transfer destination in Vapi's format: `TransferDestinationNumber` or `TransferDestinationSip`. */
export type Destination = { message?: string } & (
  | { type: "number"; number: string; extension?: string }
  | { type: "sip"; sipUri: string }
);

/** Result of looking up a team at a time. Sentences are spoken to the caller. */
export type FoundDestination =
  | { outcome: "open"; team: string; destination: Destination; sentence: string }
  | { outcome: "closed"; team: string; sentence: string }
  /** `teams`: names of the existing teams. */
  | { outcome: "unknown"; teams: string[]; sentence: string };

export function toDestination({ kind, address, extension, message }: DirectoryEntry): Destination {
  const spoken = message ? { message } : {};
  if (kind === "sip") return { type: "sip", sipUri: address, ...spoken };
  return { type: "number", number: address, ...(extension ? { extension } : {}), ...spoken };
}

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Formats hours for people: "Mon-Fri 09:00-17:30, Sat 10:00-14:00". */
export function writeHours({ spans }: OpeningHours): string {
  return spans.map(({ days, from, to }) => `${writeDays(days)} ${from}-${to}`).join(", ");
}

/** The inverse of `writeHours`. Returns an error sentence if the text cannot be parsed. */
export function parseHours(text: string, zone: string): OpeningHours | string {
  const spans = text.split(/[,;\n]+/).flatMap((part) => (part.trim() ? [parseSpan(part.trim())] : []));
  if (spans.includes(null)) return "Enter hours such as Mon-Fri 09:00-17:30, Sat 10:00-14:00.";
  const parsed = openingHoursSchema.safeParse({ zone, spans });
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? "Not valid hours.");
}

function parseSpan(text: string): { days: number[]; from: string; to: string } | null {
  // With the blanks around dashes removed, a span is two words: days and times.
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

/** Words that callers and models add to a team's name. */
const around = /\b(?:the|team|department|desk|group|please|to)\b/g;

/**
 * Finds a team by name in any spelling, else the only team whose name contains the request or is contained in it. Null
 * if there is none or more than one: a wrong transfer is worse than asking again.
 */
export function matchTeam<E extends Pick<DirectoryEntry, "team">>(
  entries: readonly E[],
  said: string,
): E | null {
  const asked = toKey(said);
  if (asked === "") return null;
  const exact = entries.find(({ team }) => toKey(team) === asked);
  if (exact) return exact;
  const near = entries.filter(({ team }) => asked.includes(toKey(team)) || toKey(team).includes(asked));
  return near.length === 1 ? (near[0] ?? null) : null;
}

function toKey(text: string): string {
  const words = text.normalize("NFKD").toLowerCase();
  const key = (value: string) => value.replace(/[^\p{L}\p{N}]+/gu, "");
  return key(words.replace(around, " ")) || key(words);
}

import { z } from "zod";
import type { Speaker } from "@/lib/calls/call";
import type { LineFilter } from "@/lib/calls/line";
import { stringifyJson } from "@/lib/lossless-json";
import { redactText } from "@/lib/redact";
import { readStamp } from "@/lib/webhook/server/read-stamp";

/** Seconds to wait before what the caller said counts as finished. */
const waits = { finished: 0.4, plain: 0.9, dictating: 1.6, unfinished: 2.2 } as const;

/** Words that leave a sentence open: a conjunction, an article, a filler, "my number is". English, Spanish, French, German. */
const unfinished =
  /(?:[,;:–-]|\b(?:and|or|but|so|because|the|a|an|my|is|to|for|with|of|at|um|uh|er|hmm|y|o|pero|porque|el|la|mi|es|et|ou|mais|parce que|le|mon|ma|est|euh|und|oder|aber|weil|der|die|das|mein|meine|ist|äh)[.…]*|…|\.\.\.)$/iu;
const finished = /[.!?。？！]["”»)]?$/u;
const dictating =
  /(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|dot|at|dash)\b)[\s,.-]*$/iu;

/**
 * How many seconds Vapi should wait after the caller's last words, by how they end: briefly after a finished sentence,
 * longer where a number is being read out, longest where the sentence is unfinished.
 */
export function chooseEndpointing(said: string): number {
  const text = said.trim();
  if (text === "") return waits.plain;
  if (unfinished.test(text)) return waits.unfinished;
  if (dictating.test(text)) return waits.dictating;
  return finished.test(text) ? waits.finished : waits.plain;
}

/** Vapi's `AssistantSpeechWordAlignmentTiming` and `AssistantSpeechWordProgressTiming`. */
export const speechTimingSchema = z
  .union([
    z.looseObject({ type: z.literal("word-alignment"), words: z.array(z.string()) }),
    z.looseObject({
      type: z.literal("word-progress"),
      wordsSpoken: z.number(),
      segment: z.string().nullish().catch(null),
    }),
  ])
  .nullish()
  .catch(null);

/**
 * Returns the part of a turn's text that has been spoken, by the timing that came with it. Without timing it is the
 * whole text: Vapi then sends it while its audio plays. Null where this event cannot tell: the words being spoken occur
 * in the text twice, or not in this form. The next event can.
 */
export function findSpokenPart(text: string, timing: z.infer<typeof speechTimingSchema>): string | null {
  if (!timing) return text.trim() || null;
  if (timing.type === "word-progress") return takeWords(text, timing.wordsSpoken);
  const segment = timing.words.join("").trim();
  const at = text.indexOf(segment);
  const isClear = segment !== "" && at >= 0 && text.indexOf(segment, at + 1) < 0;
  return isClear ? text.slice(0, at + segment.length).trim() : null;
}

function takeWords(text: string, count: number): string | null {
  const words = text.matchAll(/\S+/g);
  const last = [...words].slice(0, Math.max(0, Math.floor(count))).at(-1);
  return last ? text.slice(0, last.index + last[0].length).trim() : null;
}

const saidSchema = z
  .looseObject({
    role: z.string().nullish().catch(null),
    message: z.unknown().optional(),
    content: z.unknown().optional(),
  })
  .nullish()
  .catch(null);

/** The two formats of the conversation so far: Vapi's own and OpenAI's. */
export const historySchema = z.looseObject({
  messages: z.array(z.unknown()).nullish().catch(null),
  messagesOpenAIFormatted: z.array(z.unknown()).nullish().catch(null),
});

/** The caller's last words, pieces of one turn joined; empty when nothing has been said. */
export function readLastSaid({ messages, messagesOpenAIFormatted }: z.infer<typeof historySchema>): string {
  const history = (messages?.length ? messages : (messagesOpenAIFormatted ?? []))
    .map((entry) => saidSchema.parse(entry))
    .filter((entry) => entry !== null && entry !== undefined);
  const last = history.findLastIndex(({ role }) => role === "user");
  const before = history.slice(0, last + 1).findLastIndex(({ role }) => role !== "user");
  return history
    .slice(before + 1, last + 1)
    .map(readText)
    .join(" ")
    .trim();
}

export interface Spoken {
  role: Speaker;
  text: string;
  /** When it began; null in the formats of early 2024 and in OpenAI's. */
  at: Date | null;
  endedAt: Date | null;
  /** Milliseconds from the call's start, the only time in some formats. */
  fromStartMs: number | null;
  /** For the assistant's words after a tool call: when that was requested. */
  notBefore: Date | null;
  /** Its place in the list. */
  place: number;
  /** Which assistant of a squad spoke, if Vapi says. */
  assistantName: string | null;
  filter: LineFilter | null;
}

/** What Vapi's security filter says it did, in a final transcript or a message. */
export const filteredSchema = z.looseObject({
  isFiltered: z.boolean().nullish().catch(null),
  detectedThreats: z.array(z.string()).max(100).nullish().catch(null),
});

/** What Vapi's security filter found and changed; null if it did neither. */
export function readFilter(
  { isFiltered, detectedThreats }: z.infer<typeof filteredSchema>,
  original: string | null | undefined,
): LineFilter | null {
  if (!isFiltered && !detectedThreats?.length) return null;
  return { threats: detectedThreats ?? [], original: original ? redactText(original) : null };
}

const spokenSchema = z.looseObject({
  ...filteredSchema.shape,
  originalMessage: z.string().nullish().catch(null),
  assistantName: z.string().min(1).nullish().catch(null),
  role: z.string(),
  message: z.unknown().optional(),
  content: z.unknown().optional(),
  time: z.unknown().optional(),
  endTime: z.unknown().optional(),
  secondsFromStart: z.number().min(0).max(1e6).nullish().catch(null),
});

type Message = z.infer<typeof spokenSchema>;

/** Vapi writes `bot` where OpenAI's format has `assistant`; prompts and tools are not speech. */
const speakers: ReadonlyMap<string, Speaker> = new Map([
  ["bot", "assistant"],
  ["assistant", "assistant"],
  ["user", "user"],
]);
/** Reads the spoken messages, in order, from a `messages` list of either format; other entries are skipped. */
export function readSpoken(messages: unknown): Spoken[] {
  if (!Array.isArray(messages)) return [];
  const spoken: Spoken[] = [];
  const freeMs = new Map<string, number>();
  let notBefore: Date | null = null;
  for (const [place, entry] of messages.entries()) {
    const message = spokenSchema.safeParse(entry).data;
    if (!message) continue;
    const at = readStamp(message.time);
    if (message.role === "tool_calls" && at && (!notBefore || at > notBefore)) notBefore = at;
    const role = speakers.get(message.role);
    const text = readText(message);
    if (!role || !text) continue;
    spoken.push({
      role,
      text,
      at: at && toOwnTime(at, role, freeMs),
      endedAt: readStamp(message.endTime),
      fromStartMs: message.secondsFromStart == null ? null : Math.round(message.secondsFromStart * 1_000),
      notBefore: role === "assistant" ? notBefore : null,
      place,
      assistantName: message.assistantName ?? null,
      filter: readFilter(message, message.originalMessage),
    });
  }
  return spoken;
}

/** The first of these lists that has words in it, else the first with anything; empty if none has. */
export function firstSpoken(lists: readonly (readonly unknown[] | null | undefined)[]): unknown[] {
  const full = lists.flatMap((list) => (list?.length ? [list] : []));
  return [...(full.find((list) => readSpoken(list).length > 0) ?? full[0] ?? [])];
}

/**
 * Two messages of one voice may have the same time: the second in the list is moved to the next free millisecond.
 *
 * @param freeMs for each taken moment, a later one that may be free; shortened with each use, so that thousands of
 *   messages with one time take no longer than others
 */
function toOwnTime(at: Date, role: Speaker, freeMs: Map<string, number>): Date {
  const passed: number[] = [];
  let ms = at.getTime();
  for (let next = freeMs.get(`${role} ${ms}`); next !== undefined; next = freeMs.get(`${role} ${ms}`)) {
    passed.push(ms);
    ms = next;
  }
  for (const taken of [...passed, ms]) freeMs.set(`${role} ${taken}`, ms + 1);
  return new Date(ms);
}

/** The words of a message, whose content may come in parts. */
function readText({ message, content }: Pick<Message, "message" | "content">): string {
  return (toText(message) || toText(content)).trim();
}

/** A text, or the joined text parts of a content in OpenAI's format; empty for anything else. */
export function toText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => (typeof part === "string" ? part : (partSchema.safeParse(part).data?.text ?? "")))
    .filter((text) => text !== "")
    .join(" ");
}

const partSchema = z.looseObject({ text: z.string() });

interface Said {
  role: Speaker;
  text: string;
  at: Date;
}

interface Asked {
  id: string;
  name: string;
  arguments: Record<string, unknown>;
  askedAt: Date;
  answeredAt: Date | null;
  result: string | null;
}

type BuiltMessage = Record<string, unknown> & { time: number };

/** Builds a list in Vapi's `messages` format, which readSpoken and readToolHistory read. */
export function toMessages(said: readonly Said[], asked: readonly Asked[]): BuiltMessage[] {
  return [...said.map(toSpoken), ...asked.flatMap(toToolMessages)].sort((a, b) => a.time - b.time);
}

function toSpoken({ role, text, at }: Said): BuiltMessage {
  return { role: role === "assistant" ? "bot" : role, message: text, time: at.getTime() };
}

function toToolMessages({ id, name, arguments: args, askedAt, answeredAt, result }: Asked): BuiltMessage[] {
  const request = { id, type: "function", function: { name, arguments: stringifyJson(args) } };
  const answered = result === null ? [] : [{ role: "tool_call_result", toolCallId: id, name, result }];
  return [
    { role: "tool_calls", toolCalls: [request], time: askedAt.getTime() },
    ...answered.map((message) => ({ ...message, time: (answeredAt ?? askedAt).getTime() })),
  ];
}

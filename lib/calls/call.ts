import * as z from "zod";
import { formatPhoneNumber } from "@/lib/format";

/** The two voices of a call, by Vapi's names. */
export const speakerSchema = z.enum(["user", "assistant"]);

export type Speaker = z.infer<typeof speakerSchema>;

/** The last thing said on a call: its last final line, or a newer partial. */
const lastLineSchema = z.object({
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  final: z.boolean(),
});

/**
 * One call as every page, script and push sees it. Times are ISO-8601 UTC strings.
 * `status` is Vapi's own word and an open string: it grows with their releases.
 */
export const callSchema = z.object({
  id: z.string(),
  conversationUuid: z.uuid(),
  status: z.string(),
  type: z.string().nullable(),
  direction: z.enum(["inbound", "outbound", "web"]).nullable(),
  assistantId: z.string().nullable(),
  assistantName: z.string().nullable(),
  assistantVersion: z.string().nullable(),
  customerNumber: z.string().nullable(),
  customerName: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  endedReason: z.string().nullable(),
  /** Whether it ended while its caller waited: in an open hang, or unanswered. */
  endedWaiting: z.boolean(),
  durationSeconds: z.number().nullable(),
  costUsd: z.number().nullable(),
  speaking: speakerSchema.nullable(),
  /** When the newest speech began or stopped: the silence clock counts from here once both voices are quiet. */
  lastSpeechAt: z.iso.datetime().nullable(),
  /** The newest sign of the assistant's voice; not every sign leaves a mark or a line. */
  assistantSpokeAt: z.iso.datetime().nullable(),
  lastLine: lastLineSchema.nullable(),
  /** Who spoke in the last 90 s, in order; only in lists of the live board. */
  recentSpeech: z
    .array(z.object({ role: speakerSchema, from: z.iso.datetime(), to: z.iso.datetime().nullable() }))
    .optional(),
  lastToolName: z.string().nullable(),
  /** Since when the caller waits in an open hang; null once the assistant has spoken or the call is over. */
  hangingSince: z.iso.datetime().nullable(),
  openAlerts: z.number().int(),
  /** How often the caller was left waiting; Vapi may have warned several times of each. */
  hangs: z.number().int(),
  lastEventAt: z.iso.datetime(),
  /** Incremented per recorded event; pushes are compared by it. */
  version: z.number().int(),
});

export type Call = z.infer<typeof callSchema>;
export type LastLine = z.infer<typeof lastLineSchema>;

/** Vapi's statuses of a call that people are in, or about to be. Any other (`ended`, `not-found`, …) is over. */
export const liveStatuses = ["queued", "ringing", "in-progress", "forwarding"] as const;

/** `scheduled` is neither live nor over: nothing happens yet. */
const open = new Set<string>([...liveStatuses, "scheduled"]);

/** Whether a call of this status is over. */
export function isOver(status: string): boolean {
  return !open.has(status);
}

/** ISO time of a call's end, null while it is live. A call may be known to be over before any event gives the time. */
export function whenEnded(call: Pick<Call, "status" | "endedAt" | "lastEventAt">): string | null {
  return call.endedAt ?? (isOver(call.status) ? call.lastEventAt : null);
}

/** Milliseconds a call has lasted at `now` (epoch ms), or lasted in all; null before it was answered. */
export function callDuration(call: Call, now: number): number | null {
  if (call.durationSeconds !== null) return call.durationSeconds * 1000;
  if (call.startedAt === null) return null;
  const endedAt = whenEnded(call);
  return Math.max(0, (endedAt === null ? now : Date.parse(endedAt)) - Date.parse(call.startedAt));
}

export interface Span {
  /** Epoch ms. */
  from: number;
  to: number;
}

/** A call from its start (or its first event) to its end, or to `now` (epoch ms) while it is live. */
export function callSpan(call: Call, now: number): Span {
  const from = Date.parse(call.startedAt ?? call.createdAt);
  const endedAt = whenEnded(call);
  return { from, to: Math.max(from, endedAt === null ? now : Date.parse(endedAt)) };
}

/** Label of the other party: the recipient of an outbound call, else the caller. */
export function callerLabel({ direction }: Pick<Call, "direction">): "Caller" | "Recipient" {
  return direction === "outbound" ? "Recipient" : "Caller";
}

/** Title of a call: the caller's name, else the number, else the kind of call. */
export function callTitle(call: Pick<Call, "customerName" | "customerNumber" | "direction">): string {
  if (call.customerName) return call.customerName;
  if (call.customerNumber) return formatPhoneNumber(call.customerNumber);
  return call.direction === "web" ? "Web call" : `Unknown ${callerLabel(call).toLowerCase()}`;
}

const directions: Record<string, NonNullable<Call["direction"]>> = {
  inboundPhoneCall: "inbound",
  outboundPhoneCall: "outbound",
  webCall: "web",
  "vapi.websocketCall": "web",
};

/** Direction of a call by Vapi's `call.type`; null for an unknown type. */
export function findDirection(type: string | null): Call["direction"] {
  return (type && directions[type]) || null;
}

/**
 * Whether `a` is newer than `b`. Partials move `lastEventAt` without a new version, so it decides between equal
 * versions. ISO strings in one format compare in time order.
 */
export function isNewerCall(a: Call, b: Call): boolean {
  return a.version === b.version ? a.lastEventAt > b.lastEventAt : a.version > b.version;
}

/** How long an ended call stays on the live board, dimmed. */
export const lingerMs = 30_000;

/** Whether a call is on the live board at `now` (epoch ms). A scheduled call is not live yet. */
export function isOnBoard(call: Pick<Call, "status" | "endedAt" | "lastEventAt">, now: number): boolean {
  if (call.status === "scheduled") return false;
  const endedAt = whenEnded(call);
  return endedAt === null || now - Date.parse(endedAt) < lingerMs;
}

/** Speech without a stop or any other sign for this long: its stop was lost. */
export const longestWithoutSignMs = 60_000;

/** Without an event for this long a live call is shown as "no signal": its end may have been lost. */
export const noSignalAfterMs = 60_000;

/** Without an event for this long a live call is stale: its end may have been lost, so its silence means nothing. */
export const staleAfterMs = 5 * 60_000;

/** The page that shows a moment of a call. */
export function momentHref(callId: string, at: string): `/calls/${string}` {
  return `/calls/${encodeURIComponent(callId)}?at=${Date.parse(at)}`;
}

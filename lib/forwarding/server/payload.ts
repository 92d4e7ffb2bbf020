import "server-only";
import type { Database } from "@/db/client";
import { getAlert } from "@/db/queries/alerts/read";
import { listCallerNamesOf } from "@/db/queries/conversations/read";
import { type LeftOut, readLeftOut } from "@/db/queries/events/replay";
import { readSources, type StoredEvent } from "@/db/queries/forwarding/bodies";
import type { FeedItem } from "@/db/queries/forwarding/feed";
import type { CallRow } from "@/db/schema/calls";
import type { TargetRow } from "@/db/schema/forwarding";
import { maskAlert } from "@/lib/alerts/alert";
import { maskRecord } from "@/lib/calls/mask";
import { maskCaller, maskNumber } from "@/lib/calls/mask-text";
import { toCapture } from "@/lib/events/server/capture";
import type { Mapping } from "@/lib/forwarding/target";
import { stringifyJson } from "@/lib/lossless-json";

type Shape = Pick<TargetRow, "body" | "mapping" | "isMasked">;

/** Types whose bodies repeat data that has its own tables. */
const withMore: ReadonlySet<string> = new Set([
  "assistant.started",
  "conversation-update",
  "end-of-call-report",
]);

/** Vapi's measurements: times, lengths and costs. They look like phone numbers but identify no one. */
const measures =
  /^(?:time|timestamp|\w*Time|\w+At|duration\w*|secondsFromStart|cost\w*|\w*[cC]ost|\w+Tokens|\w+Ms|total)$/;

const nothingMore: LeftOut = { lines: [], marks: [], toolCalls: [], report: null };

/** Builds the bodies of items for a target, by key, from stored data. An item without a body has since been deleted. */
export async function readBodies(
  db: Database,
  target: Shape,
  items: readonly FeedItem[],
): Promise<Map<string, string>> {
  const sources = await readSources(db, items);
  const conversations = [...new Set(items.flatMap(({ conversationId }) => conversationId ?? []))];
  const names = target.isMasked ? await listCallerNamesOf(db, conversations) : new Map<string, string[]>();
  const bodies = new Map<string, string>();
  for (const item of items) {
    const call = (item.callId && sources.calls.get(item.callId)) || null;
    const known = [call?.customerName ?? null, ...(names.get(item.conversationId ?? "") ?? [])];
    const content =
      item.kind === "alert"
        ? await readAlert(db, target, sources.alertIds.get(item.key))
        : await readMessage(db, target, sources.events.get(item.key), call, known);
    if (content) bodies.set(item.key, stringifyJson(toBody(target, item, content)));
  }
  return bodies;
}

function toBody(
  { body, mapping }: Shape,
  { type, at, callId, conversationId }: FeedItem,
  content: object,
): object {
  const whole = { type, timestamp: at.toISOString(), callId, conversationId, ...content };
  return body === "mapped" ? mapFields(whole, mapping ?? {}) : whole;
}

async function readAlert(db: Database, { isMasked }: Shape, alertId: string | undefined) {
  const alert = alertId === undefined ? null : await getAlert(db, alertId);
  return alert && { alert: isMasked ? maskAlert(alert) : alert };
}

async function readMessage(
  db: Database,
  { body, isMasked }: Shape,
  event: StoredEvent | undefined,
  call: CallRow | null,
  names: readonly (string | null)[],
) {
  if (!event) return null;
  const mask = (message: object) => (isMasked ? maskMessage(message, names) : message);
  const stamped = { timestamp: event.at.getTime(), ...event.message };
  if (body === "trimmed" || !call) return { message: mask(stamped) };
  const leftOut = withMore.has(event.type) ? await readLeftOut(db, call) : nothingMore;
  const seen = isMasked ? maskCallRow(call, names) : call;
  const [captured] = toCapture({ call: seen, events: [event], ...leftOut });
  const { call: snapshot, ...message }: Record<string, unknown> = captured?.message ?? stamped;
  return { message: { ...mask(message), ...(snapshot !== undefined && { call: snapshot }) } };
}

function maskCallRow(call: CallRow, names: readonly (string | null)[]): CallRow {
  const { phoneNumber, metadata } = call;
  return {
    ...maskCaller(call),
    phoneNumber: phoneNumber && maskNumber(phoneNumber),
    metadata: metadata && maskRecord(metadata, names),
  };
}

/** The fields a mapping selects from a body; null for a path without a value. */
function mapFields(body: object, mapping: Mapping): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).map(([name, path]) => [name, readPath(body, path)]));
}

function readPath(body: unknown, path: string): unknown {
  let value = body;
  for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return null;
    value = Reflect.get(value, step);
  }
  return value ?? null;
}

/** Masks caller data as for viewers (lib/calls/mask.ts), except for Vapi's measurements. */
function maskMessage(message: object, names: readonly (string | null)[]): Record<string, unknown> {
  const masked = maskRecord(message, names);
  restoreMeasures(masked, message);
  return { ...masked, ...("type" in message && { type: message.type }) };
}

function restoreMeasures(masked: unknown, original: unknown): void {
  if (!isHolder(masked) || !isHolder(original)) return;
  for (const [key, value] of Object.entries(original)) {
    if (!(key in masked)) continue;
    if (measures.test(key) && isMeasure(value)) masked[key] = value;
    else restoreMeasures(masked[key], value);
  }
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isMeasure(value: unknown): boolean {
  return (
    typeof value === "number" ||
    (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]{5,16}(?:Z|[+-]\d\d:\d\d)$/.test(value))
  );
}

import { z } from "zod";
import type { CallFacts } from "@/db/queries/record/facts";
import { toKnownNumber } from "@/lib/calls/known-number";
import { redactObject } from "@/lib/redact";
import { earliest, newest } from "@/lib/webhook/rank";
import type { Spoken } from "@/lib/webhook/server/messages";
import { readStamp } from "@/lib/webhook/server/read-stamp";

const text = z.string().min(1).nullish().catch(null);
const record = z.record(z.string(), z.unknown()).nullish().catch(null);

const customerSchema = z.looseObject({ number: text, name: text, sipUri: text }).nullish().catch(null);
const phoneNumberSchema = z
  .looseObject({ id: text, number: text, twilioPhoneNumber: text, sipUri: text })
  .nullish()
  .catch(null);
const assistantSchema = z
  .looseObject({
    id: text,
    name: text,
    metadata: record,
    maxDurationSeconds: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);
const overridesSchema = z.looseObject({ metadata: record }).nullish().catch(null);

const snapshotSchema = z.looseObject({
  customer: customerSchema,
  phoneNumber: phoneNumberSchema,
  assistant: assistantSchema,
  assistantVersion: text,
  call: z
    .looseObject({
      createdAt: text,
      type: text,
      assistantId: text,
      customer: customerSchema,
      phoneNumber: phoneNumberSchema,
      phoneNumberId: text,
      assistant: assistantSchema,
      assistantOverrides: overridesSchema,
      metadata: record,
    })
    .nullish()
    .catch(null),
});

type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * Reads the facts about a call that any message carries. `message.call` is a snapshot from the call's creation: its
 * status and cost are wrong even in the report, so neither is read here. Monitor URLs are passwords; they are read, and
 * kept sealed, in lib/control/server/monitor.ts.
 */
export function readSnapshot(message: Record<string, unknown>, at: Date): CallFacts & { createdAt: Date } {
  const snapshot = snapshotSchema.parse(message);
  const rank = earliest(at);
  return {
    createdAt: readStamp(snapshot.call?.createdAt) ?? at,
    ...readOrigin(snapshot, at),
    ...readCustomer(snapshot, rank),
    ...readPhoneNumber(snapshot, at),
    ...readAssistant(snapshot, rank),
  };
}

function readOrigin({ call, assistant }: Snapshot, at: Date): CallFacts {
  if (!call?.type) return {};
  // API-made calls have it in call.metadata, web calls in assistantOverrides or the assistant.
  const metadata = call.metadata ?? call.assistantOverrides?.metadata ?? assistant?.metadata;
  return {
    type: call.type,
    metadata: metadata ? redactObject(metadata) : null,
    originRank: firstKnown(at, Boolean(metadata)),
  };
}

function readCustomer({ customer, call }: Snapshot, customerRank: number): CallFacts {
  const known = customer ?? call?.customer;
  const number = toKnownNumber(known?.number) ?? toKnownNumber(known?.sipUri);
  // Ranked separately: a later event may be the first to name the caller, and masking for viewers needs the name.
  return {
    ...(number && { customerNumber: number, customerRank }),
    ...(known?.name && { customerName: known.name, customerNameRank: customerRank }),
  };
}

function readPhoneNumber({ phoneNumber, call }: Snapshot, at: Date): CallFacts {
  const known = phoneNumber ?? call?.phoneNumber;
  // A number brought along from Twilio is in a field of its own, and a SIP number has only its address.
  const number = known?.number ?? known?.twilioPhoneNumber ?? known?.sipUri ?? null;
  const phoneNumberId = known?.id ?? call?.phoneNumberId ?? null;
  if (!number && !phoneNumberId) return {};
  return { phoneNumber: number, phoneNumberId, phoneNumberRank: firstKnown(at, number !== null) };
}

/** Some messages have only the assistant's id, others its version, others all of it: each is ranked separately. */
function readAssistant({ assistant, assistantVersion, call }: Snapshot, rank: number): CallFacts {
  const known = assistant ?? call?.assistant;
  const assistantId = known?.id ?? call?.assistantId;
  return {
    maxSeconds: known?.maxDurationSeconds ?? null,
    ...(assistantId && { assistantId, assistantRank: rank }),
    ...(known?.name && { assistantName: known.name, assistantNameRank: rank }),
    ...(assistantVersion && { assistantVersion, assistantVersionRank: rank }),
  };
}

/** The earliest wins, but a message without the value beats none that has it. */
const firstKnown = (at: Date, isKnown: boolean) => earliest(at, isKnown ? 0 : -1);

export const nextAssistantSchema = z.looseObject({ id: text, name: text }).nullish().catch(null);

/**
 * The assistant that speaks from now on, which outranks the one in snapshots. A message's version is that of the
 * assistant the call was configured with; that of any other is unknown.
 */
export function readNextAssistant(
  next: z.infer<typeof nextAssistantSchema>,
  message: object,
  at: Date,
): CallFacts | null {
  const { id = null, name = null } = next ?? {};
  if (!id && !name) return null;
  const { call, assistantVersion } = snapshotSchema.parse(message);
  const configured = call?.assistantId ?? call?.assistant?.id;
  const version = id && id === configured ? assistantVersion : null;
  const rank = newest(at);
  return {
    ...{ assistantId: id, assistantName: name, assistantRank: rank, assistantNameRank: rank },
    ...(version !== undefined && { assistantVersion: version, assistantVersionRank: rank }),
  };
}

/** A moment of a call, and how well it is known. 1: stated by the report. -1: estimated, better than nothing. */
interface Known {
  at: Date;
  rank: 1 | -1;
}

export interface Span {
  /** Null for a call that nobody answered. */
  started: Known | null;
  ended: Known;
}

/**
 * Start and end of a call, from its report. Reports of 2024 have no times: the first and the last words stand in for
 * them, unless status events arrived, which are more accurate.
 */
export function readSpan(
  report: { startedAt?: unknown; endedAt?: unknown; durationSeconds?: number | null | undefined },
  spoken: Spoken[],
  at: Date,
): Span {
  const [startedAt, endedAt] = [readStamp(report.startedAt), readStamp(report.endedAt)];
  const durationMs = (report.durationSeconds ?? 0) * 1000;
  const last = endedAt ?? spoken.at(-1)?.endedAt ?? spoken.at(-1)?.at ?? at;
  const ended: Known = { at: last, rank: endedAt || durationMs > 0 ? 1 : -1 };
  if (startedAt) return { started: { at: startedAt, rank: 1 }, ended };
  if (durationMs > 0) return { started: { at: new Date(last.getTime() - durationMs), rank: 1 }, ended };
  if (spoken.length === 0) return { started: null, ended };
  return { started: { at: spoken.find((entry) => entry.at)?.at ?? last, rank: -1 }, ended };
}

import "server-only";
import { z } from "zod";
import { type Cut, type ParsedJson, parseJson } from "@/lib/parse-json";
import { readUuid } from "@/lib/read-uuid";
import { hashToUuid } from "@/lib/secrets";
import { leaveOutUnread } from "@/lib/webhook/server/leave-out-unread";
import { readStamp } from "@/lib/webhook/server/read-stamp";

/**
 * Identifies a delivery, so that repeats are recognised. Vapi sends no event id, and a hash of the body would differ
 * between retries (presigned URLs are created anew per delivery), so the key is made of conversation, call, type,
 * stamp, and the identity by which the type's handler distinguishes its events.
 */
export function eventKey(event: {
  conversationId: string | null;
  callId: string | null;
  type: string;
  /** As stamped by Vapi; null for the bodies of early 2024 that carry no stamp. */
  stampMs: number | null;
  identity: string;
}): string {
  return hashToUuid(event.conversationId, event.callId, event.type, event.stampMs, event.identity);
}

/** Fields that every delivery has, read before its type is looked up. */
export interface Envelope {
  type: string;
  message: Record<string, unknown>;
  callId: string | null;
  conversationId: string | null;
  /** Vapi's stamp, else the time of receipt. */
  at: Date;
  /** Epoch ms as Vapi stamped it; null where it sent none (early 2024, client socket). */
  stampMs: number | null;
  receivedAt: Date;
  bytes: number;
  /** Parts of the body that exceeded our limits and were left out. */
  cuts: readonly Cut[];
  /** True for messages that Earshot fetched from Vapi's API rather than received. */
  isFetched: boolean;
}

/** More than models request at once. Calls beyond it are neither run nor answered, and the event lists this as an issue. */
const maxToolCalls = 128;
const listLimits = new Map(
  ["toolCallList", "toolCalls", "toolWithToolCallList"].map((name) => [name, maxToolCalls]),
);

const envelopeSchema = z.looseObject({ message: z.looseObject({ type: z.string().min(1).max(200) }) });
const id = z.string().min(1).max(200).optional().catch(undefined);
const callSchema = z.looseObject({ id, callId: id }).optional().catch(undefined);
const callerSchema = z.looseObject({ call: callSchema, callId: id });

/**
 * Reads a body's outer shape. `call` is inside the message in everything recorded, beside it in hand-made bodies;
 * if it is in neither, Vapi's own `x-call-id` header names the call.
 *
 * @returns null when the body is not JSON or has no `message.type`.
 */
export function readEnvelope(delivery: {
  body: Uint8Array;
  conversationUuid: string | null;
  headers: Headers;
  receivedAt: Date;
  isFetched?: boolean;
  /** Types of which only a part is read (leave-out-unread.ts); by default all are read whole. */
  isBrief?: (type: string) => boolean;
}): Envelope | null {
  const json = readJson(delivery.body, delivery.isBrief);
  const parsed = envelopeSchema.safeParse(json?.value);
  if (!json || !parsed.success) return null;
  const { message } = parsed.data;
  const callId =
    findCallId(message) ??
    findCallId(parsed.data) ??
    id.parse(delivery.headers.get("x-call-id") || undefined) ??
    null;
  const stamp = readStamp(message.timestamp ?? message.time);
  return {
    type: message.type,
    message,
    callId,
    conversationId: delivery.conversationUuid?.toLowerCase() ?? (callId && conversationOfCall(callId)),
    at: stamp ?? delivery.receivedAt,
    stampMs: stamp?.getTime() ?? null,
    receivedAt: delivery.receivedAt,
    bytes: delivery.body.byteLength,
    cuts: json.cuts,
    isFetched: delivery.isFetched ?? false,
  };
}

/** Conversation of a call whose URL names none: the call's own id if that is a UUID, else one derived from it. */
function conversationOfCall(callId: string): string {
  return readUuid(callId) ?? hashToUuid("conversation", callId);
}

function findCallId(holder: unknown): string | undefined {
  const caller = callerSchema.safeParse(holder).data;
  return caller?.call?.id ?? caller?.call?.callId ?? caller?.callId;
}

function readJson(body: Uint8Array, isBrief?: (type: string) => boolean): ParsedJson | null {
  try {
    const text = new TextDecoder().decode(body);
    return parseJson(isBrief ? leaveOutUnread(text, isBrief) : text, listLimits);
  } catch {
    return null;
  }
}

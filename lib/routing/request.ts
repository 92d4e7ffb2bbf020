import * as z from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import { readUuid } from "@/lib/read-uuid";
import {
  type RoutingRequest,
  type TransferDestination,
  transferDestinationSchema,
} from "@/lib/routing/routing";
import { zoneSchema } from "@/lib/zones";

const number = z.string().trim().max(200).default("");

/** A simulated call: caller, called number, local time and conversation. */
export const dryRunSchema = z.strictObject({
  caller: number,
  called: number,
  local: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "Enter a time such as 2026-03-29T09:30.")
    .refine((text) => !Number.isNaN(Date.parse(`${text}:00Z`)), "This time does not exist."),
  zone: zoneSchema,
  conversationUuid: z.guid("Enter the conversation's UUID.").or(z.literal("")).default(""),
});

export type DryRun = z.infer<typeof dryRunSchema>;

const name = z.string().min(1).optional();

/** Vapi's `HandoffDestinationAssistant` and `…Squad`, by name or id; other fields are passed through. */
const handoffDestinationSchema = z.union([
  z
    .looseObject({ type: z.literal("assistant"), assistantId: name, assistantName: name })
    .refine(({ assistantId, assistantName }) => assistantId ?? assistantName),
  z.looseObject({ type: z.literal("squad"), squadId: z.string().min(1) }),
]);

export type HandoffDestination = z.infer<typeof handoffDestinationSchema>;

/** Parses a handoff destination: an assistant's id or name, or one of Vapi's destinations. Null if it is neither. */
export function readHandoffDestination(value: unknown): HandoffDestination | null {
  if (typeof value !== "string") return handoffDestinationSchema.safeParse(value).data ?? null;
  const text = value.trim();
  if (text === "") return null;
  return readUuid(text) !== null
    ? { type: "assistant", assistantId: text }
    : { type: "assistant", assistantName: text };
}

const text = z.string().trim().min(1).nullish().catch(null);
const customer = z.looseObject({ number: text, sipUri: text }).nullish().catch(null);
const phoneNumber = z.looseObject({ id: text, number: text, sipUri: text }).nullish().catch(null);
const callSchema = z.looseObject({ customer, phoneNumber, phoneNumberId: text }).nullish().catch(null);
const requestSchema = z.looseObject({ customer, phoneNumber, call: callSchema });

/** Reads caller and called number. The message's own customer and phone number outrank those of `call`, which is a snapshot. */
export function readRequest(message: Record<string, unknown>): RoutingRequest {
  const { call, ...own } = requestSchema.parse(message);
  const caller = own.customer ?? call?.customer;
  const called = own.phoneNumber ?? call?.phoneNumber;
  const names = [called?.number, called?.sipUri, called?.id ?? call?.phoneNumberId];
  return {
    caller: toKnownNumber(caller?.number) ?? toKnownNumber(caller?.sipUri),
    called: names.filter((name) => typeof name === "string"),
  };
}

/** A number, and the extension to dial after it. */
const numberPattern =
  /^(?:tel:)?([+(]?\d[\d\s().\-/]{2,38}?)(?:[\s,;]*(?:ext\.?|extension|x|;ext=)\s*(\d{1,10}))?$/i;
const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * Parses a transfer destination as people, models and contexts write it: a number, a SIP address, an assistant's name,
 * or one of Vapi's destinations. Null if it is none of them.
 */
export function readTransferDestination(value: unknown): TransferDestination | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? readWrittenNumber(String(value)) : null;
  if (typeof value !== "string") {
    const destination = transferDestinationSchema.safeParse(value).data;
    return destination?.type === "number"
      ? { ...toChecked(destination.number), ...destination }
      : (destination ?? null);
  }
  const text = value.trim();
  if (text === "") return null;
  if (/^sips?:\S+$/i.test(text)) return { type: "sip", sipUri: text };
  return readWrittenNumber(text) ?? { type: "assistant", assistantName: text };
}

function readWrittenNumber(text: string): TransferDestination | null {
  const [, written, extension] = numberPattern.exec(text) ?? [];
  if (written === undefined) return null;
  const number = written.replace(/[^\d+]/g, "");
  if (number.length < 4) return null;
  return { type: "number", number, ...toChecked(number), ...(extension && { extension }) };
}

/** Vapi rejects other numbers, such as one of a SIP trunk, unless told not to check. */
function toChecked(number: string): { numberE164CheckEnabled?: false } {
  return e164.test(number) ? {} : { numberE164CheckEnabled: false };
}

/** A decision as the API returns it (lib/routing/choose-answer.ts). */
export const shownDecisionSchema = z.object({
  reply: z.record(z.string(), z.unknown()),
  source: z.enum(["conversation", "rule", "default", "fallback", "apology"]),
  rule: z.object({ id: z.string(), name: z.string() }).nullable(),
  findings: z.array(
    z.object({
      ruleId: z.string(),
      name: z.string(),
      outcome: z.enum(["answers", "outranked", "failed", "disabled"]),
      mismatch: z.object({ condition: z.string(), why: z.string() }).nullable(),
    }),
  ),
  remarks: z.array(z.string()),
  at: z.iso.datetime(),
});

export type ShownDecision = z.infer<typeof shownDecisionSchema>;

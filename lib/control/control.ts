import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";

const spoken = z.string().trim().min(1, "Enter the words to say.").max(1000);

const e164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, "Enter the number with its country code, such as +15550100123.");

/** What `/api/account/number` takes and answers: one's own number, to take calls over with. */
export const ownNumberSchema = z.object({ number: e164.nullable() });

/** Whom a transfer goes to: an entry of the directory, any number or SIP address, or the person who asks (take over). */
export const transferTargetSchema = z.union([
  z.strictObject({ directoryId: z.uuid() }),
  z.strictObject({ number: e164 }),
  z.strictObject({
    sipUri: z
      .string()
      .regex(/^sips?:[^\s@]+@[^\s@]+$/, "Enter a SIP address, such as sip:billing@example.com."),
  }),
  z.strictObject({ me: z.literal(true) }),
]);

export type TransferTarget = z.infer<typeof transferTargetSchema>;

/** Which voice is switched off. */
export const muteTargets = ["assistant", "customer"] as const;

/** Made by the caller, so that the same request sent twice is one action. */
const id = z.uuid();
const who = z.enum(muteTargets);

/** The body of `POST /api/calls/{id}/control`. */
export const controlRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({
    id,
    action: z.literal("say"),
    text: spoken,
    /** The call ends when it has been said. */
    endCallAfter: z.boolean().default(false),
    /** Does not wait until the assistant has finished its sentence. */
    interrupt: z.boolean().default(false),
  }),
  z.strictObject({
    id,
    action: z.literal("whisper"),
    /** A system message: the assistant knows it from now on, the caller never hears it. */
    text: spoken,
    /** Whether the assistant speaks on it at once. */
    respond: z.boolean().default(true),
  }),
  z.strictObject({ id, action: z.literal("mute"), who }),
  z.strictObject({ id, action: z.literal("unmute"), who }),
  z.strictObject({ id, action: z.literal("transfer"), to: transferTargetSchema, say: spoken.optional() }),
  z.strictObject({ id, action: z.literal("handoff"), assistantId: z.string().trim().min(1).max(200) }),
  z.strictObject({ id, action: z.literal("end"), say: spoken.optional() }),
]);

export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** Whether a call can be acted on or listened to now, and why not, in a sentence. */
export const supervisionSchema = z.object({
  control: z.object({ available: z.boolean(), reason: z.string().nullable() }),
  listen: z.object({ available: z.boolean(), reason: z.string().nullable() }),
});

export type Supervision = z.infer<typeof supervisionSchema>;

/** How a call's sound comes, as Vapi's start frame says. */
export const listenFormatSchema = z.object({
  sampleRate: z.number().int().min(8000).max(48_000),
  channels: z.union([z.literal(1), z.literal(2)]),
});

export type ListenFormat = z.infer<typeof listenFormatSchema>;

/** The first line of `GET /api/calls/{id}/listen`; then interleaved signed 16-bit little-endian samples. */
export const listenHeadSchema = listenFormatSchema.extend({
  /** The stream ends after so many seconds, before the platform cuts it off: players open the next one earlier. */
  endsAfter: z.number().int().positive(),
  /** Why this listening was ended a moment ago, where it goes on with this stream. */
  endedBefore: z.string().optional(),
});

export type ListenHead = z.infer<typeof listenHeadSchema>;

/** How a team supervises its calls. */
export const controlSettingsSchema = z.object({
  /** Off: nobody listens to any call. */
  listening: z.boolean(),
  /** How many people may listen to one call at once. */
  listenersPerCall: z.number().int().min(1).max(50),
  /** Offered in the composer. */
  phrases: z.array(spoken).max(30),
  /** What an alert offers with one click; null: nothing. */
  alertSay: spoken.nullable(),
  alertTransferTo: z.uuid().nullable(),
});

export type ControlSettings = z.infer<typeof controlSettingsSchema>;

/** What `GET /api/calls/{id}/control` answers: what the page's controls need. */
export const controlStateSchema = z.object({
  supervision: supervisionSchema,
  targets: z.object({
    directory: z.array(
      z.object({
        id: z.uuid(),
        team: z.string(),
        address: z.string(),
        isOpen: z.boolean(),
        /** As people write them; null: always open. */
        hours: z.string().nullable(),
      }),
    ),
    /** The number of whoever asks. */
    me: z.string().nullable(),
    assistants: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  settings: controlSettingsSchema,
});

export type ControlState = z.infer<typeof controlStateSchema>;

export const controlSetting = defineSetting("control", controlSettingsSchema, {
  listening: true,
  listenersPerCall: 5,
  phrases: [
    "Sorry for the wait. I am still looking into this for you.",
    "One moment please, a colleague will be with you shortly.",
  ],
  alertSay: "Sorry for the wait. I will be right with you.",
  alertTransferTo: null,
});

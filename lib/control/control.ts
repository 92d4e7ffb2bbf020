import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";

const spoken = z.string().trim().min(1, "Enter the words to say.").max(1000);

const e164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, "Enter the number with its country code, such as +15550100123.");

/** Body and answer of `/api/account/number`: the person's own number, for taking over calls. */
export const ownNumberSchema = z.object({ number: e164.nullable() });

/** Destination of a transfer: a directory entry, any number or SIP address, or the person who asks (take over). */
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

/** Voices that can be muted. */
const muteTargets = ["assistant", "customer"] as const;

/** Created by the client, so that a request sent twice is one action. */
const id = z.uuid();
const who = z.enum(muteTargets);

/** The body of `POST /api/calls/{id}/control`. */
export const controlRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({
    id,
    action: z.literal("say"),
    text: spoken,
    /** Whether the call ends once it has been said. */
    endCallAfter: z.boolean().default(false),
    /** Whether to interrupt the assistant instead of waiting for the end of its sentence. */
    interrupt: z.boolean().default(false),
  }),
  z.strictObject({
    id,
    action: z.literal("whisper"),
    /** A system message: the assistant knows it from now on, the caller never hears it. */
    text: spoken,
    /** Whether the assistant responds to it at once. */
    respond: z.boolean().default(true),
  }),
  z.strictObject({ id, action: z.literal("mute"), who }),
  z.strictObject({ id, action: z.literal("unmute"), who }),
  z.strictObject({ id, action: z.literal("transfer"), to: transferTargetSchema, say: spoken.optional() }),
  z.strictObject({ id, action: z.literal("handoff"), assistantId: z.string().trim().min(1).max(200) }),
  z.strictObject({ id, action: z.literal("end"), say: spoken.optional() }),
]);

export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** Whether a call can be controlled and listened to now; if not, `reason` says why. */
const supervisionSchema = z.object({
  control: z.object({ available: z.boolean(), reason: z.string().nullable() }),
  listen: z.object({ available: z.boolean(), reason: z.string().nullable() }),
});

export type Supervision = z.infer<typeof supervisionSchema>;

/** Maximum calls named in one `GET /api/control/calls`: their ids have to fit into a URL. */
export const mostSupervised = 100;

/** The answer of `GET /api/control/calls`, without calls that do not exist. */
export const supervisedCallsSchema = z.object({
  calls: z.array(z.object({ callId: z.string(), supervision: supervisionSchema })),
});

export type SupervisedCalls = z.infer<typeof supervisedCallsSchema>;

/** Format of a call's audio, from Vapi's start frame. */
export const listenFormatSchema = z.object({
  sampleRate: z.number().int().min(8000).max(48_000),
  channels: z.union([z.literal(1), z.literal(2)]),
});

export type ListenFormat = z.infer<typeof listenFormatSchema>;

/** The first line of `GET /api/calls/{id}/listen`; then interleaved signed 16-bit little-endian samples. */
export const listenHeadSchema = listenFormatSchema.extend({
  /** Seconds until the stream ends, before the platform would cut it off; players open the next one earlier. */
  endsAfter: z.number().int().positive(),
  /** Why the previous stream of this listening session ended a moment ago. */
  endedBefore: z.string().optional(),
});

export type ListenHead = z.infer<typeof listenHeadSchema>;

/** How a team supervises its calls. */
export const controlSettingsSchema = z.object({
  /** When off, no one can listen to any call. */
  listening: z.boolean(),
  /** Maximum number of simultaneous listeners per call. */
  listenersPerCall: z.number().int().min(1).max(50),
  /** Phrases offered in the composer. */
  phrases: z.array(spoken).max(30),
  /** Actions that an alert offers with one click; null: none. */
  alertSay: spoken.nullable(),
  alertTransferTo: z.uuid().nullable(),
});

export type ControlSettings = z.infer<typeof controlSettingsSchema>;

/** The answer of `GET /api/calls/{id}/control`, for the page's controls. */
export const controlStateSchema = z.object({
  supervision: supervisionSchema,
  targets: z.object({
    directory: z.array(
      z.object({
        id: z.uuid(),
        team: z.string(),
        address: z.string(),
        isOpen: z.boolean(),
        /** In the form people write; null: always open. */
        hours: z.string().nullable(),
      }),
    ),
    /** The viewer's own number. */
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

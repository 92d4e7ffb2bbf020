import * as z from "zod";
import { wallClock } from "@/lib/zone-time";
import { timeOfDaySchema, zoneSchema } from "@/lib/zones";

/** Daily hours, in a time zone, in which a channel is not notified. They may pass midnight. */
export const quietHoursSchema = z.object({ from: timeOfDaySchema, to: timeOfDaySchema, zone: zoneSchema });

export type QuietHours = z.infer<typeof quietHoursSchema>;

const minuteMs = 60_000;

/**
 * Returns the end of the quiet hours that contain `now`; null outside them. Uses local time across clock changes: a
 * repeated hour is quiet twice, a skipped hour delays nothing.
 */
export function quietUntil({ from, to, zone }: QuietHours, now: Date): Date | null {
  const isQuiet = (at: Date) => isWithin(wallClock(at, zone).time, from, to);
  if (!isQuiet(now)) return null;
  // Minute by minute, because clocks may change in between; a day has at most 25 hours.
  let end = Math.ceil((now.getTime() + 1) / minuteMs) * minuteMs;
  const latest = now.getTime() + 25 * 60 * minuteMs;
  while (end < latest && isQuiet(new Date(end))) end += minuteMs;
  return new Date(end);
}

/** Compares times as "22:00" as text. Equal ends mean the whole day. */
function isWithin(time: string, from: string, to: string): boolean {
  if (from < to) return time >= from && time < to;
  return time >= from || time < to;
}

const shared = {
  name: z.string().trim().min(1, "Enter a name.").max(100),
  /** 0: at once; otherwise only alerts unacknowledged for this many minutes. */
  afterMinutes: z
    .number()
    .int()
    .min(0)
    .max(24 * 60),
  quietHours: quietHoursSchema.nullable(),
  /** Also notifies when an alert is acknowledged, recovers or is resolved. */
  tellsUpdates: z.boolean().default(false),
};

const slackUrl = z
  .url({
    protocol: /^https$/,
    hostname: /^hooks\.slack(-gov)?\.com$/,
    error: "A Slack URL starts with https://hooks.slack.com/.",
  })
  .nullable();

const addresses = z
  .string()
  .trim()
  .transform((list) => list.split(/[\s,;]+/).filter(Boolean))
  .pipe(z.array(z.email("Not a valid e-mail address.")).min(1, "Enter at least one address.").max(20))
  .transform((list) => list.join(", "));

interface ChannelField {
  /** The field's name in the schema. */
  name: "url" | "to" | "key" | "token" | "conversation";
  label: string;
  type?: "url" | "password";
  placeholder?: string;
  hint?: string;
  /** The environment variable used when the field is empty. */
  fallback?: "SLACK_WEBHOOK_URL";
}

/** Every kind of channel: its label, the schema of a new one, and the form fields of its destination. */
const channelTypes = {
  slack: {
    label: "Slack",
    schema: z.strictObject({ kind: z.literal("slack"), ...shared, url: slackUrl }),
    fields: [
      {
        name: "url",
        label: "Incoming webhook URL",
        type: "url",
        placeholder: "https://hooks.slack.com/services/…",
        fallback: "SLACK_WEBHOOK_URL",
      },
    ],
  },
  "slack-app": {
    label: "Slack (threads)",
    schema: z.strictObject({
      kind: z.literal("slack-app"),
      ...shared,
      // Always posts updates: a thread that never says how it ended is no better than a webhook.
      tellsUpdates: z.literal(true).default(true),
      token: z
        .string()
        .trim()
        .regex(/^xoxb-[A-Za-z0-9-]{10,250}$/, "A bot token starts with xoxb-."),
      conversation: z
        .string()
        .trim()
        .regex(/^[CGD][A-Z0-9]{5,20}$/, "Enter a channel ID such as C0123456789."),
    }),
    fields: [
      {
        name: "token",
        label: "Bot token",
        type: "password",
        hint: "From a Slack app with the chat:write scope.",
      },
      {
        name: "conversation",
        label: "Channel ID",
        placeholder: "C0123456789",
        hint: "Invite the app there.",
      },
    ],
  },
  email: {
    label: "E-mail",
    schema: z.strictObject({ kind: z.literal("email"), ...shared, to: addresses }),
    fields: [{ name: "to", label: "Addresses", hint: "Comma-separated." }],
  },
  webhook: {
    label: "Webhook",
    schema: z.strictObject({
      kind: z.literal("webhook"),
      ...shared,
      url: z.url({ protocol: /^https?$/ }),
    }),
    fields: [{ name: "url", label: "URL", type: "url", placeholder: "https://" }],
  },
  pagerduty: {
    label: "PagerDuty",
    schema: z.strictObject({
      kind: z.literal("pagerduty"),
      ...shared,
      // Without updates, an incident would stay open in PagerDuty.
      tellsUpdates: z.literal(true).default(true),
      key: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9]{32}$/, "An integration key has 32 letters and digits."),
    }),
    fields: [{ name: "key", label: "Integration key", hint: "From a service’s Events API v2 integration." }],
  },
  teams: {
    label: "Microsoft Teams",
    schema: z.strictObject({
      kind: z.literal("teams"),
      ...shared,
      url: z.url({ protocol: /^https?$/ }),
    }),
    fields: [
      {
        name: "url",
        label: "Workflow URL",
        type: "url",
        placeholder: "https://…logic.azure.com/workflows/…",
        hint: "From the workflow “Post to a channel when a webhook request is received”.",
      },
    ],
  },
  /** Notifies every device that has turned push on. */
  push: {
    label: "Push",
    schema: z.strictObject({ kind: z.literal("push"), ...shared }),
    fields: [],
  },
} as const satisfies Record<string, { label: string; schema: z.ZodType; fields: readonly ChannelField[] }>;

export type ChannelKind = keyof typeof channelTypes;

export const channelKinds = Object.keys(channelTypes) as ChannelKind[];

export const channelKindSchema = z.enum(channelKinds);

export const channelLabel = (kind: ChannelKind) => channelTypes[kind].label;

/** The form fields of a channel's destination; empty if people choose it on their devices. */
export const channelFields = (kind: ChannelKind): readonly ChannelField[] => channelTypes[kind].fields;

/** Whether a channel always sends updates, in quiet hours too, because it shows the alert as open until the last one. */
export const alwaysTellsUpdates = (kind: ChannelKind) => kind === "pagerduty" || kind === "slack-app";

/** A channel to create. A Slack channel without a URL uses SLACK_WEBHOOK_URL; a webhook's signing key is generated. */
export const newChannelSchema = z.discriminatedUnion("kind", [
  channelTypes.slack.schema,
  channelTypes["slack-app"].schema,
  channelTypes.email.schema,
  channelTypes.webhook.schema,
  channelTypes.pagerduty.schema,
  channelTypes.teams.schema,
  channelTypes.push.schema,
]);

export type NewChannel = z.input<typeof newChannelSchema>;

/** Sent by a browser when someone turns push on: `PushSubscription.toJSON()` (Push API). */
export const pushSubscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2_000),
  keys: z.object({
    p256dh: z.base64url().min(80).max(100),
    auth: z.base64url().min(16).max(50),
  }),
});

export type PushSubscriptionKeys = z.infer<typeof pushSubscriptionSchema>;

/** The editable fields. The destination is not among them, because the name could then describe a different one. */
export const channelChangeSchema = z.strictObject({
  afterMinutes: shared.afterMinutes.optional(),
  quietHours: shared.quietHours.optional(),
  tellsUpdates: z.boolean().optional(),
  isEnabled: z.boolean().optional(),
});

export type ChannelChange = z.infer<typeof channelChangeSchema>;

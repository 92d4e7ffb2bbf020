import { z } from "zod";
import { quietHoursSchema } from "@/lib/notifications/quiet-hours";

const shared = {
  name: z.string().trim().min(1, "Say what it is for.").max(100),
  /** 0: at once; else only when nobody has acknowledged for so many minutes. */
  afterMinutes: z
    .number()
    .int()
    .min(0)
    .max(24 * 60),
  quietHours: quietHoursSchema.nullable(),
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
  .pipe(z.array(z.email("This is no e-mail address.")).min(1, "Name at least one address.").max(20))
  .transform((list) => list.join(", "));

/** A channel to be made. A Slack channel without a URL uses SLACK_WEBHOOK_URL; a webhook's key is made here. */
export const newChannelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("slack"), ...shared, url: slackUrl }),
  z.strictObject({ kind: z.literal("email"), ...shared, to: addresses }),
  z.strictObject({ kind: z.literal("webhook"), ...shared, url: z.url({ protocol: /^https?$/ }) }),
]);

export type NewChannel = z.infer<typeof newChannelSchema>;

/** What can be changed of one: not where it leads, or a name could lie about it. */
export const channelChangeSchema = z.strictObject({
  afterMinutes: shared.afterMinutes.optional(),
  quietHours: shared.quietHours.optional(),
  isEnabled: z.boolean().optional(),
});

export type ChannelChange = z.infer<typeof channelChangeSchema>;

import * as z from "zod";
import { channelKindSchema } from "@/lib/notifications/channel";

const notificationStates = ["waiting", "sent", "failed", "skipped"] as const;

export type NotificationState = (typeof notificationStates)[number];

/**
 * Subjects of a notification: a call's alert, an incident, slow call routing, settings changed in Vapi, missing events,
 * a worse version of an assistant, an issue of Vapi's monitoring, or a test of the channel.
 */
const notificationSubjects = [
  "alert",
  "incident",
  "routing",
  "connection",
  "gaps",
  "version",
  "issue",
  "test",
] as const;

export type NotificationSubject = (typeof notificationSubjects)[number];

/** Events of a subject: it opens, stays unacknowledged, is acknowledged, recovers or is resolved. */
const alertEvents = ["opened", "escalated", "acknowledged", "recovered", "resolved"] as const;

export type AlertEvent = (typeof alertEvents)[number];

/** Events that follow the first notification. */
export type AlertUpdate = Exclude<AlertEvent, "opened" | "escalated">;

export const isUpdate = (event: AlertEvent): event is AlertUpdate =>
  event !== "opened" && event !== "escalated";

/** Ways to reach a person: by e-mail, or by push on every device where they turned it on. */
const personalRoutes = ["email", "push"] as const;

export type PersonalRoute = (typeof personalRoutes)[number];

const sendFailureSchema = z.object({ at: z.iso.datetime(), why: z.string() });

/** A failed attempt, described without secrets. */
export type SendFailure = z.infer<typeof sendFailureSchema>;

/** A row of the delivery log, for the settings page and scripts. */
export const notificationSchema = z.object({
  id: z.uuid(),
  about: z.enum(notificationSubjects),
  event: z.enum(alertEvents),
  alertId: z.string().nullable(),
  callId: z.string().nullable(),
  incidentId: z.uuid().nullable(),
  issueId: z.string().nullable(),
  versionAlertId: z.uuid().nullable(),
  /** Where it went. `id` is null for a person, whose name and `userId` are given instead. */
  channel: z.object({ id: z.uuid().nullable(), kind: channelKindSchema, name: z.string() }),
  userId: z.string().nullable(),
  state: z.enum(notificationStates),
  dueAt: z.iso.datetime(),
  attempts: z.number().int(),
  failures: z.array(sendFailureSchema),
  settledAt: z.iso.datetime().nullable(),
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

export type Notification = z.infer<typeof notificationSchema>;

const firstPauseMs = 15_000;
const longestPauseMs = 30 * 60_000;
/** The last attempt is about an hour and a half after the first. */
const maxAttempts = 10;

/** How long to wait after this many failed attempts, in ms; null to give up. */
export function nextAttemptMs(attempts: number): number | null {
  if (attempts >= maxAttempts) return null;
  return Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
}

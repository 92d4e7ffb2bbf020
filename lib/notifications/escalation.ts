import * as z from "zod";
import { type Alert, severities } from "@/lib/alerts/alert";
import { nextWithin, type TimeWindow, timeWindowSchema } from "@/lib/routing/clock";

/** Subjects that a policy can cover: alerts of each kind, rule alerts by severity, incidents, Vapi issues, worse versions. */
export const escalationSubjects = [
  "hang",
  "no-answer",
  "silence",
  ...severities.map((severity) => `rule-${severity}` as const),
  "incident",
  "issue",
  "version",
] as const;

export type EscalationSubject = (typeof escalationSubjects)[number];

export function escalationSubject({ kind, rule }: Pick<Alert, "kind" | "rule">): EscalationSubject {
  return kind === "rule" ? `rule-${rule?.severity ?? "warning"}` : kind;
}

const day = 24 * 60;
export const mostSteps = 10;

const stepSchema = z
  .strictObject({
    /** Minutes after the alert opened. */
    afterMinutes: z.int().min(1, "A step needs a delay of at least 1 minute.").max(day),
    channelIds: z.array(z.uuid()).max(50).default([]),
    /** People, by e-mail and on their devices. */
    userIds: z.array(z.string().min(1).max(100)).max(50).default([]),
    /** Null: no repeat. */
    repeat: z
      .strictObject({ everyMinutes: z.int().min(1).max(day), times: z.int().min(1).max(100) })
      .nullable()
      .default(null),
  })
  .refine(({ channelIds, userIds }) => channelIds.length + userIds.length > 0, {
    error: "Choose a channel or a person for each step.",
  });

/** Error for a step with anyone else. */
export const cannotAct = "A step names someone who cannot act on alerts. Choose operators or admins.";

export type EscalationStep = z.infer<typeof stepSchema>;

/** Which channels and people are notified of unacknowledged alerts, after how long, and how often. */
export const escalationPolicySchema = z.strictObject({
  name: z.string().trim().min(1, "Enter a name for the policy.").max(100),
  isEnabled: z.boolean().default(true),
  subjects: z
    .array(z.enum(escalationSubjects))
    .min(1, "Choose at least one kind of alert.")
    .max(escalationSubjects.length),
  /** Outside these hours a policy pauses; it resumes where it was. Null: always active. */
  hours: timeWindowSchema.nullable().default(null),
  steps: z.array(stepSchema).min(1, "Add at least one step.").max(mostSteps),
});

export type EscalationPolicy = z.infer<typeof escalationPolicySchema>;

/** The body of a PATCH; only the given fields change. */
export const escalationPolicyChangeSchema = z.strictObject({
  ...escalationPolicySchema.omit({ isEnabled: true, hours: true }).partial().shape,
  isEnabled: z.boolean().optional(),
  hours: timeWindowSchema.nullable().optional(),
});

export type EscalationPolicyChange = z.infer<typeof escalationPolicyChangeSchema>;

export const storedEscalationPolicySchema = z.object({ id: z.uuid(), ...escalationPolicySchema.shape });

export type StoredEscalationPolicy = z.infer<typeof storedEscalationPolicySchema>;

/** Progress of one alert, incident or issue in a policy. */
export interface Progress {
  /** When the alert opened, postponed by the length of every pause. */
  startedAt: Date;
  /** Minutes since `startedAt` up to which steps are done. */
  doneMinutes: number;
}

/** Each notification of a policy, in minutes since the alert opened. */
function timesOf(steps: readonly EscalationStep[]) {
  return steps.flatMap(({ afterMinutes, channelIds, userIds, repeat }) =>
    Array.from({ length: 1 + (repeat?.times ?? 0) }, (_, round) => ({
      minutes: afterMinutes + round * (repeat?.everyMinutes ?? 0),
      channelIds,
      userIds,
    })),
  );
}

/** When the next notification is due; null after the last. */
export function nextDue(steps: readonly EscalationStep[], { startedAt, doneMinutes }: Progress): Date | null {
  const ahead = timesOf(steps).flatMap(({ minutes }) => (minutes > doneMinutes ? minutes : []));
  return ahead.length === 0 ? null : new Date(startedAt.getTime() + Math.min(...ahead) * 60_000);
}

/** The parts of an alert or incident that decide whether it is still escalated. */
export type Standing = Pick<Alert, "acts" | "outcome">;

export type EscalationVerdict =
  /** Notify these channels and people; `next` is the progress afterwards. */
  | { act: "notify"; channelIds: string[]; userIds: string[]; next: Progress }
  | { act: "wait"; next: Progress; until: Date }
  | { act: "end"; reason: string };

const recheckMs = 60_000;

/**
 * Decides what a policy does about an alert, incident or issue at `now`. Steps missed while the server was down are
 * notified once. A pause (snoozed, outside the policy's hours, part of an incident) delays the remaining steps by its
 * length.
 * @param isInIncident its open incident is escalated instead
 */
export function decideEscalation(
  policy: Pick<EscalationPolicy, "isEnabled" | "hours" | "steps">,
  progress: Progress,
  subject: Standing & { isInIncident: boolean },
  now: Date,
): EscalationVerdict {
  const why = whyOver(subject);
  if (why !== null) return { act: "end", reason: why };
  if (!policy.isEnabled) return { act: "end", reason: "The policy is off." };
  const due = nextDue(policy.steps, progress);
  if (due === null) return { act: "end", reason: "All steps are done." };
  if (due > now) return { act: "wait", next: progress, until: due };
  const until = pauseUntil(policy.hours, subject, now);
  if (until > now) {
    const startedAt = new Date(progress.startedAt.getTime() + until.getTime() - due.getTime());
    return { act: "wait", next: { ...progress, startedAt }, until };
  }
  const elapsed = (now.getTime() - progress.startedAt.getTime()) / 60_000;
  const passed = timesOf(policy.steps).filter(
    ({ minutes }) => minutes > progress.doneMinutes && minutes <= elapsed,
  );
  return {
    act: "notify",
    channelIds: [...new Set(passed.flatMap(({ channelIds }) => channelIds))],
    userIds: [...new Set(passed.flatMap(({ userIds }) => userIds))],
    next: { ...progress, doneMinutes: Math.max(...passed.map(({ minutes }) => minutes)) },
  };
}

/** Returns why escalation ends, or null while it continues. */
export function whyOver({ acts, outcome }: Standing): string | null {
  if (acts.resolved) return `${acts.resolved.by.name} resolved it.`;
  if (acts.acknowledged) return `${acts.acknowledged.by.name} acknowledged it.`;
  return outcome === "open" ? null : "Already over.";
}

function pauseUntil(
  hours: TimeWindow | null,
  { acts, isInIncident }: Standing & { isInIncident: boolean },
  now: Date,
): Date {
  const times = [
    acts.snoozedUntil === null ? now : new Date(acts.snoozedUntil),
    isInIncident ? new Date(now.getTime() + recheckMs) : now,
    hours === null ? now : nextWithin(hours, now),
  ];
  return new Date(Math.max(...times.map((at) => at.getTime())));
}

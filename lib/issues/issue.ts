import * as z from "zod";
import { formatCount } from "@/lib/format";

/** Status of an issue of Vapi's monitoring, in Vapi's terms. */
const issueStatuses = ["created", "acknowledged", "resolved"] as const;

export type IssueStatus = (typeof issueStatuses)[number];

const moment = z.iso.datetime({ offset: true }).nullish().catch(null);
const text = z.string().max(500).nullish().catch(null);
const count = z.number().int().nonnegative().nullish().catch(null);

/** An issue as described by Vapi's API and message (VapiAI/docs, monitoring-quickstart). Only its id is guaranteed. */
export const vapiIssueSchema = z.looseObject({
  id: z.string().min(1).max(200),
  monitorId: text,
  triggerId: text,
  severity: text,
  status: z.enum(issueStatuses).catch("created"),
  callsCount: count,
  totalCalls: count,
  evaluationStartAt: moment,
  lastSeenAt: moment,
  calls: z
    .array(z.looseObject({ callId: z.string() }))
    .nullish()
    .catch(null),
  acknowledgedBy: text,
  acknowledgedAt: moment,
  resolvedBy: text,
  resolvedAt: moment,
  createdAt: moment,
  updatedAt: moment,
});

export type DescribedIssue = z.infer<typeof vapiIssueSchema>;

/** Vapi's `issue.created` message, sent once per issue to the server set in its monitor. */
export const issueMessageSchema = z.looseObject({
  issue: vapiIssueSchema,
  monitor: z
    .looseObject({
      id: text,
      name: text,
      triggers: z
        .array(z.looseObject({ id: text, severity: text }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

const done = z.object({ by: z.string(), at: z.iso.datetime() });

/** An issue as pages and scripts see it. */
export const issueSchema = z.object({
  id: z.string(),
  monitor: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  severity: z.string().nullable(),
  status: z.enum(issueStatuses),
  callsCount: z.number().int().nullable(),
  totalCalls: z.number().int().nullable(),
  evaluatedFrom: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
  /** Ids of its calls; empty until Vapi has listed them. */
  callIds: z.array(z.string()),
  createdAt: z.iso.datetime(),
  acknowledged: done.nullable(),
  resolved: done.nullable(),
});

export type Issue = z.infer<typeof issueSchema>;

/** "Error rate". */
export const issueTitle = ({ monitor, id }: Pick<Issue, "monitor" | "id">) =>
  monitor.name ?? monitor.id ?? id;

/** "12 of 150 calls". */
export function issueEvidence({ callsCount, totalCalls }: Pick<Issue, "callsCount" | "totalCalls">): string {
  if (callsCount === null) return "calls not counted";
  return totalCalls === null
    ? formatCount(callsCount, "call")
    : `${callsCount} of ${formatCount(totalCalls, "call")}`;
}

export const issueActions = ["acknowledge", "resolve"] as const;

export type IssueAction = (typeof issueActions)[number];

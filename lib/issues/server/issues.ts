import "server-only";
import { type Database, db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  findIssue,
  insertIssue,
  listIssuesToFollow,
  listUnreadIssueMessages,
  updateIssue,
} from "@/db/queries/issues";
import { startEscalations } from "@/db/queries/notifications/escalations";
import { enqueueNotifications, enqueueUpdates } from "@/db/queries/notifications/outbox";
import type { VapiIssueRow } from "@/db/schema/issues";
import type { By } from "@/lib/audit/audit";
import { changeMonitoringIssue, getMonitoringIssue, VapiRequestError } from "@/lib/connect/server/vapi-api";
import { type DescribedIssue, type Issue, type IssueAction, issueMessageSchema } from "@/lib/issues/issue";
import { log } from "@/lib/log";
import { sendDue } from "@/lib/notifications/server/send-due";
import { canAskVapi } from "@/lib/vapi/server/client";

/**
 * Stores the issues of recorded messages, each in one transaction with its notifications. Safe to run concurrently and
 * repeatedly: an issue is inserted once.
 */
export async function takeIssues(database: Database): Promise<void> {
  const messages = await listUnreadIssueMessages(database);
  for (const { message, receivedAt } of messages) {
    const parsed = issueMessageSchema.safeParse(message);
    if (!parsed.success) continue;
    const { issue, monitor } = parsed.data;
    const trigger = monitor?.triggers?.find(({ id }) => id === issue.triggerId);
    const row: VapiIssueRow = {
      monitorId: monitor?.id ?? null,
      monitorName: monitor?.name ?? null,
      severity: issue.severity ?? trigger?.severity ?? null,
      ...toColumns(issue, receivedAt),
      callIds: callIdsOf(issue),
      createdAt: toDate(issue.createdAt) ?? receivedAt,
    };
    if (issue.monitorId) row.monitorId = issue.monitorId;
    await database.transaction(async (tx) => {
      if (!(await insertIssue(tx, row)) || row.status === "resolved") return;
      const noticed = { issueId: row.id, noticedAt: receivedAt };
      await enqueueNotifications(tx, [noticed]);
      await startEscalations(tx, [{ ...noticed, subject: "issue" }]);
    });
  }
  if (messages.length > 0) await sendDue(database);
}

/** `takeIssues` for the webhook, once the message is recorded. Never rejects; the tick makes up for failures. */
export async function noticeIssue(): Promise<void> {
  try {
    await takeIssues(db);
  } catch (cause) {
    log("error", "an issue may not be noticed before the next tick", { error: cause });
  }
}

function toColumns(issue: DescribedIssue, seenAt: Date) {
  return {
    id: issue.id,
    status: issue.status,
    callsCount: issue.callsCount ?? null,
    totalCalls: issue.totalCalls ?? null,
    evaluatedFrom: toDate(issue.evaluationStartAt),
    lastSeenAt: toDate(issue.lastSeenAt),
    acknowledgedBy: issue.acknowledgedBy ?? null,
    acknowledgedAt: toDate(issue.acknowledgedAt),
    resolvedBy: issue.resolvedBy ?? null,
    resolvedAt: toDate(issue.resolvedAt) ?? (issue.status === "resolved" ? seenAt : null),
    updatedAt: toDate(issue.updatedAt) ?? seenAt,
  };
}

const toDate = (text: string | null | undefined) => (text ? new Date(text) : null);

const mostCalls = 500;

const callIdsOf = ({ calls }: DescribedIssue) =>
  [...new Set(calls?.map(({ callId }) => callId) ?? [])].slice(0, mostCalls);

/** Stores Vapi's current description of an issue and queues notifications of a change. An older description changes nothing. */
async function keepDescription(database: Database, issue: DescribedIssue): Promise<void> {
  const columns = toColumns(issue, new Date());
  const callIds = callIdsOf(issue);
  await database.transaction(async (tx) => {
    const before = await updateIssue(tx, { ...columns, ...(callIds.length > 0 && { callIds }) });
    if (!before || before.status === columns.status) return;
    if (columns.status === "resolved") await enqueueUpdates(tx, [{ issueId: issue.id, event: "resolved" }]);
    if (columns.status === "acknowledged")
      await enqueueUpdates(tx, [{ issueId: issue.id, event: "acknowledged" }]);
  });
}

/** Updates the open issues from Vapi. Run by the tick. */
export async function followIssues(database: Database): Promise<void> {
  await takeIssues(database);
  if (!(await canAskVapi())) return;
  try {
    for (const id of await listIssuesToFollow(database)) {
      const issue = await getMonitoringIssue(id);
      if (issue) await keepDescription(database, issue);
    }
  } catch (cause) {
    if (!(cause instanceof VapiRequestError)) throw cause;
    log("warn", "issues could not be compared with Vapi", { error: cause });
  }
  await sendDue(database);
}

type IssueChanged =
  | { outcome: "done"; issue: Issue }
  | { outcome: "not-found" }
  /** `why`: who changed it first. */
  | { outcome: "conflict"; why: string };

/**
 * Acknowledges or resolves an issue, in Vapi first: if Vapi rejects the change, it is not made here either. Without an
 * API key, the issue is changed here only.
 * @throws VapiRequestError
 */
export async function changeIssue(
  database: Database,
  id: string,
  action: IssueAction,
  actorName: string,
  by: By,
): Promise<IssueChanged> {
  const known = await findIssue(database, id);
  if (!known) return { outcome: "not-found" };
  if (known.resolved) return { outcome: "conflict", why: `${known.resolved.by} resolved it.` };
  if (action === "acknowledge" && known.acknowledged)
    return { outcome: "conflict", why: `${known.acknowledged.by} acknowledged it.` };
  const changed = await describeChange(known, action, actorName);
  if (!changed) return { outcome: "not-found" };
  await keepDescription(database, changed);
  await recordAudit(database, {
    ...by,
    action: action === "resolve" ? "issue.resolved" : "issue.acknowledged",
    target: id,
  });
  const issue = await findIssue(database, id);
  return issue ? { outcome: "done", issue } : { outcome: "not-found" };
}

async function describeChange(
  known: Issue,
  action: IssueAction,
  name: string,
): Promise<DescribedIssue | null> {
  const isResolved = action === "resolve";
  if (await canAskVapi()) {
    return changeMonitoringIssue(
      known.id,
      isResolved
        ? { status: "resolved", resolvedBy: name }
        : { status: "acknowledged", acknowledgedBy: name },
    );
  }
  const now = new Date().toISOString();
  return {
    id: known.id,
    status: isResolved ? "resolved" : "acknowledged",
    callsCount: known.callsCount,
    totalCalls: known.totalCalls,
    evaluationStartAt: known.evaluatedFrom,
    lastSeenAt: known.lastSeenAt,
    acknowledgedBy: known.acknowledged?.by ?? name,
    acknowledgedAt: known.acknowledged?.at ?? now,
    ...(isResolved && { resolvedBy: name, resolvedAt: now }),
    updatedAt: now,
  };
}

import "server-only";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { Database } from "@/db/client";
import {
  dropReconciled,
  listDueCalls,
  type Reconciled,
  refreshReconciled,
  saveReconciled,
} from "@/db/queries/reconciliation/calls";
import { findForeignCalls, readEvidence } from "@/db/queries/reconciliation/evidence";
import {
  beginReconciliation,
  type Reconciliation,
  saveReconciliation,
} from "@/db/queries/reconciliation/state";
import { toVapiRequestError, VapiRequestError } from "@/lib/connect/server/vapi-api";
import { recordPastCall, toReportMessage } from "@/lib/imports/server/import";
import { log } from "@/lib/log";
import { decideDue, decideListed, type Evidence, type Step } from "@/lib/reconciliation/decide";
import { watchGaps } from "@/lib/reconciliation/server/gaps";
import { recordVapiCall } from "@/lib/tick/server/stale-calls";
import { nextPage, type PageBound } from "@/lib/vapi/list-calls";
import { canAskVapi, createVapiClient, getVapiCall, pauseAfter } from "@/lib/vapi/server/client";

export interface Limits {
  /** Maximum requests to Vapi per run. */
  requests: number;
  /** No request starts after this long. */
  budgetMs: number;
  pageSize: number;
}

/** A run starts every two minutes, so this is at most 15 requests a minute, and fits a serverless function. */
const usualLimits: Limits = { requests: 30, budgetMs: 20_000, pageSize: 50 };
/** Vapi's list may lag by some minutes. */
const overlapMs = 5 * 60_000;
/** Vapi ends calls after twelve hours at most. */
const longestCallMs = 13 * 3_600_000;
/** Calls that ended longer ago than this enter the archive and raise no alert. */
const recentMs = 3_600_000;

const before = (at: Date, ms: number) => new Date(at.getTime() - ms);

/** The requests and time left in a run. */
class Budget {
  #requests: number;
  readonly #until: number;

  constructor({ requests, budgetMs }: Limits) {
    this.#requests = requests;
    this.#until = Date.now() + budgetMs;
  }

  get isSpent(): boolean {
    return this.#requests <= 0 || Date.now() > this.#until;
  }

  /** @throws VapiRequestError if Vapi rejects the request or does not respond */
  async ask<T>(request: () => Promise<T>): Promise<T> {
    this.#requests -= 1;
    try {
      return await request();
    } catch (cause) {
      throw await toVapiRequestError(cause, await pauseAfter(cause));
    }
  }
}

/**
 * Compares Vapi's list of calls with the events received, and fetches missing calls and reports. Resumes where the
 * previous run stopped. Safe to repeat; a call only ends once Vapi has ended it.
 */
export async function reconcile(db: Database, now = new Date(), limits = usualLimits): Promise<void> {
  if (!(await canAskVapi())) return;
  const state = await beginReconciliation(db, now);
  if (state.retryAt && state.retryAt > now) return;
  let failure: string | null = null;
  let retryAt: Date | null = null;
  try {
    const budget = new Budget(limits);
    await listChanged(db, state, budget, limits.pageSize, now);
    await recheckDue(db, budget, now);
  } catch (cause) {
    if (!(cause instanceof VapiRequestError)) throw cause;
    log("warn", "received events could not be compared with Vapi", { error: cause });
    failure = cause.message;
    retryAt = cause.retryMs === null ? null : new Date(now.getTime() + cause.retryMs);
  }
  await refreshReconciled(db, now);
  await saveReconciliation(db, { checkedAt: now, failure, retryAt });
  await watchGaps(db, now);
}

/** Pages through the calls that changed in Vapi since the last run, newest first. */
async function listChanged(
  db: Database,
  state: Reconciliation,
  budget: Budget,
  pageSize: number,
  now: Date,
): Promise<void> {
  const windowUntil = state.windowUntil ?? now;
  const from = before(state.doneUntil, overlapMs);
  const oldest = new Date(Math.max(state.since.getTime(), from.getTime() - longestCallMs));
  let bound: PageBound | null = state.listedDownTo ? { createdAtLe: state.listedDownTo.toISOString() } : {};
  while (bound && !budget.isSpent) {
    const request: Vapi.ListCallsRequest = {
      limit: pageSize,
      updatedAtGe: from.toISOString(),
      createdAtGe: oldest.toISOString(),
      ...bound,
    };
    const page = await budget.ask(async () => (await createClient()).calls.list(request));
    await takePage(
      db,
      page.filter(({ createdAt }) => new Date(createdAt) >= state.since),
      now,
    );
    bound = nextPage(page, pageSize);
    const listedDownTo = new Date(page.at(-1)?.createdAt ?? now);
    await saveReconciliation(db, bound ? { windowUntil, listedDownTo } : done(windowUntil));
  }
}

const createClient = () => createVapiClient({ timeoutInSeconds: 15, maxRetries: 0 });

const done = (doneUntil: Date) => ({ doneUntil, windowUntil: null, listedDownTo: null });

const nothing: Evidence = {
  call: null,
  hasReport: false,
  isHeard: false,
  isReportHeard: false,
  isDeleted: false,
  isSettled: false,
};

async function takePage(db: Database, page: readonly Vapi.Call[], now: Date): Promise<void> {
  const evidence = await readEvidence(
    db,
    page.map(({ id }) => id),
  );
  const unknown = page.filter(({ id }) => !evidence.get(id)?.call);
  const foreign = await findForeignCalls(db, unknown.map(toOrigin));
  const found: Reconciled[] = [];
  for (const call of page) {
    if (foreign.has(call.id)) continue;
    const known = evidence.get(call.id) ?? nothing;
    const row = await takeStep(decideListed(call, known, now), call, known, now);
    if (row) found.push(row);
  }
  await saveReconciled(db, found, now);
}

const toOrigin = ({ id, assistantId, squadId, phoneNumberId }: Vapi.Call) => ({
  id,
  assistant: assistantId ?? null,
  squad: squadId ?? null,
  number: phoneNumberId ?? null,
});

/** Fills in a finished call if needed. Returns the row to store for the comparison, if any. */
async function takeStep(
  step: Step,
  call: Vapi.Call,
  evidence: Evidence,
  now: Date,
): Promise<Reconciled | null> {
  if (step.kind === "skip") return null;
  if (step.kind === "fill") await fill(call, evidence, now);
  const nextAt = step.kind === "wait" ? step.until : null;
  return toRow({ id: call.id, createdAt: new Date(call.createdAt) }, evidence, nextAt);
}

function toRow(
  { id, createdAt }: { id: string; createdAt: Date },
  { isHeard, isReportHeard }: Evidence,
  nextAt: Date | null,
): Reconciled {
  return { callId: id, createdAt, nextAt, isHeard, isReportHeard };
}

/** Uses the same handlers as the webhook, so better facts win and a late report still replaces the fetched one. */
async function fill(call: Vapi.Call, { call: known }: Evidence, now: Date): Promise<void> {
  if (new Date(call.endedAt ?? call.updatedAt) > before(now, recentMs)) return recordVapiCall(call, known);
  const reason = await recordPastCall({ message: toReportMessage(call) }, known?.conversationId ?? null);
  if (reason !== null) log("warn", "a call from Vapi's list was not saved", { callId: call.id, reason });
}

/** Rechecks calls that were in progress when last listed: in our own rows first, then by asking Vapi for each. */
async function recheckDue(db: Database, budget: Budget, now: Date): Promise<void> {
  const due = await listDueCalls(db, now, 500);
  const evidence = await readEvidence(
    db,
    due.map(({ id }) => id),
  );
  for (const each of due) {
    const known = evidence.get(each.id) ?? nothing;
    const step = decideDue(known, now);
    if (step.kind === "skip") await dropReconciled(db, [each.id]);
    else if (step.kind !== "ask") {
      await saveReconciled(db, [toRow(each, known, step.kind === "wait" ? step.until : null)], now);
    } else if (!budget.isSpent) await askForOne(db, each, known, budget, now);
  }
}

async function askForOne(
  db: Database,
  each: { id: string; createdAt: Date },
  known: Evidence,
  budget: Budget,
  now: Date,
): Promise<void> {
  const call = await budget.ask(() => getVapiCall(each.id));
  if (!call) return dropReconciled(db, [each.id]);
  const listed = { ...call, createdAt: call.createdAt ?? each.createdAt.toISOString() };
  const row = await takeStep(decideListed(listed, known, now), listed, known, now);
  if (row) await saveReconciled(db, [row], now);
}

import "server-only";
import { type Database, db } from "@/db/client";
import { readAlertFacts } from "@/db/queries/alerts/read";
import { toAlert } from "@/db/queries/alerts/rows";
import {
  type FoundAlert,
  lockAlerts,
  recordNoticed,
  recordOver,
  saveAlerts,
} from "@/db/queries/alerts/write";
import { startEscalations } from "@/db/queries/notifications/escalations";
import { enqueueNotifications, enqueueUpdates } from "@/db/queries/notifications/outbox";
import type { Delivery } from "@/db/queries/record/facts";
import {
  type FiringRow,
  findCallsForRules,
  insertFirings,
  listDueFirings,
  listFirings,
  type ReadCall,
  readCallRecords,
  setFiringEnd,
} from "@/db/queries/rules";
import type { CallRow } from "@/db/schema/calls";
import { type Alert, toAlertId } from "@/lib/alerts/alert";
import { closeWithCall } from "@/lib/alerts/server/derive";
import { announce } from "@/lib/alerts/server/notice";
import type { Recheck, Updated } from "@/lib/alerts/server/update";
import { staleAfterMs } from "@/lib/calls/call";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
import { partsOf } from "@/lib/rules/condition";
import { findFirings } from "@/lib/rules/evaluate";
import { toRuleFacts } from "@/lib/rules/facts";
import { isLiveAction, type StoredRule } from "@/lib/rules/rule";
import { addCallText, getRules, mayFireRules } from "@/lib/rules/server/in-force";
import type { TimeSpan } from "@/lib/rules/spans";
import { workApart } from "@/lib/tick/server/work-apart";

/**
 * Stores the rule firings of a recorded event, publishes and notifies them, and performs the rules' actions. Never
 * rejects: the tick or the end of the call repeats what fails here.
 */
export async function noticeRules(delivery: Delivery, call: CallRow): Promise<void> {
  try {
    if ((await getRules()).length === 0 || !mayFireRules(delivery, call)) return;
    const { announced } = await recheckTogether({ callId: call.id, now: call.lastEventAt });
    await announced;
  } catch (cause) {
    logRepeated("error", "a rule may not have fired", { callId: call.id, error: cause });
  }
}

const recheckTogether = createKeyedBatcher({
  work: async (rechecks: Recheck[]) => {
    const announced = announceFirings(await fireRules(db, rechecks));
    return rechecks.map(() => ({ announced }));
  },
  keyOf: ({ callId }) => callId,
  join: (waiting, later) => (later.now > waiting.now ? later : waiting),
});

async function announceFirings({ updated, due }: Fired): Promise<void> {
  await Promise.all([announce(updated), ...due.map((firing) => perform(db, firing, false))]);
}

/** Imported on first use, so the webhook's cold start does not load every rule action. */
async function perform(database: Database, firing: FiringRow, isLate: boolean): Promise<void> {
  const { performFiring } = await import("@/lib/rules/server/perform");
  await performFiring(database, firing, isLate);
}

export interface Fired {
  updated: Updated;
  /** Firings whose tags and live actions are to be performed now. */
  due: FiringRow[];
}

/** Older firings only enter the history, without notifications and actions. */
const freshMs = 10 * 60_000;
/** Limits a rule whose condition flickers: more firings in a call are of no use. */
const mostInCall = 50;

/**
 * Evaluates the rules for these calls and stores the firings. Safe to run concurrently and to repeat: calls are locked,
 * and each firing is inserted once.
 */
export async function fireRules(database: Database, rechecks: readonly Recheck[]): Promise<Fired> {
  const rules = await getRules();
  const moments = new Map(rechecks.map(({ callId, now }) => [callId, now]));
  const callIds = [...moments.keys()];
  return database.transaction(async (tx) => {
    await lockAlerts(tx, callIds);
    const [read, known] = [await readCallRecords(tx, callIds), await listFirings(tx, callIds)];
    for (const call of read) addCallText(call);
    const changes = read.flatMap((call) => {
      const firings = known.filter(({ callId }) => callId === call.row.id);
      return findChanges(rules, call, firings, moments.get(call.row.id) ?? call.row.lastEventAt);
    });
    for (const change of changes) {
      if (change.known) await setFiringEnd(tx, change.known.id, toDate(change.span.until));
    }
    const newIds = await insertFirings(tx, changes.filter(({ known }) => !known).map(toFiring));
    const fresh = changes.filter(({ id, known }) => !known && newIds.includes(id));
    const changed = await keepAlerts(
      tx,
      fresh,
      changes.filter(({ known }) => known !== null),
    );
    const isNews = fresh.length > 0 || changed.some(({ outcome }) => outcome !== "open");
    const due = fresh.map(toFiring).filter(({ isDue }) => isDue);
    // Rule alerts do not take part in incidents.
    return { updated: { changed, isNews, incidentIds: [] }, due };
  });
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

interface Change {
  id: string;
  rule: StoredRule;
  call: ReadCall;
  span: TimeSpan;
  /** The stored firing; null for a new one. */
  known: FiringRow | null;
}

function findChanges(
  rules: readonly StoredRule[],
  call: ReadCall,
  firings: readonly FiringRow[],
  now: Date,
): Change[] {
  // No later than the call is known to be alive: missing events are not silence.
  const until = Math.min(now.getTime(), call.row.lastEventAt.getTime() + staleAfterMs);
  const facts = toRuleFacts(call.record, until);
  return rules.flatMap((rule) => {
    const own = firings.filter(({ ruleId }) => ruleId === rule.id);
    const found = findFirings(rule, facts).filter(({ from }) => from >= Date.parse(rule.activeSince));
    return found.slice(0, mostInCall).flatMap((span) => {
      const known = own.find((firing) => overlaps(firing, span)) ?? null;
      if (known && known.until?.getTime() === (span.until ?? undefined)) return [];
      const since = new Date(span.from).toISOString();
      return [{ id: known?.id ?? toAlertId(call.row.id, since, rule.id), rule, call, span, known }];
    });
  });
}

/** Late events may move the start of a condition; a span that overlaps a stored firing is the same firing. */
function overlaps({ at, until }: FiringRow, span: TimeSpan): boolean {
  const end = span.until ?? Number.POSITIVE_INFINITY;
  return at.getTime() < end && span.from < (until?.getTime() ?? Number.POSITIVE_INFINITY);
}

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms));

function toFiring({ id, rule, call, span }: Change): FiringRow {
  const isFresh = Date.now() - span.from < freshMs;
  const isDue =
    isFresh && rule.do.some((action) => action.kind === "tag" || (isLiveAction(action) && rule.liveActions));
  return {
    id,
    ruleId: rule.id,
    callId: call.row.id,
    at: new Date(span.from),
    until: toDate(span.until),
    createdAt: new Date(),
    isDue,
  };
}

const raisesAlert = ({ do: actions }: StoredRule) =>
  actions.some(({ kind }) => kind === "alert" || kind === "notify");

/**
 * Stores the alerts of new firings and of those that ended, with their notifications. Returns the alerts in their current
 * state.
 */
async function keepAlerts(
  tx: Transaction,
  fresh: readonly Change[],
  over: readonly Change[],
): Promise<Alert[]> {
  const raised = [...fresh, ...over].filter(({ rule }) => raisesAlert(rule));
  if (raised.length === 0) return [];
  const found = raised.map(toFound).sort((a, b) => (a.id < b.id ? -1 : 1));
  const newIds = await saveAlerts(tx, found);
  for (const { id, rule, span } of fresh) {
    const outcome = found.find((alert) => alert.id === id)?.outcome;
    if (!newIds.includes(id) || outcome === "call-ended" || Date.now() - span.from > freshMs) continue;
    const noticedAt = new Date();
    await startEscalations(tx, [{ alertId: id, subject: `rule-${rule.severity}`, noticedAt }]);
    const channels = rule.do.flatMap((action) => (action.kind === "notify" ? [action.channelId] : []));
    if (channels.length === 0) continue;
    const only = channels.includes(null) ? null : channels.filter((channel) => channel !== null);
    await enqueueNotifications(tx, [{ alertId: id, noticedAt }], only);
  }
  const closed = found.filter(
    ({ id, outcome }) => outcome !== "open" && over.some((change) => change.id === id),
  );
  await recordOver(tx, closed);
  await enqueueUpdates(
    tx,
    closed.map(({ id }) => ({ alertId: id, event: "recovered" })),
  );
  const callIds = [...new Set(found.map(({ callId }) => callId))];
  const after = await readAlertFacts(tx, callIds);
  await recordNoticed(tx, newIds.length > 0 ? callIds : []);
  return after.flatMap(({ call, known }) =>
    known
      .filter(({ row }) => found.some(({ id }) => id === row.id))
      .map(({ row, log }) => toAlert(row, call, log)),
  );
}

function toFound({ id, rule, call, span, known }: Change): FoundAlert {
  const { row, record } = call;
  const from = known?.at ?? new Date(span.from);
  const isCallEnd =
    span.until !== null && record.heard.endedAt !== null && span.until >= Date.parse(record.heard.endedAt);
  const found: FoundAlert = {
    id,
    callId: row.id,
    kind: "rule",
    since: from,
    openedAt: from,
    hangs: 0,
    closedAt: toDate(span.until),
    outcome: span.until === null ? "open" : isCallEnd ? "call-ended" : "recovered",
    callVersion: row.version,
    assistant: row.assistantId ?? row.assistantName,
    rule: {
      id: rule.id,
      name: rule.name,
      severity: rule.severity,
      evidence: { at: new Date(span.sign.at).toISOString(), text: span.sign.text },
    },
  };
  return closeWithCall(found, { call: row, heard: record.heard }, new Date());
}

const atOnce = 50;

/** For the tick: evaluates calls in which time alone may fire a rule, and performs unfinished actions. */
export async function noticeDueRules(database: Database, now = new Date()): Promise<void> {
  const rules = await getRules();
  if (rules.length > 0) {
    const callIds = await findCallsForRules(database, toClockConditions(rules), now);
    await workApart(database, "rules", callIds, atOnce, async (some) => {
      await announceFirings(
        await fireRules(
          database,
          some.map((callId) => ({ callId, now })),
        ),
      );
    });
  }
  for (const { firing, isLate } of await listDueFirings(database)) await perform(database, firing, isLate);
}

function toClockConditions(rules: readonly StoredRule[]) {
  const parts = rules.flatMap(({ when }) => partsOf(when));
  const lengths = parts.flatMap((part) => (part.kind === "length" ? [part.seconds] : []));
  const silences = parts.flatMap((part) =>
    part.kind === "silence" || part.kind === "no-answer" ? [part.seconds] : [],
  );
  return {
    lengths: [...new Set(lengths)],
    shortestSilence: silences.length > 0 ? Math.min(...silences) : null,
  };
}

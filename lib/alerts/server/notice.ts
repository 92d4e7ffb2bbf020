import "server-only";
import { type Database, db } from "@/db/client";
import { findCallsToCheck, findUnchecked, recordChecked } from "@/db/queries/alerts/read";
import type { Delivery } from "@/db/queries/record/facts";
import type { CallRow } from "@/db/schema/calls";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import { getAlertRules, rememberedAlertRules } from "@/lib/alerts/server/derive";
import { type Recheck, type Updated, updateAlerts } from "@/lib/alerts/server/update";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
import { publishAlerts } from "@/lib/realtime/server/publish";
import { workApart } from "@/lib/tick/server/work-apart";

/** The facts of a delivery that belongs to a call. */
type StatedFacts = NonNullable<Delivery["facts"]>;

/**
 * Whether a delivery may have opened, changed or closed an alert. Decided from memory: almost no delivery has, so the
 * check must not cost a query. `row`: the call after the delivery.
 */
export function concernsAlerts(
  { event, facts, isLogged }: Delivery,
  row: CallRow,
  rules: AlertRules,
): boolean {
  if (!facts || !isLogged) return false;
  const hasHang = facts.marks?.some(({ kind }) => kind === "hang") ?? false;
  if (row.alertedAt !== null || row.hangAt !== null) return hasHang || mayEndOne(facts);
  const delivered = { hasHang, quietMs: quietMsBefore(facts, row, event.at) };
  return alertRules.some(({ mayOpen }) => mayOpen(delivered, rules));
}

/** Speech, transfers and the end of the call. */
function mayEndOne({ marks, lines, report, call }: StatedFacts): boolean {
  return [marks, lines].some((rows) => rows?.length) || report !== undefined || Boolean(call.endedAt);
}

/**
 * How long a call had been quiet before this delivery; 0 while someone was speaking. A stop or a final is about earlier speech.
 */
export function quietMsBefore({ call, lines }: StatedFacts, row: CallRow, at: Date): number {
  if (row.status !== "in-progress" || lines?.length || call.userStoppedAt || call.assistantStoppedAt)
    return 0;
  if (!call.userStartedAt && isAfter(row.userStartedAt, row.userStoppedAt)) return 0;
  if (!call.assistantStartedAt && isAfter(row.assistantStartedAt, row.assistantStoppedAt)) return 0;
  const heard = [
    row.startedAt,
    row.userStartedAt,
    row.userStoppedAt,
    row.userFinalAt,
    row.assistantStartedAt,
    row.assistantStoppedAt,
    row.assistantSpokeAt,
  ];
  const before = heard.flatMap((moment) => (moment && moment < at ? moment.getTime() : []));
  return before.length > 0 ? at.getTime() - Math.max(...before) : 0;
}

/** Null comes before everything. */
function isAfter(a: Date | null, b: Date | null): boolean {
  return Number(a) > Number(b);
}

/** `concernsAlerts` with the rules in memory; true if they must be read first. */
export function mayConcernAlerts(delivery: Delivery, call: CallRow): boolean {
  const rules = rememberedAlertRules();
  return !rules || concernsAlerts(delivery, call, rules);
}

/**
 * Stores what a recorded delivery changes about its call's alerts, publishes it, and sends its notifications. Never rejects:
 * the tick repeats what fails here.
 */
export async function noticeAlerts(delivery: Delivery, call: CallRow): Promise<void> {
  try {
    if (!concernsAlerts(delivery, call, await getAlertRules())) return;
    // As of the call's last event: late or replayed deliveries must not look like silence.
    const { announced } = await recheckTogether({ callId: call.id, now: call.lastEventAt });
    await announced;
  } catch (cause) {
    logRepeated("error", "an alert may not be noticed before the next tick", {
      callId: call.id,
      error: cause,
    });
  }
}

/**
 * Derives a call's alerts together with those of other waiting calls: when all calls hang at once, each event asks for
 * it, and one pass covers all events before it. `announced` settles once everything is published; the next pass does
 * not wait for that.
 */
const recheckTogether = createKeyedBatcher({
  work: async (rechecks: Recheck[]) => {
    const announced = announce(await updateAlerts(db, rechecks));
    return rechecks.map(() => ({ announced }));
  },
  keyOf: ({ callId }) => callId,
  join: (waiting, later) => (later.now > waiting.now ? later : waiting),
});

/** Publishes changed alerts and incidents, and sends the notifications that are due. */
export async function announce({ changed, isNews, incidentIds }: Updated): Promise<void> {
  await Promise.all([publishAlerts(changed), (isNews || incidentIds.length > 0) && notify(incidentIds)]);
}

/** Imported on first use, so the webhook's cold start does not load every channel. */
async function notify(incidentIds: readonly string[]): Promise<void> {
  if (incidentIds.length === 0) {
    const { sendDue } = await import("@/lib/notifications/server/send-due");
    return sendDue(db);
  }
  const { announceIncidents } = await import("@/lib/incidents/server/notice");
  return announceIncidents(incidentIds);
}

/** Calls read at a time, with about a hundred marks each. */
const atOnce = 100;

const uncheckedAtOnce = 1_000;

/**
 * Checks every call that may have an alert: silence opens one without an event, and a process may have died before
 * storing one.
 */
export async function noticeOpenAlerts(db: Database, now = new Date()): Promise<void> {
  const ongoing = await findCallsToCheck(db, await getAlertRules(), now);
  await workApart(db, "alerts", ongoing, atOnce, (some) =>
    updateAlerts(
      db,
      some.map((callId) => ({ callId, now })),
    ).then(announce),
  );
  for (;;) {
    // Read first, so the version marked as judged is never newer than the one that was judged.
    const unchecked = await findUnchecked(db, uncheckedAtOnce);
    const able = new Map(unchecked.flatMap((call) => (call.mayHaveAlerts ? [[call.id, call]] : [])));
    await recordChecked(
      db,
      unchecked.filter(({ id }) => !able.has(id)),
    );
    await workApart(db, "alerts", [...able.keys()], atOnce, async (some) => {
      // As of the call's last event, as the process that received it would have done.
      const updated = await updateAlerts(
        db,
        some.map((callId) => ({ callId })),
      );
      await announce(updated);
      await recordChecked(
        db,
        some.flatMap((callId) => able.get(callId) ?? []),
      );
    });
    if (unchecked.length < uncheckedAtOnce) return;
  }
}

import "server-only";
import { type Database, db as ownDatabase } from "@/db/client";
import { type AlertFacts, findCallsToCheck, readAlertFacts } from "@/db/queries/alerts/read";
import { toAlert } from "@/db/queries/alerts/rows";
import type { FoundAlert } from "@/db/queries/alerts/write";
import { readSetting } from "@/db/queries/settings";
import type { AlertRow } from "@/db/schema/alerts";
import type { CallRow } from "@/db/schema/calls";
import { untouchedAlert } from "@/lib/alerts/actions";
import { type Alert, type Episode, isOngoing } from "@/lib/alerts/alert";
import { findEpisodes, matchEpisodes } from "@/lib/alerts/episodes";
import { type AlertRules, alertRules, alertRulesSetting } from "@/lib/alerts/rules";
import { staleAfterMs } from "@/lib/calls/call";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";

const rulesInForce = remembered({
  load: () => readSetting(ownDatabase, alertRulesSetting),
  freshMs: 5_000,
  fallback: () => alertRulesSetting.initial,
  onFailure: (cause) => logRepeated("warn", "the alert rules could not be read", { error: cause }),
});

/**
 * The alert rules, at most a few seconds old. While the database does not answer, the last known ones. Not for use in a
 * transaction, which would hold one connection while it waits for another.
 */
export function getAlertRules(): Promise<AlertRules> {
  return rulesInForce.get();
}

/** Returns the remembered rules without waiting; null if they must be read first. */
export function rememberedAlertRules(): AlertRules | null {
  return rulesInForce.peek();
}

/** Drops the remembered rules. Call after a change. */
export function forgetAlertRules(): void {
  rulesInForce.forget();
}

/**
 * Derives a call's alerts from its speech at `now`. A stored alert that late events refute (a word filled its silence,
 * two episodes were one) is withdrawn, unless someone has acted on it. One that is missing only because the rules
 * changed closes at the moment it opened.
 */
export function deriveAlerts(facts: AlertFacts, rules: AlertRules, now: Date): FoundAlert[] {
  const known = facts.known.filter(({ row }) => row.kind !== "rule");
  const fired = facts.known.filter(({ row }) => row.kind === "rule").map(({ row }) => row);
  return [
    ...deriveEpisodes({ ...facts, known }, rules, now),
    ...fired.map((row) => closeWithCall(toFound(row), facts, now)),
  ];
}

/** How long a rule's alert stays open after its call: some rules fire only at the end. */
const afterCallMs = 15 * 60_000;

/** Closes a rule's alert once its call has been over for `afterCallMs`. Its condition may close it earlier. */
export function closeWithCall(
  found: FoundAlert,
  { call, heard }: Pick<AlertFacts, "call" | "heard">,
  now: Date,
): FoundAlert {
  if (found.closedAt !== null || heard.endedAt === null) return found;
  const closedAt = new Date(Math.max(Date.parse(heard.endedAt), found.openedAt.getTime()));
  if (now.getTime() < closedAt.getTime() + afterCallMs) return found;
  return { ...found, closedAt, outcome: "call-ended", callVersion: call.version };
}

function deriveEpisodes({ call, heard, known }: AlertFacts, rules: AlertRules, now: Date): FoundAlert[] {
  const assistant = call.assistantId ?? call.assistantName;
  const about = { callId: call.id, callVersion: call.version, assistant, rule: null };
  const noticed = known.map(({ row }) => ({ id: row.id, sinceMs: row.since.getTime() }));
  const until = asOf(call, known, now);
  const episodes = findEpisodes(heard, rules, until);
  const matched = matchEpisodes(call.id, episodes, noticed);
  const ids = new Set(matched.map(({ id }) => id));
  const unmatched = known.filter(({ row }) => !ids.has(row.id)).map(({ row }) => row);
  const isRefuted = (row: AlertRow) =>
    row.actsVersion === 0 &&
    (row.closedAt ?? row.openedAt).getTime() <= until &&
    (episodes.some((episode) => overlaps(row, episode)) ||
      !findEpisodes(heard, rulesOf(row, rules), until).some((episode) => overlaps(row, episode)));
  return [
    ...matched.map(({ id, episode }) => ({ id, ...about, ...toColumns(episode) })),
    ...unmatched.flatMap((row) => {
      const outcome = isRefuted(row) ? "withdrawn" : heard.endedAt === null ? "recovered" : "call-ended";
      if (row.closedAt !== null && outcome !== "withdrawn") return [];
      return [{ ...toFound(row), ...about, closedAt: row.openedAt, outcome } satisfies FoundAlert];
    }),
  ];
}

/**
 * Returns the thresholds an alert was stored under, as far as they show: its own is the length of the silence when it
 * opened. Other kinds use today's thresholds; a hang has none.
 */
function rulesOf({ kind, since, openedAt }: AlertRow, rules: AlertRules): AlertRules {
  const setting = alertRules.find((rule) => rule.kind === kind)?.setting;
  if (!setting) return rules;
  return { ...rules, [setting.name]: (openedAt.getTime() - since.getTime()) / 1000 };
}

/** An open alert has lasted at least until it opened; anything later may be another episode. */
function overlaps({ since, openedAt, closedAt }: AlertRow, episode: Episode): boolean {
  const isBegun = episode.closedAt === null || since.getTime() < Date.parse(episode.closedAt);
  return isBegun && Date.parse(episode.since) < (closedAt ?? openedAt).getTime();
}

/**
 * Returns the moment up to which silence counts: no later than the call is known to be alive, but never before a stored
 * open alert, or a late event would withdraw it.
 */
function asOf(call: CallRow, known: AlertFacts["known"], now: Date): number {
  const open = known.filter(({ row }) => row.closedAt === null).map(({ row }) => row.openedAt.getTime());
  return Math.max(Math.min(now.getTime(), call.lastEventAt.getTime() + staleAfterMs), ...open);
}

/** Whether a stored row already equals the derived alert. */
export function isUnchanged(row: AlertRow | undefined, found: FoundAlert): boolean {
  return (
    row !== undefined &&
    row.kind === found.kind &&
    row.since.getTime() === found.since.getTime() &&
    row.openedAt.getTime() === found.openedAt.getTime() &&
    row.hangs === found.hangs &&
    row.closedAt?.getTime() === found.closedAt?.getTime() &&
    row.outcome === found.outcome &&
    row.assistant === found.assistant
  );
}

function toColumns({ kind, since, openedAt, hangs, closedAt, outcome }: Episode) {
  return {
    kind,
    since: new Date(since),
    openedAt: new Date(openedAt),
    hangs,
    closedAt: closedAt === null ? null : new Date(closedAt),
    outcome,
  };
}

function toFound({
  id,
  callId,
  kind,
  since,
  openedAt,
  hangs,
  closedAt,
  outcome,
  callVersion,
  assistant,
  rule,
}: AlertRow): FoundAlert {
  return { id, callId, kind, since, openedAt, hangs, closedAt, outcome, callVersion, assistant, rule };
}

/** Open alerts at `now`: those whose cause continues, without resolved ones. */
export async function listOpenAlerts(db: Database, now: Date, callId?: string): Promise<Alert[]> {
  return (await listOngoingAlerts(db, now, callId)).filter(isOngoing);
}

/**
 * Alerts whose cause continues at `now`, resolved or not, longest first. Derived on each read, so correct whatever is
 * stored.
 * @param callId only this call
 */
export async function listOngoingAlerts(db: Database, now: Date, callId?: string): Promise<Alert[]> {
  const rules = await getAlertRules();
  const facts = await readAlertFacts(
    db,
    callId === undefined ? await findCallsToCheck(db, rules, now) : [callId],
  );
  const found = facts.flatMap((each) =>
    deriveAlerts(each, rules, now).map((alert) => {
      const known = each.known.find(({ row }) => row.id === alert.id);
      return toAlert({ ...(known?.row ?? untouchedAlert), ...alert }, each.call, known?.log ?? []);
    }),
  );
  return found.filter(({ outcome }) => outcome === "open").sort((a, b) => (a.since < b.since ? -1 : 1));
}

import "server-only";
import type { AlertFacts } from "@/db/queries/alerts/read-alert-facts";
import type { FoundAlert } from "@/db/queries/alerts/save-alerts";
import type { AlertRow } from "@/db/schema/alerts";
import type { CallRow } from "@/db/schema/calls";
import type { AlertRules } from "@/lib/alerts/alert-rules";
import type { Episode } from "@/lib/alerts/episode";
import { findEpisodes } from "@/lib/alerts/find-episodes";
import { matchEpisodes } from "@/lib/alerts/match-episodes";
import { staleAfterMs } from "@/lib/calls/stale-after-ms";

/**
 * A call's alerts as they follow from all that was heard, at `now`. One that was noticed and is no episode after all (a late
 * word filled its silence, or the rules have changed) is closed where it opened.
 */
export function judgeCall({ call, heard, known }: AlertFacts, rules: AlertRules, now: Date): FoundAlert[] {
  const about = { callId: call.id, callVersion: call.version };
  const noticed = known.map(({ row }) => ({ id: row.id, sinceMs: row.since.getTime() }));
  const matched = matchEpisodes(call.id, findEpisodes(heard, rules, asOf(call, known, now)), noticed);
  const ids = new Set(matched.map(({ id }) => id));
  const refuted = known.filter(({ row }) => row.closedAt === null && !ids.has(row.id));
  return [
    ...matched.map(({ id, episode }) => ({ id, ...about, ...toColumns(episode) })),
    ...refuted.map(({ row }) => ({
      ...toFound(row),
      ...about,
      closedAt: row.openedAt,
      outcome: heard.endedAt === null ? ("recovered" as const) : ("call-ended" as const),
    })),
  ];
}

/**
 * Until when silence can be judged: not beyond the time a call is known to be alive, but never before an alert that was
 * noticed, or an event that comes late would take it back.
 */
function asOf(call: CallRow, known: AlertFacts["known"], now: Date): number {
  const open = known.filter(({ row }) => row.closedAt === null).map(({ row }) => row.openedAt.getTime());
  return Math.max(Math.min(now.getTime(), call.lastEventAt.getTime() + staleAfterMs), ...open);
}

/** Whether a row says already what was found. */
export function isSaid(row: AlertRow | undefined, found: FoundAlert): boolean {
  return (
    row !== undefined &&
    row.kind === found.kind &&
    row.since.getTime() === found.since.getTime() &&
    row.openedAt.getTime() === found.openedAt.getTime() &&
    row.hangs === found.hangs &&
    row.closedAt?.getTime() === found.closedAt?.getTime() &&
    row.outcome === found.outcome
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
}: AlertRow): FoundAlert {
  return { id, callId, kind, since, openedAt, hangs, closedAt, outcome, callVersion };
}

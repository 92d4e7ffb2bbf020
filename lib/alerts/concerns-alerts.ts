import "server-only";
import type { Delivery, Facts } from "@/db/facts";
import type { CallRow } from "@/db/schema/calls";
import type { AlertRules } from "@/lib/alerts/alert-rules";

/**
 * Whether what a delivery told may have opened, counted up or closed an alert; by what is in memory already, for nearly all
 * deliveries have not, and must cost no question to the database. `row`: the call after it.
 */
export function concernsAlerts(
  { event, facts, isLogged }: Delivery,
  row: CallRow,
  rules: AlertRules,
): boolean {
  if (!facts || !isLogged) return false;
  if (facts.marks?.some(({ kind }) => kind === "hang")) return true;
  if (row.alertedAt !== null || row.hangAt !== null) return mayEndOne(facts);
  return outlasted(rules, quietMsBefore(facts, row, event.at));
}

/** Voices, transfers and the end of the call. */
function mayEndOne({ marks, lines, report, call }: Facts): boolean {
  return [marks, lines].some((rows) => rows?.length) || report !== undefined || Boolean(call?.endedAt);
}

function outlasted({ noAnswerSeconds, silenceSeconds }: AlertRules, ms: number): boolean {
  return [noAnswerSeconds, silenceSeconds].some((seconds) => seconds !== null && ms >= seconds * 1000);
}

/** How long it had been quiet on a call when this came; 0 while somebody spoke. A stop and a final tell of speech before. */
function quietMsBefore({ call, lines }: Facts, row: CallRow, at: Date): number {
  if (row.status !== "in-progress" || lines?.length || call?.userStoppedAt || call?.assistantStoppedAt)
    return 0;
  if (!call?.userStartedAt && isAfter(row.userStartedAt, row.userStoppedAt)) return 0;
  if (!call?.assistantStartedAt && isAfter(row.assistantStartedAt, row.assistantStoppedAt)) return 0;
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

function isAfter(a: Date | null, b: Date | null): boolean {
  return a !== null && (b === null || a > b);
}

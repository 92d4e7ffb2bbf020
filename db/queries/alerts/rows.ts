import { noSigns, toCall } from "@/db/queries/calls/rows";
import type { AlertRow, alertActs } from "@/db/schema/alerts";
import type { CallRow } from "@/db/schema/calls";
import type { ActionsState, Alert, AlertAction, AlertActor } from "@/lib/alerts/alert";

type ActionRow = Omit<typeof alertActs.$inferSelect, "alertId">;
type Acted = Pick<
  AlertRow,
  | "actsVersion"
  | "acknowledgedBy"
  | "acknowledgedAt"
  | "assignee"
  | "snoozedUntil"
  | "resolvedBy"
  | "resolvedAt"
>;

/** The actions on an alert or incident, oldest first, in the shape used outside `db/`. */
export function toActions(rows: readonly ActionRow[]): AlertAction[] {
  return rows
    .toSorted((a, b) => a.id - b.id)
    .map(({ kind, by, at, text, assignee }) => ({ kind, by, at: at.toISOString(), text, assignee }));
}

/** An alert in the shape used outside `db/`. */
export function toAlert(row: AlertRow, call: CallRow, log: AlertAction[]): Alert {
  const { id, callId, callVersion, rule } = row;
  return {
    id,
    callId,
    callVersion,
    rule,
    ...toEpisode(row),
    call: summarize(call),
    acts: toActionsState(row, log),
  };
}

/** The episode as of the row's call version. */
function toEpisode({ kind, since, openedAt, hangs, closedAt, outcome }: AlertRow) {
  return {
    kind,
    since: since.toISOString(),
    openedAt: openedAt.toISOString(),
    hangs,
    closedAt: closedAt?.toISOString() ?? null,
    outcome,
  };
}

function summarize(row: CallRow): Alert["call"] {
  const { customerName, customerNumber, direction, assistantId, assistantName, endedReason } = toCall(
    row,
    noSigns,
  );
  return { customerName, customerNumber, direction, assistantId, assistantName, endedReason };
}

export function toActionsState(row: Acted, log: AlertAction[]): ActionsState {
  return {
    version: row.actsVersion,
    acknowledged: toDone(row.acknowledgedBy, row.acknowledgedAt),
    assignee: row.assignee,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    resolved: toDone(row.resolvedBy, row.resolvedAt),
    log,
  };
}

function toDone(by: AlertActor | null, at: Date | null): ActionsState["acknowledged"] {
  return by && at && { by, at: at.toISOString() };
}

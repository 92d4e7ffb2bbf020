import "server-only";
import type { Database } from "@/db/client";
import { lockAlerts } from "@/db/queries/alerts/lock-alerts";
import { type AlertFacts, readAlertFacts } from "@/db/queries/alerts/read-alert-facts";
import { type FoundAlert, saveAlerts } from "@/db/queries/alerts/save-alerts";
import { enqueueNotifications } from "@/db/queries/notifications/enqueue-notifications";
import { toAlert } from "@/db/to-alert";
import type { Alert } from "@/lib/alerts/alert";
import { getAlertRules } from "@/lib/alerts/get-alert-rules";
import { isSaid, judgeCall } from "@/lib/alerts/judge-call";
import type { Look } from "@/lib/alerts/look";
import { untouchedAlert } from "@/lib/alerts/untouched-alert";

export interface Updated {
  /** Every alert that now says something else than before. */
  changed: Alert[];
  /** Whether any was new, so that somebody may have to be told. */
  isAnyNew: boolean;
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

interface Change {
  found: FoundAlert;
  facts: AlertFacts;
  now: Date;
}

const nothing: Updated = { changed: [], isAnyNew: false };

/**
 * Looks at calls anew: keeps what has become of their alerts, and with a new one that is still open, whom to tell of it.
 * Safe to run at once with any number of others, and to repeat: whoever looks at a call waits for others who do, and then
 * sees what they have noticed, or the same episode would be noticed twice.
 */
export async function updateAlerts(db: Database, looks: readonly Look[]): Promise<Updated> {
  if (looks.length === 0) return nothing;
  const rules = await getAlertRules(db);
  const moments = new Map(looks.map(({ callId, now }) => [callId, now]));
  const callIds = [...moments.keys()];
  return db.transaction(async (tx) => {
    await lockAlerts(tx, callIds);
    const facts = await readAlertFacts(tx, callIds);
    const changes = facts.flatMap((each) => {
      const now = moments.get(each.call.id) ?? each.call.lastEventAt;
      return judgeCall(each, rules, now)
        .filter((found) => !isSaid(each.known.find(({ row }) => row.id === found.id)?.row, found))
        .map((found) => ({ found, facts: each, now }));
    });
    if (changes.length === 0) return nothing;
    const newIds = await keep(tx, changes);
    return { changed: changes.map(toChanged), isAnyNew: newIds.length > 0 };
  });
}

async function keep(tx: Transaction, changes: readonly Change[]): Promise<string[]> {
  // In one order, so that two who keep the same alerts wait for each other and not in a circle.
  const found = changes.map((change) => change.found).sort((a, b) => (a.id < b.id ? -1 : 1));
  const newIds = await saveAlerts(tx, found);
  const open = changes.filter(({ found: { id, outcome } }) => outcome === "open" && newIds.includes(id));
  await enqueueNotifications(
    tx,
    open.map((change) => ({ alertId: change.found.id, noticedAt: change.now })),
  );
  return newIds;
}

function toChanged({ found, facts: { call, known } }: Change): Alert {
  const before = known.find(({ row }) => row.id === found.id);
  return toAlert({ ...(before?.row ?? untouchedAlert), ...found }, call, before?.log ?? []);
}

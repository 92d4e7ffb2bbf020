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
}

/**
 * Looks at calls anew: keeps what has become of their alerts, and with a new one that is still open, whom to tell of it.
 * Safe to run at once with any number of others, and to repeat: whoever looks at a call waits for others who do, and then
 * sees what they have noticed, or the same episode would be noticed twice.
 */
export async function updateAlerts(
  db: Database,
  callIds: readonly string[],
  now = new Date(),
): Promise<Updated> {
  if (callIds.length === 0) return { changed: [], isAnyNew: false };
  const rules = await getAlertRules(db);
  return db.transaction(async (tx) => {
    await lockAlerts(tx, callIds);
    const facts = await readAlertFacts(tx, callIds);
    const changes = facts.flatMap((each) =>
      judgeCall(each, rules, now)
        .filter((found) => !isSaid(each.known.find(({ row }) => row.id === found.id)?.row, found))
        .map((found) => ({ found, facts: each })),
    );
    if (changes.length === 0) return { changed: [], isAnyNew: false };
    const newIds = await keep(tx, changes, now);
    return { changed: changes.map(toChanged), isAnyNew: newIds.length > 0 };
  });
}

async function keep(tx: Transaction, changes: readonly Change[], now: Date): Promise<string[]> {
  // In one order, so that two who keep the same alerts wait for each other and not in a circle.
  const found = changes.map((change) => change.found).sort((a, b) => (a.id < b.id ? -1 : 1));
  const newIds = await saveAlerts(tx, found);
  const open = found.filter(({ id, outcome }) => outcome === "open" && newIds.includes(id));
  await enqueueNotifications(
    tx,
    open.map(({ id }) => id),
    now,
  );
  return newIds;
}

function toChanged({ found, facts: { call, known } }: Change): Alert {
  const before = known.find(({ row }) => row.id === found.id);
  return toAlert({ ...(before?.row ?? untouchedAlert), ...found }, call, before?.log ?? []);
}

import "server-only";
import type { Database } from "@/db/client";
import { type ConnectionRow, deleteConnection, listConnections, saveConnection } from "@/db/queries/connect";
import { enqueueDriftWarning } from "@/db/queries/notifications/warnings";
import { readSetting, writeSetting } from "@/db/queries/settings";
import { type Drift, lastCheckSetting } from "@/lib/connect/connection";
import { readNeeds, type SharedNeeds } from "@/lib/connect/server/read-needs";
import { faultsOf, nameOf, type Surveyed, surveyVapi } from "@/lib/connect/server/survey";
import { VapiRequestError } from "@/lib/connect/server/vapi-api";
import { log } from "@/lib/log";
import { canAskVapi } from "@/lib/vapi/server/client";

const hourMs = 60 * 60_000;

/** Compares connected resources once an hour, on whichever instance gets there first. */
export async function checkConnectionsHourly(db: Database, now = new Date()): Promise<void> {
  const { checkedAt } = await readSetting(db, lastCheckSetting);
  if (checkedAt !== null && now.getTime() - Date.parse(checkedAt) < hourMs) return;
  await checkConnections(db, now);
}

/**
 * Compares connected resources with Vapi, stores the differences and warns of new ones. If Vapi does not answer, the stored
 * state stays.
 */
export async function checkConnections(db: Database, now = new Date()): Promise<void> {
  const connections = await listConnections(db);
  if (connections.length === 0 || !(await canAskVapi())) return;
  let failure: string | null = null;
  try {
    const [surveyed, { needs }] = await Promise.all([surveyVapi(), readNeeds(db)]);
    const fresh = await Promise.all(connections.map((row) => check(db, row, surveyed, needs, now)));
    const key = fresh.flat().sort().join();
    if (key) await enqueueDriftWarning(db, key, now);
  } catch (cause) {
    if (!(cause instanceof VapiRequestError)) throw cause;
    log("warn", "connected assistants could not be compared with Vapi", { error: cause });
    failure = cause.message;
  }
  await writeSetting(db, lastCheckSetting, { checkedAt: now.toISOString(), failure });
}

/** Updates one resource's drifts and returns those that are new since the last comparison. */
async function check(
  db: Database,
  row: ConnectionRow,
  surveyed: readonly Surveyed[],
  needs: SharedNeeds,
  now: Date,
): Promise<string[]> {
  const { kind, resourceId, accepted } = row;
  const found = surveyed.find((each) => each.kind === kind && each.id === resourceId);
  if (!found) {
    await deleteConnection(db, kind, resourceId);
    return [];
  }
  const drifts = faultsOf(found, needs)
    .filter((fault) => !fault.isNote && !accepted.includes(fault.kind))
    .map(
      (fault): Drift => ({
        kind: fault.kind,
        clause: fault.clause,
        since: row.drifts.find(({ kind }) => kind === fault.kind)?.since ?? changedAt(found, row, now),
      }),
    );
  await saveConnection(db, { kind, resourceId, name: nameOf(found), accepted, drifts });
  return drifts
    .filter((drift) => !row.drifts.some((known) => known.kind === drift.kind))
    .map((drift) => `${kind} ${resourceId} ${drift.kind} ${drift.since}`);
}

/** Returns Vapi's time of the last update if it lies after the last comparison, else `now`. */
function changedAt({ document }: Surveyed, { checkedAt }: ConnectionRow, now: Date): string {
  const stamp = typeof document.updatedAt === "string" ? Date.parse(document.updatedAt) : Number.NaN;
  const isBetween = stamp > checkedAt.getTime() && stamp <= now.getTime();
  return new Date(isBetween ? stamp : now).toISOString();
}

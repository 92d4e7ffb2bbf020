import "server-only";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { listRecentAssistants, readOwnNumber, writeOwnNumber } from "@/db/queries/control";
import { listEntries } from "@/db/queries/directory";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import type { Actor } from "@/lib/auth/roles";
import {
  type ControlSettings,
  type ControlState,
  controlSetting,
  type SupervisedCalls,
} from "@/lib/control/control";
import { superviseCall, superviseCalls, toSupervision } from "@/lib/control/server/monitor";
import { isOpen, writeHours } from "@/lib/directory/directory";

/** Returns the state that the controls of a call's page need; null if there is no such call. */
export async function readControlState(callId: string, actor: Actor): Promise<ControlState | null> {
  const [call, entries, me, assistants, settings] = await Promise.all([
    superviseCall(callId),
    listEntries(db),
    actor.kind === "person" ? readOwnNumber(db, actor.id) : null,
    listRecentAssistants(db),
    readSetting(db, controlSetting),
  ]);
  if (!call) return null;
  const now = new Date();
  const directory = entries.map(({ id, team, address, hours }) => ({
    id,
    team,
    address,
    isOpen: hours === null || isOpen(hours, now),
    hours: hours && writeHours(hours),
  }));
  const supervision = toSupervision(call, settings.listening);
  return { supervision, targets: { directory, me, assistants }, settings };
}

/** Returns whether calls can be controlled and listened to, without those that do not exist. */
export async function readSupervision(callIds: readonly string[]): Promise<SupervisedCalls> {
  const [supervised, { listening }] = await Promise.all([
    superviseCalls(callIds),
    readSetting(db, controlSetting),
  ]);
  const calls = Array.from(supervised, ([callId, call]) => ({
    callId,
    supervision: toSupervision(call, listening),
  }));
  return { calls };
}

/** Stores the supervision settings; false if `alertTransferTo` is not in the directory. */
export async function setControlSettings(settings: ControlSettings, by: By): Promise<boolean> {
  const { alertTransferTo, listening, listenersPerCall, phrases } = settings;
  return db.transaction(async (tx) => {
    const entries = await listEntries(tx);
    if (alertTransferTo !== null && !entries.some(({ id }) => id === alertTransferTo)) return false;
    await writeSetting(tx, controlSetting, settings);
    const detail = {
      listening: listening ? "on" : "off",
      listenersPerCall: String(listenersPerCall),
      phrases: String(phrases.length),
    };
    await recordAudit(tx, { ...by, action: "control-settings.changed", detail });
    return true;
  });
}

/** Sets a person's own number. The audit log omits the number, because entries are never deleted. */
export async function setOwnNumber(userId: string, number: string | null, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeOwnNumber(tx, userId, number);
    const detail = { number: number === null ? "removed" : "set" };
    await recordAudit(tx, { ...by, action: "own-number.changed", detail });
  });
}

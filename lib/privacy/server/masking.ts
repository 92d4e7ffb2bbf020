import "server-only";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { log } from "@/lib/log";
import { type Masking, maskingSetting } from "@/lib/privacy/mask-sensitive";
import { remembered } from "@/lib/remembered";
import { type SensitiveKind, sensitiveLabels } from "@/lib/rules/sensitive-data";

/** As long as an event may wait to be recorded. */
const longestWaitMs = 8_000;

const kindsInForce = remembered<readonly SensitiveKind[], null>({
  load: async () => (await readSetting(db, maskingSetting)).kinds,
  freshMs: 5_000,
  usableMs: 30_000,
  timeoutMs: longestWaitMs,
  maxWaitMs: 1_500,
  noWaitMs: 5_000,
  fallback: () => null,
  onFailure: (cause) => log("warn", "masking settings could not be read", { error: cause }),
});

/** Returns the masked kinds if this process has a fresh value, without waiting. */
export function peekMaskedKinds(): readonly SensitiveKind[] | null {
  return kindsInForce.peek();
}

/**
 * Returns the kinds to mask before anything is stored; the last known ones if they cannot be read.
 * @throws if this process has never read them, because nothing may be stored before that
 */
export async function readMaskedKinds(): Promise<readonly SensitiveKind[]> {
  const kinds = await (kindsInForce.isKnown() ? kindsInForce.get() : kindsInForce.get(longestWaitMs));
  if (kinds === null) throw new Error("The masking settings could not be read.");
  return kinds;
}

/** Sets the kinds to mask from now on. Other processes follow within seconds; stored data stays as it is. */
export async function setMasking({ kinds }: Masking, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    const was = await readSetting(tx, maskingSetting);
    await writeSetting(tx, maskingSetting, { kinds });
    const detail = { from: inWords(was.kinds), to: inWords(kinds) };
    await recordAudit(tx, { ...by, action: "masking.changed", detail });
  });
  kindsInForce.keep(kinds);
}

function inWords(kinds: readonly SensitiveKind[]): string {
  return kinds.map((kind) => sensitiveLabels[kind]).join(", ") || "nothing";
}

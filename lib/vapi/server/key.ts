import "server-only";
import { type Database, db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { env } from "@/lib/env";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";
import { isReadable, openSecret, sealSecret } from "@/lib/secrets";
import { type KeyState, vapiKeySetting } from "@/lib/vapi/key";

/** Binds the sealed key to this setting, so that it opens for no other. */
const owner = "vapi-key";
const hintOf = (key: string) => key.slice(-4);

const saved = remembered<string | null, null>({
  load: async () => {
    const { sealed } = await readSetting(db, vapiKeySetting);
    return sealed && openSecret(sealed, owner);
  },
  freshMs: 5_000,
  usableMs: 60_000,
  timeoutMs: 5_000,
  fallback: () => null,
  onFailure: (cause) => logRepeated("warn", "the saved API key of Vapi could not be read", { error: cause }),
});

/** Returns Vapi's private API key: VAPI_API_KEY, else the one saved by an admin, else null. Never rejects. */
export async function readVapiKey(): Promise<string | null> {
  return env.VAPI_API_KEY ?? (await saved.get());
}

export async function readKeyState(database: Pick<Database, "select">): Promise<KeyState> {
  if (env.VAPI_API_KEY) return { source: "environment", hint: hintOf(env.VAPI_API_KEY), isReadable: true };
  const { sealed, hint } = await readSetting(database, vapiKeySetting);
  return { source: sealed === null ? null : "saved", hint, isReadable: isReadable(sealed, owner) };
}

/** Saves a key, encrypted, replacing the previous one; null removes it. Other processes follow within seconds. */
export async function saveVapiKey(database: Database, key: string | null, by: By): Promise<void> {
  const row = { sealed: key && sealSecret(key, owner), hint: key && hintOf(key) };
  await database.transaction(async (tx) => {
    await writeSetting(tx, vapiKeySetting, row);
    await recordAudit(tx, { ...by, action: key === null ? "vapi-key.removed" : "vapi-key.saved" });
  });
  saved.forget();
}

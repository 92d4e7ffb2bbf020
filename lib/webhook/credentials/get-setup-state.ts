import "server-only";
import type { Database } from "@/db/client";
import { listRefusals } from "@/db/queries/credentials/list-refusals";
import { getLastReceipt } from "@/db/queries/get-last-receipt";
import type { ListedCredential } from "@/lib/credentials/listed-credential";
import type { SetupState } from "@/lib/credentials/setup-state";
import { explainRefusals } from "@/lib/webhook/credentials/explain-refusals";
import { listCredentials } from "@/lib/webhook/credentials/list-credentials";

/** So many kinds of refusal are of use to somebody who is setting up. */
const maxRefusals = 5;

/** What arrived lately, and what became of it. */
export async function getSetupState(db: Database): Promise<SetupState> {
  const [credentials, refusals, lastReceipt] = await Promise.all([
    listCredentials(db),
    listRefusals(db, maxRefusals),
    getLastReceipt(db),
  ]);
  const names = new Map(credentials.map(({ id, name }) => [id, name]));
  return {
    now: new Date().toISOString(),
    admitted: findAdmitted(credentials, lastReceipt),
    refusals: explainRefusals(refusals, names),
  };
}

function findAdmitted(
  credentials: readonly ListedCredential[],
  lastReceipt: Date | null,
): SetupState["admitted"] {
  const [latest] = credentials
    .filter((credential) => credential.lastUsedAt !== null)
    .sort((a, b) => (b.lastUsedAt ?? "").localeCompare(a.lastUsedAt ?? ""));
  if (!latest?.lastUsedAt) return null;
  return {
    credential: latest.name,
    usedAt: latest.lastUsedAt,
    lastEventAt: lastReceipt?.toISOString() ?? null,
  };
}

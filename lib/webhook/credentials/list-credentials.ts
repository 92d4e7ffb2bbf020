import "server-only";
import type { Database } from "@/db/client";
import { listCredentialRows } from "@/db/queries/credentials/list-credential-rows";
import { listUses } from "@/db/queries/credentials/list-uses";
import type { CredentialState, ListedCredential } from "@/lib/credentials/listed-credential";
import { env } from "@/lib/env";
import { toKnownCredentials } from "@/lib/webhook/credentials/to-known-credentials";

type Row = Awaited<ReturnType<typeof listCredentialRows>>[number];

/** Every webhook credential, those of the environment first, then newest first. */
export async function listCredentials(db: Database): Promise<ListedCredential[]> {
  const [rows, uses] = await Promise.all([listCredentialRows(db), listUses(db)]);
  const known = toKnownCredentials([], env.VAPI_WEBHOOK_SECRET, []);
  const ofEnvironment = known.slots[0]?.secrets.map(({ credential }) => credential) ?? [];
  return [
    ...ofEnvironment.map(({ id, name }) => fixed(id, name, uses.get(id) ?? null)),
    ...rows.map((row) => toListed(row, new Date())),
  ];
}

function fixed(id: string, name: string, lastUsedAt: Date | null): ListedCredential {
  return {
    id,
    name,
    settings: null,
    hint: null,
    addressRanges: [],
    createdBy: null,
    createdAt: null,
    expiresAt: null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state: "valid",
  };
}

function toListed({ createdAt, expiresAt, revokedAt, lastUsedAt, ...row }: Row, now: Date): ListedCredential {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state: stateOf(expiresAt, revokedAt, now),
  };
}

function stateOf(expiresAt: Date | null, revokedAt: Date | null, now: Date): CredentialState {
  if (revokedAt) return "revoked";
  if (!expiresAt) return "valid";
  return expiresAt <= now ? "expired" : "expiring";
}

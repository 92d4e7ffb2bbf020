import { db } from "@/db/client";
import type { ShownCredential } from "@/lib/credentials/credential";
import { newCredentialSchema } from "@/lib/credentials/credential";
import { createCredential } from "@/lib/credentials/server/manage";

/** The actor of changes in tests, as the audit log names them. */
export const tester = { actor: { kind: "system", name: "test" }, ip: null } as const;

/** Returns the client id of an OAuth 2 credential. */
export function clientIdOf({ settings }: ShownCredential): string {
  if (settings.kind !== "oauth2") throw new Error("Only OAuth 2 has clients.");
  return settings.clientId;
}

/** Creates a webhook credential with these settings, valid from now on. */
export function makeCredential(
  settings: object,
  more: { name?: string; secret?: string; addressRanges?: string[] } = {},
) {
  return createCredential(db, newCredentialSchema.parse({ name: "test", settings, ...more }), tester);
}

import { db } from "@/db/client";
import { newCredentialSchema } from "@/lib/credentials/new-credential-schema";
import { createCredential } from "@/lib/webhook/credentials/create-credential";

/** Whoever changes something in a test, as the audit log names them. */
export const tester = { actor: { kind: "system", name: "test" }, ip: null } as const;

/** A webhook credential of these settings, valid from now on. */
export function makeCredential(
  settings: object,
  more: { name?: string; secret?: string; addressRanges?: string[] } = {},
) {
  return createCredential(db, newCredentialSchema.parse({ name: "test", settings, ...more }), tester);
}

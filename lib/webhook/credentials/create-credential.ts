import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { webhookCredentials } from "@/db/schema/webhook-credentials";
import type { By } from "@/lib/audit/audit";
import type { CredentialSettings, NewSettings } from "@/lib/credentials/credential-settings";
import type { NewCredential } from "@/lib/credentials/new-credential-schema";
import type { ShownCredential } from "@/lib/credentials/shown-credential";
import { forgetCredentials } from "@/lib/webhook/credentials/known-credentials";
import { makeSecret, toStoredSecret } from "@/lib/webhook/credentials/make-secret";

/** Makes a webhook credential, with a secret of its own unless one was brought. It is valid from now on. */
export async function createCredential(
  db: Database,
  wanted: NewCredential,
  by: By,
): Promise<ShownCredential> {
  const id = randomUUID();
  const settings = complete(wanted.settings);
  const secret = wanted.secret ?? makeSecret(settings);
  await db.transaction(async (tx) => {
    await tx.insert(webhookCredentials).values({
      id,
      name: wanted.name,
      settings,
      addressRanges: wanted.addressRanges,
      createdBy: by.actor.name,
      ...toStoredSecret(secret, settings, id),
    });
    const detail = { kind: settings.kind };
    await recordAudit(tx, { ...by, action: "credential.created", target: wanted.name, detail });
  });
  forgetCredentials();
  return { id, secret, settings };
}

function complete(settings: NewSettings): CredentialSettings {
  if (settings.kind !== "oauth2") return settings;
  return { ...settings, clientId: `earshot-${randomBytes(8).toString("hex")}` };
}

import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { listVapiCredentials, type VapiCredentialRow } from "@/db/queries/connect";
import { insertCredential, listUsableCredentials } from "@/db/queries/credentials";
import { listEndpointRows } from "@/db/queries/tools/read";
import type { By } from "@/lib/audit/audit";
import { type Needs, newCredentialId, type ResourceKind } from "@/lib/connect/needs";
import { createVapiCredential, deleteVapiCredential } from "@/lib/connect/server/vapi-api";
import { type CredentialSettings, credentialSettingsSchema } from "@/lib/credentials/credential";
import { matchSecret } from "@/lib/credentials/server/known";
import { forgetCredentials, toKnownCredentials } from "@/lib/credentials/server/known-credentials";
import { makeSecret, toStoredSecret } from "@/lib/credentials/server/manage";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { hashToUuid } from "@/lib/secrets";
import { builtInTools } from "@/lib/tools/server/registry";

/** The needs that all resources share; `needsOf` adds the rest. */
export type SharedNeeds = Omit<Needs, "conversationId">;

const isValid = ({ expiresAt, revokedAt }: VapiCredentialRow) => !expiresAt && !revokedAt;

/** Returns the header that carries a credential. */
function headerOf(settings: CredentialSettings): string {
  if (settings.kind === "bearer") return settings.header;
  return settings.kind === "hmac" ? settings.signatureHeader : "x-vapi-secret";
}

/** Returns the shared needs, and the name of the credential that changes would set; null if one has to be created. */
export async function readNeeds(db: Database): Promise<{ needs: SharedNeeds; credential: string | null }> {
  const [made, usable, endpoints] = await Promise.all([
    listVapiCredentials(db),
    listUsableCredentials(db),
    listEndpointRows(db),
  ]);
  const { slots } = toKnownCredentials(usable, env.VAPI_WEBHOOK_SECRET, []);
  const current = made.find(isValid);
  const tools = new Set([
    ...builtInTools.map(({ name }) => name),
    ...endpoints.filter(({ isEnabled }) => isEnabled).map(({ name }) => name),
  ]);
  const needs: SharedNeeds = {
    appUrl: env.APP_URL,
    credentialId: current?.vapiId ?? newCredentialId,
    credentialHeader: headerOf(current?.settings ?? defaultSettings),
    credentials: new Map(made.map((row) => [row.vapiId ?? "", isValid(row) ? "valid" : "retired"])),
    isKnownSecret: (secret) => {
      // A header cannot contain line breaks, so Vapi could not send such a secret.
      if (!/^[\x20-\x7e]+$/.test(secret)) return false;
      const found = matchSecret(new Headers({ "x-vapi-secret": secret }), slots, Date.now());
      return found !== null && "credential" in found;
    },
    handlesPhoneControl: env.PHONE_CONTROL_URL !== undefined && env.PHONE_CONTROL_SECRET !== undefined,
    answersTool: (name) => tools.has(name),
  };
  return { needs, credential: current?.name ?? null };
}

/** Returns the needs of one resource. Each has its own conversation, whose id is derived from the resource's. */
export function needsOf(needs: SharedNeeds, kind: ResourceKind, id: string): Needs {
  return { ...needs, conversationId: hashToUuid("vapi", kind, id) };
}

const credentialName = "Earshot";
const defaultSettings = credentialSettingsSchema.parse({ kind: "hmac" });

/**
 * Creates a credential in Vapi and in Earshot, valid at once. Its secret is never shown.
 * @throws VapiRequestError
 */
export async function createSharedCredential(
  db: Database,
  kind: "hmac" | "bearer",
  by: By,
): Promise<{ vapiId: string; header: string }> {
  const settings = credentialSettingsSchema.parse({ kind });
  if (settings.kind === "oauth2") throw new Error("OAuth 2 credentials are created by hand.");
  const id = randomUUID();
  const secret = makeSecret(settings);
  const vapiId = await createVapiCredential(credentialName, { settings, secret });
  try {
    await db.transaction(async (tx) => {
      const stored = toStoredSecret(secret, settings, id);
      const createdBy = by.actor.name;
      await insertCredential(tx, { id, name: credentialName, settings, vapiId, createdBy, ...stored });
      const detail = { kind, vapi: vapiId };
      await recordAudit(tx, { ...by, action: "credential.created", target: credentialName, detail });
    });
  } catch (cause) {
    await deleteVapiCredential(vapiId).catch((error: unknown) =>
      log("warn", "a credential was created in Vapi but could not be saved here", { vapiId, error }),
    );
    throw cause;
  }
  forgetCredentials();
  return { vapiId, header: headerOf(settings) };
}

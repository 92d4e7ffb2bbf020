import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  insertEndpoint,
  isNameTaken,
  lockEndpoint,
  removeEndpoint,
  updateEndpoint,
} from "@/db/queries/tools/endpoints";
import type { By } from "@/lib/audit/audit";
import type { NewEndpoint } from "@/lib/tools/endpoints/endpoint";
import { sealHeaders } from "@/lib/tools/server/endpoints";

export type EndpointChanged = "changed" | "missing" | "name-taken" | "secrets-needed";

/**
 * Changes an endpoint. Stored secret headers stay if none are given, unless the host changes: otherwise anyone who may
 * edit an endpoint could learn its secrets by pointing it elsewhere.
 */
export async function changeEndpoint(
  db: Database,
  id: string,
  { secrets, ...settings }: NewEndpoint,
  by: By,
): Promise<EndpointChanged> {
  return db.transaction(async (tx) => {
    const old = await lockEndpoint(tx, id);
    if (!old) return "missing";
    const hasMoved = new URL(old.url).origin !== new URL(settings.url).origin;
    if (hasMoved && old.sealedHeaders !== null && !secrets) return "secrets-needed";
    if (await isNameTaken(tx, settings.name, id)) return "name-taken";
    const sealed = secrets ? sealHeaders(secrets, id) : {};
    await updateEndpoint(tx, id, { ...settings, ...sealed });
    const detail = { host: new URL(settings.url).host, secrets: secrets ? "replaced" : "kept" };
    await recordAudit(tx, { ...by, action: "tool-endpoint.changed", target: settings.name, detail });
    return "changed";
  });
}

/** Deletes an endpoint; false if it does not exist. */
export async function deleteEndpoint(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeEndpoint(tx, id);
    if (target !== null) await recordAudit(tx, { ...by, action: "tool-endpoint.deleted", target });
    return target !== null;
  });
}

/** Creates an endpoint. Returns its id, or null if the name is taken. */
export async function createEndpoint(
  db: Database,
  { secrets = {}, ...settings }: NewEndpoint,
  by: By,
): Promise<string | null> {
  const id = randomUUID();
  return db.transaction(async (tx) => {
    if (!(await insertEndpoint(tx, { id, ...settings, ...sealHeaders(secrets, id) }))) return null;
    const detail = { method: settings.method, host: new URL(settings.url).host };
    await recordAudit(tx, { ...by, action: "tool-endpoint.created", target: settings.name, detail });
    return id;
  });
}

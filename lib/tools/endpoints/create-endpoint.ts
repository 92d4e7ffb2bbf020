import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { toolEndpoints } from "@/db/schema/tool-endpoints";
import type { By } from "@/lib/audit/audit";
import type { NewEndpoint } from "@/lib/tools/endpoints/endpoint";
import { sealHeaders } from "@/lib/tools/endpoints/sealed-headers";

/** Makes an endpoint. Returns its id; null when there is one of this name. */
export async function createEndpoint(
  db: Database,
  { secrets = {}, ...settings }: NewEndpoint,
  by: By,
): Promise<string | null> {
  const id = randomUUID();
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(toolEndpoints)
      .values({ id, ...settings, ...sealHeaders(secrets, id) })
      .onConflictDoNothing()
      .returning({ id: toolEndpoints.id });
    if (made.length === 0) return null;
    const detail = { method: settings.method, host: new URL(settings.url).host };
    await recordAudit(tx, { ...by, action: "tool-endpoint.created", target: settings.name, detail });
    return id;
  });
}

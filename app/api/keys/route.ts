import { db } from "@/db/client";
import { listApiKeys } from "@/db/queries/auth/api-keys";
import { newKeySchema } from "@/lib/auth/new-key-schema";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { createApiKey } from "@/lib/auth/server/keys";
import { readJson } from "@/lib/http/server/http";

/** `{ keys }`: all there ever were, without the keys themselves. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "keys.manage");
  if (refused) return refused;
  return Response.json({ keys: await listApiKeys(db) });
}

/** Makes a key: 201 `{ key }`, the only time it is shown. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "keys.manage");
  if (refused) return refused;
  const body = await readJson(request, newKeySchema);
  if (body.refused) return body.refused;
  const key = await createApiKey(db, body.value, auditedBy(actor, request));
  return Response.json({ key }, { status: 201 });
}

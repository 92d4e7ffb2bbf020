import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { newCredentialSchema } from "@/lib/credentials/credential";
import { createCredential, listCredentials } from "@/lib/credentials/server/manage";
import { readJson } from "@/lib/http/server/http";

/** `{ credentials }`: all webhook credentials there ever were, without their secrets. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  return Response.json({ credentials: await listCredentials(db) });
}

/** Makes a webhook credential: 201 `{ id, secret, settings }`, the only time the secret is shown. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  const body = await readJson(request, newCredentialSchema);
  if (body.refused) return body.refused;
  const shown = await createCredential(db, body.value, auditedBy(actor, request));
  return Response.json(shown, { status: 201, headers: { "cache-control": "no-store" } });
}

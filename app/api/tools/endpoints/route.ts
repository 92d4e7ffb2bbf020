import { db } from "@/db/client";
import { listEndpoints } from "@/db/queries/tools/read";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { endpointSchema } from "@/lib/tools/endpoints/endpoint";
import { createEndpoint } from "@/lib/tools/server/manage-endpoints";

/** `{ endpoints }`; of their secret headers only the names. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json({ endpoints: await listEndpoints(db) });
}

/** Makes an endpoint: 201 `{ id }`. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, endpointSchema);
  if (body.refused) return body.refused;
  const id = await createEndpoint(db, body.value, auditedBy(actor, request));
  return id === null
    ? problem(409, "Name taken", "There is an endpoint of this name.")
    : Response.json({ id }, { status: 201 });
}

import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { readVersion } from "@/lib/conversations/server/change";
import { problem } from "@/lib/http/server/http";
import { viewVersion } from "@/lib/privacy/server/view-conversations";
import { readUuid } from "@/lib/read-uuid";

type Context = RouteContext<"/api/conversations/[uuid]/versions/[version]">;

/** `{ version }` with its context; 404 where it is not kept. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const asked = await params;
  const uuid = readUuid(asked.uuid);
  const number = readVersion(asked.version);
  const version = uuid && number !== null && (await viewVersion(db, actor, uuid, number));
  if (!version) return problem(404, "Not found", "This version is not kept.");
  return Response.json({ version }, { headers: { "cache-control": "no-store" } });
}

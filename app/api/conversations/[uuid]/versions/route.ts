import { z } from "zod";
import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { noSuchConversation } from "@/lib/conversations/server/http";
import { versionPageSchema } from "@/lib/conversations/versions";
import { problem } from "@/lib/http/server/http";
import { viewVersions } from "@/lib/privacy/server/view-conversations";
import { readUuid } from "@/lib/read-uuid";

type Context = RouteContext<"/api/conversations/[uuid]/versions">;

/** `{ versions, nextBefore }`, newest first, without the contexts: `?before&limit`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const page = versionPageSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!page.success) return problem(422, "Invalid filter", z.prettifyError(page.error));
  const uuid = readUuid((await params).uuid);
  const list = uuid && (await viewVersions(db, actor, uuid, page.data));
  return list ? Response.json(list, { headers: { "cache-control": "no-store" } }) : noSuchConversation();
}

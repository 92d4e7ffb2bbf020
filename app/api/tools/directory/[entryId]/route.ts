import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { newEntrySchema } from "@/lib/directory/directory";
import { changeEntry, deleteEntry } from "@/lib/directory/server/directory";
import { problem, readJson } from "@/lib/http/server/http";

type Context = RouteContext<"/api/tools/directory/[entryId]">;

/** The whole entry anew. */
export async function PUT(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, newEntrySchema);
  if (body.refused) return body.refused;
  const id = z.uuid().safeParse((await params).entryId);
  const outcome = id.success
    ? await changeEntry(db, id.data, body.value, auditedBy(actor, request))
    : "missing";
  return outcome === "name-taken"
    ? problem(409, "Name taken", "There is another team of this name.")
    : answer(outcome === "changed");
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).entryId);
  return answer(id.success && (await deleteEntry(db, id.data, auditedBy(actor, request))));
}

function answer(isDone: boolean): Response {
  return isDone ? new Response(null, { status: 204 }) : problem(404, "Not found", "There is no such team.");
}

import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { endpointSchema } from "@/lib/tools/endpoints/endpoint";
import { changeEndpoint, deleteEndpoint, type EndpointChanged } from "@/lib/tools/server/manage-endpoints";

type Context = RouteContext<"/api/tools/endpoints/[endpointId]">;

/** The whole endpoint anew; without `secrets` those that are there stay. */
export async function PUT(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, endpointSchema);
  if (body.refused) return body.refused;
  const id = z.uuid().safeParse((await params).endpointId);
  if (!id.success) return answer("missing");
  return answer(await changeEndpoint(db, id.data, body.value, auditedBy(actor, request)));
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).endpointId);
  const isNotFound = id.success && (await deleteEndpoint(db, id.data, auditedBy(actor, request)));
  return answer(isNotFound ? "changed" : "missing");
}

function answer(outcome: EndpointChanged): Response {
  switch (outcome) {
    case "changed":
      return new Response(null, { status: 204 });
    case "missing":
      return problem(404, "Not found", "There is no such endpoint.");
    case "name-taken":
      return problem(409, "Name taken", "There is another endpoint of this name.");
    case "secrets-needed":
      return problem(409, "Secrets needed", "It leads to another host now: write its secret headers again.");
  }
}

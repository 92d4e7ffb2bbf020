import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { rotationSchema } from "@/lib/credentials/credential";
import { rotateCredential } from "@/lib/credentials/server/manage";
import { problem, readJson } from "@/lib/http/server/http";

/** Makes a credential's successor: 201 `{ id, secret, settings }`. The old one stays valid for `graceHours`. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/credentials/[credentialId]/rotate">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  const body = await readJson(request, rotationSchema);
  if (body.refused) return body.refused;
  const id = z.uuid().safeParse((await params).credentialId);
  const shown = id.success && (await rotateCredential(db, id.data, body.value, auditedBy(actor, request)));
  if (!shown) return problem(404, "Not found", "There is no credential with this id that could be rotated.");
  return Response.json(shown, { status: 201, headers: { "cache-control": "no-store" } });
}

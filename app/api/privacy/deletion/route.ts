import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { deleteSubject } from "@/lib/privacy/server/erase";
import { deletionSchema } from "@/lib/privacy/subject";

/** In seconds: a serverless function may be given this long. */
export const maxDuration = 60;

/** Deletes everything about a caller: `{ calls, remaining }`. What remains takes another request. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "data.delete");
  if (refused) return refused;
  const body = await readJson(request, deletionSchema);
  if (body.refused) return body.refused;
  const { subject, confirmation } = body.value;
  const deletion = await deleteSubject(db, subject, confirmation, auditedBy(actor, request));
  if (deletion.outcome === "unconfirmed") {
    const detail =
      "Nothing was deleted: what was typed does not say what would go. Look again, and type that.";
    return problem(409, "Not confirmed", detail);
  }
  const { calls, remaining } = deletion;
  return Response.json({ calls, remaining });
}

import { db } from "@/db/client";
import { listDocuments } from "@/db/queries/knowledge";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { documentTextSchema } from "@/lib/knowledge/knowledge";
import { createDocument } from "@/lib/knowledge/server/knowledge";

/** `{ documents }`: what assistants may look up, by title, without the texts. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json({ documents: await listDocuments(db) });
}

/** Adds a document `{ title, content, language }`: 201 `{ id }`. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, documentTextSchema);
  if (body.refused) return body.refused;
  const id = await createDocument(db, body.value, auditedBy(actor, request));
  return Response.json({ id }, { status: 201 });
}

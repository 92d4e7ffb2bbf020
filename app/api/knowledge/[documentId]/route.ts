import { z } from "zod";
import { db } from "@/db/client";
import { getDocument } from "@/db/queries/knowledge";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { documentTextSchema } from "@/lib/knowledge/knowledge";
import { changeDocument, deleteDocument } from "@/lib/knowledge/server/knowledge";

type Context = RouteContext<"/api/knowledge/[documentId]">;

/** A document `{ title, content, language }`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const id = await readId(params);
  const document = id && (await getDocument(db, id));
  return document ? Response.json(document) : notFound();
}

/** Replaces a document's title, text and language. */
export async function PUT(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, documentTextSchema);
  if (body.refused) return body.refused;
  const id = await readId(params);
  const isThere = id && (await changeDocument(db, id, body.value, auditedBy(actor, request)));
  return isThere ? new Response(null, { status: 204 }) : notFound();
}

/** Deletes a document for good. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const id = await readId(params);
  const isNotFound = id && (await deleteDocument(db, id, auditedBy(actor, request)));
  return isNotFound ? new Response(null, { status: 204 }) : notFound();
}

async function readId(params: Context["params"]): Promise<string | undefined> {
  return z.uuid().safeParse((await params).documentId).data;
}

function notFound(): Response {
  return problem(404, "Not found", "There is no document with this id.");
}

import { db } from "@/db/client";
import { getDocument } from "@/db/queries/knowledge";
import { route } from "@/lib/http/server/route";
import { documentTextSchema, maxDocumentBytes } from "@/lib/knowledge/knowledge";
import { changeDocument, deleteDocument } from "@/lib/knowledge/server/knowledge";
import { uuidSchema } from "@/lib/read-uuid";

const path = "/api/knowledge/[documentId]";
const params = { documentId: uuidSchema };
const notFound = { detail: "No document has this ID." };

export const GET = route("GET", path, {
  access: "settings.manage",
  summary: "Get a document",
  params,
  answer: documentTextSchema,
  notFound,
  handle: async ({ params, notFound }) => (await getDocument(db, params.documentId)) ?? notFound(),
});

export const PUT = route("PUT", path, {
  access: "settings.manage",
  summary: "Replace a document",
  params,
  body: documentTextSchema,
  maxBodyBytes: maxDocumentBytes,
  answer: null,
  notFound,
  handle: async ({ params, body, by, notFound }) =>
    (await changeDocument(db, params.documentId, body, by)) ? null : notFound(),
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete a document",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) =>
    (await deleteDocument(db, params.documentId, by)) ? null : notFound(),
});

import { z } from "zod";
import { db } from "@/db/client";
import { listDocuments } from "@/db/queries/knowledge";
import { route } from "@/lib/http/server/route";
import { documentTextSchema, listedDocumentSchema, maxDocumentBytes } from "@/lib/knowledge/knowledge";
import { createDocument } from "@/lib/knowledge/server/knowledge";

export const GET = route("GET", "/api/knowledge", {
  access: "settings.manage",
  summary: "List the documents assistants can search, without their text",
  answer: z.object({ documents: z.array(listedDocumentSchema) }),
  handle: async () => ({ documents: await listDocuments(db) }),
});

export const POST = route("POST", "/api/knowledge", {
  access: "settings.manage",
  summary: "Add a document",
  body: documentTextSchema,
  maxBodyBytes: maxDocumentBytes,
  answer: z.object({ id: z.uuid() }),
  status: 201,
  handle: async ({ body, by }) => ({ id: await createDocument(db, body, by) }),
});

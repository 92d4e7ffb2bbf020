import * as z from "zod";
import {
  documentTextSchema,
  foundPassageSchema,
  knowledgeQuestionSchema,
  listedDocumentSchema,
} from "@/lib/knowledge/knowledge";
import type { Operation } from "@/lib/openapi/operation";

export const knowledgeOperations: readonly Operation[] = [
  {
    path: "/api/knowledge",
    method: "GET",
    summary: "What assistants may look up, without the texts",
    answer: z.object({ documents: z.array(listedDocumentSchema) }),
  },
  {
    path: "/api/knowledge",
    method: "POST",
    summary: "Add a document",
    body: { schema: documentTextSchema },
    answer: z.object({ id: z.uuid() }),
    status: 201,
  },
  {
    path: "/api/knowledge/[documentId]",
    method: "GET",
    summary: "One document",
    answer: documentTextSchema,
  },
  {
    path: "/api/knowledge/[documentId]",
    method: "PUT",
    summary: "Replace a document",
    body: { schema: documentTextSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/knowledge/[documentId]",
    method: "DELETE",
    summary: "Delete a document",
    answer: null,
    status: 204,
  },
  {
    path: "/api/knowledge/preview",
    method: "POST",
    summary: "What an assistant would be given for a question",
    body: { schema: knowledgeQuestionSchema },
    answer: z.object({ passages: z.array(foundPassageSchema) }),
  },
];

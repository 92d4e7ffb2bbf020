import { z } from "zod";
import { type KnowledgeLanguage, languages } from "@/lib/knowledge/languages";

const names = Object.keys(languages) as [KnowledgeLanguage, ...KnowledgeLanguage[]];

/** A document as somebody writes it. 200,000 characters are a hundred pages. */
export const documentTextSchema = z.object({
  title: z.string().trim().min(1, "Give it a title.").max(200),
  content: z.string().trim().min(1, "Write something.").max(200_000),
  language: z.enum(names),
});

/** A document in the list: everything but its text. */
export const listedDocumentSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  language: z.enum(names),
  characters: z.number().int(),
  passages: z.number().int(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
});

/** A passage that a question finds. `similarity`: 0 to 1, the share of the question's words that stand in it. */
export const foundPassageSchema = z.object({
  documentId: z.uuid(),
  heading: z.string(),
  content: z.string(),
  similarity: z.number(),
});

export type DocumentText = z.infer<typeof documentTextSchema>;
export type ListedDocument = z.infer<typeof listedDocumentSchema>;
export type FoundPassage = z.infer<typeof foundPassageSchema>;

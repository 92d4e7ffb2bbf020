import { cleanText } from "@/lib/clean-text";
import type { DocumentText } from "@/lib/knowledge/knowledge-document";
import type { KnowledgeLanguage } from "@/lib/knowledge/languages";

/** A text or Markdown file as a document: its title is its first heading, else its name without the ending. */
export async function readDocumentFile(file: File, language: KnowledgeLanguage): Promise<DocumentText> {
  const text = await file.text();
  const [, heading] = /^\s*#\s+(.+?)\s*#*\s*$/m.exec(text.slice(0, 2_000)) ?? [];
  return { title: cleanText(heading ?? file.name.replace(/\.[^.]+$/, ""), 200), content: text, language };
}

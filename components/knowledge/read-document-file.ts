import { cleanText } from "@/lib/clean-text";
import type { DocumentText, KnowledgeLanguage } from "@/lib/knowledge/knowledge";
import { readHeading } from "@/lib/knowledge/knowledge";

/** A text or Markdown file as a document: its title is its first heading, else its name without the ending. */
export async function readDocumentFile(file: File, language: KnowledgeLanguage): Promise<DocumentText> {
  const text = await file.text();
  const headings = text.slice(0, 2_000).split("\n").map(readHeading);
  const heading = headings.find((found) => found?.level === 1);
  return {
    title: cleanText(heading?.name ?? file.name.replace(/\.[^.]+$/, ""), 200),
    content: text,
    language,
  };
}

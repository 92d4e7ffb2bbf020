import * as z from "zod";
import { cleanText } from "@/lib/clean-text";

/** Languages with a PostgreSQL stemmer (`english_stem`), with their labels on the page. `simple` does not stem. */
export const languages = {
  english: "English",
  danish: "Danish",
  dutch: "Dutch",
  finnish: "Finnish",
  french: "French",
  german: "German",
  italian: "Italian",
  norwegian: "Norwegian",
  portuguese: "Portuguese",
  spanish: "Spanish",
  swedish: "Swedish",
  turkish: "Turkish",
  simple: "Other (exact words)",
} as const;

export type KnowledgeLanguage = keyof typeof languages;

const names = Object.keys(languages) as [KnowledgeLanguage, ...KnowledgeLanguage[]];

const mostCharacters = 200_000;

/** Longest body with a document. In JSON a character takes up to 6 bytes: escaped, like \u6771. */
export const maxDocumentBytes = 1_280 * 1024;

/** A document as entered. 200,000 characters are about a hundred pages. */
export const documentTextSchema = z.object({
  title: z.string().trim().min(1, "Enter a title.").max(200),
  content: z.string().trim().min(1, "Enter some text.").max(mostCharacters),
  language: z.enum(names),
});

/** A document in the list, without its text. */
export const listedDocumentSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  language: z.enum(names),
  characters: z.number().int(),
  passages: z.number().int(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
});

/** A passage found for a question. `similarity`: share of the question's words that occur in it, 0 to 1. */
export const foundPassageSchema = z.object({
  documentId: z.uuid(),
  heading: z.string(),
  content: z.string(),
  similarity: z.number(),
});

export type DocumentText = z.infer<typeof documentTextSchema>;
export type ListedDocument = z.infer<typeof listedDocumentSchema>;
export type FoundPassage = z.infer<typeof foundPassageSchema>;

/** A question to try, as an assistant would ask it. */
export const knowledgeQuestionSchema = z.object({
  question: z.string().trim().min(1, "Enter a question.").max(2_000),
});

/** Parses a Markdown heading, without closing marks: `## Prices ##` is level 2, "Prices". Null if the line is not a heading. */
export function readHeading(line: string): { level: number; name: string } | null {
  const [, marks, rest] = /^(#{1,6})\s(.*)$/.exec(line.trim()) ?? [];
  if (marks === undefined || rest === undefined) return null;
  let end = rest.length;
  while (rest[end - 1] === "#") end -= 1;
  const name = rest.slice(0, end).trim();
  return name === "" ? null : { level: marks.length, name };
}

export interface Passage {
  /** Document title and the headings above the passage: `Prices › Crowns`. */
  heading: string;
  content: string;
}

/** Short enough to give a model several, and to read at a glance. */
const maxLength = 1_200;

/**
 * Splits a text or Markdown document into passages, in order: at headings, then between paragraphs, then between
 * sentences, so that each covers one topic and none exceeds 1,200 characters.
 */
export function splitPassages(title: string, content: string): Passage[] {
  return toSections(title, content).flatMap(({ heading, text }) =>
    pack(text).map((piece) => ({ heading, content: piece })),
  );
}

function toSections(title: string, content: string): { heading: string; text: string }[] {
  const path: string[] = [];
  const sections = [{ heading: title, text: "" }];
  let isCode = false;
  for (const line of content.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    const found = isCode || line.startsWith(" ") ? null : readHeading(line);
    if (found) {
      path.splice(found.level - 1, path.length, found.name);
      const heading = [title, ...path.filter((part) => part && part !== title)].join(" › ");
      sections.push({ heading, text: "" });
    } else {
      const last = sections.at(-1);
      if (last) last.text += `${line}\n`;
    }
  }
  return sections;
}

/** Joins paragraphs while they fit; longer ones are cut after a sentence, and longer sentences anywhere. */
function pack(text: string): string[] {
  const pieces: string[] = [];
  for (const piece of toPieces(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + piece.length + 2 <= maxLength) {
      pieces[pieces.length - 1] = `${last}\n\n${piece}`;
    } else {
      pieces.push(piece);
    }
  }
  return pieces;
}

function toPieces(text: string): string[] {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  return paragraphs
    .filter(Boolean)
    .flatMap((paragraph) => (paragraph.length <= maxLength ? [paragraph] : cut(paragraph)));
}

function cut(paragraph: string): string[] {
  const pieces: string[] = [];
  for (let rest = paragraph; rest; ) {
    const window = cleanText(rest, maxLength);
    const sentence = window.search(/[.!?。！？\n][^.!?。！？\n]*$/) + 1;
    const at =
      rest.length <= maxLength ? rest.length : sentence || window.lastIndexOf(" ") + 1 || window.length;
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return pieces;
}

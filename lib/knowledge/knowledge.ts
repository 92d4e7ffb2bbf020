import * as z from "zod";
import { cleanText } from "@/lib/clean-text";

/** Languages whose stemmers PostgreSQL has (`english_stem`), with the words the page shows. `simple` knows no grammar. */
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

/** A document as somebody writes it. 200,000 characters are a hundred pages. */
export const documentTextSchema = z.object({
  title: z.string().trim().min(1, "Enter a title.").max(200),
  content: z.string().trim().min(1, "Enter some text.").max(200_000),
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

/** What an assistant might look up. */
export const knowledgeQuestionSchema = z.object({
  question: z.string().trim().min(1, "Enter a question.").max(2_000),
});

/**
 * A line of Markdown as a heading, without the marks that may close it: `## Prices ##` is level 2, "Prices". Null where it
 * is none.
 */
export function readHeading(line: string): { level: number; name: string } | null {
  const [, marks, rest] = /^(#{1,6})\s(.*)$/.exec(line.trim()) ?? [];
  if (marks === undefined || rest === undefined) return null;
  let end = rest.length;
  while (rest[end - 1] === "#") end -= 1;
  const name = rest.slice(0, end).trim();
  return name === "" ? null : { level: marks.length, name };
}

export interface Passage {
  /** Title and headings it stands under: `Prices › Crowns`. */
  heading: string;
  content: string;
}

/** What a model can take several of, and a person can read in a glance. */
const maxLength = 1_200;

/**
 * A text or Markdown document → passages, in order: cut at headings, then between paragraphs, then between sentences,
 * so that each is about one thing and none is longer than 1,200 characters.
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

/** Paragraphs joined as long as they fit; one that does not is cut after sentences, and a sentence that does not anywhere. */
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

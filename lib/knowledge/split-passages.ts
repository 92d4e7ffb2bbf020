import { cleanText } from "@/lib/clean-text";
import { readHeading } from "@/lib/knowledge/read-heading";

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

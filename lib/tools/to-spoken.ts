import { cleanText } from "@/lib/clean-text";

/** More than anybody wants to listen to, and little enough not to crowd out the conversation. */
const maxLength = 4_000;

/** A text as a tool's answer may be: one line (Vapi drops results with line breaks), and no longer than is of use. */
export function toSpoken(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029\v\f]/).map((part) => part.trim());
  const line = lines.filter((part) => part !== "").join(" ");
  return line.length > maxLength ? `${cleanText(line, maxLength)}… (the rest is left out)` : cleanText(line);
}

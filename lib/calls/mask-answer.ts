import { maskRecord } from "@/lib/calls/mask-record";
import { maskText } from "@/lib/calls/mask-text";

/** What a tool answered, masked: most tools answer with JSON in a text, whose keys say what is personal. */
export function maskAnswer(answer: string, names: readonly (string | null)[] = []): string {
  const parsed = parseObject(answer);
  return parsed ? JSON.stringify(maskRecord({ answer: parsed }, names).answer) : maskText(answer, names);
}

function parseObject(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}

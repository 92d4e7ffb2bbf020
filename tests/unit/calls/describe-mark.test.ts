import { expect, it } from "vitest";
import { type MarkKind, markKinds } from "@/lib/calls/parts";
import { describeMark } from "@/lib/calls/transcript";

const mark = (kind: MarkKind, detail: string | null = null) => ({
  id: "m",
  kind,
  role: null,
  turn: null,
  at: "2026-08-01T10:00:00.000Z",
  detail,
});

it.each([
  ["language", "es", "Language changed to Spanish"],
  ["language", "pt-BR", "Language changed to Brazilian Portuguese"],
  ["language", "not a language", "Language changed to not a language"],
  ["transfer", "+15550100950", "Transferred to +15550100950"],
  ["transfer-refused", "There is nobody.", "No transfer: There is nobody."],
  ["forward-asked", "+15550100950", "Vapi requested forwarding to +15550100950"],
  ["knowledge", "3 documents", "Knowledge base searched: 3 documents"],
  ["stored", "recording-mono", "Recording, mono was saved to your storage"],
  ["not-stored", "hologram", "hologram was not saved to your storage"],
] as const)("marks: %s %s is described in plain words", (kind, detail, words) => {
  expect(describeMark(mark(kind, detail))).toBe(words);
});

it("marks: every kind has a description even without a detail", () => {
  for (const kind of markKinds) expect(describeMark(mark(kind))).toMatch(/^[A-Z].{5,}/);
});

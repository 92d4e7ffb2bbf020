import { describe, expect, test } from "vitest";
import { generateCall } from "@/scripts/simulator/generate-call";

interface Heard {
  role: unknown;
  text: string;
  atMs: number;
}

const calm = { hangs: 0, interruptions: 0, duplicates: 0, disorder: 0 };
const calls = Array.from({ length: 10 }, (_, index) => generateCall(`partials ${index}`, calm));
const pieces = calls.flatMap(({ events }) => {
  const found: { partials: Heard[]; final: Heard }[] = [];
  let partials: Heard[] = [];
  for (const { message, offsetMs } of events) {
    if (message.type !== "transcript") continue;
    const heard = { role: message.role, text: String(message.transcript), atMs: offsetMs };
    if (message.transcriptType === "partial") partials.push(heard);
    else {
      found.push({ partials, final: heard });
      partials = [];
    }
  }
  return found;
});
const wordsOf = (text: string) => text.split(" ");

describe("the partials of a generated call", () => {
  test("have the speaker of the final line that follows, and come before it", () => {
    for (const { partials, final } of pieces) {
      for (const partial of partials) {
        expect(partial.role).toBe(final.role);
        expect(partial.atMs).toBeLessThanOrEqual(final.atMs);
      }
    }
  });

  test("contain the whole line so far: they grow, within two words, up to the length of the final line", () => {
    for (const { partials, final } of pieces) {
      const lengths = partials.map(({ text }) => wordsOf(text).length);
      // A misheard word may become two.
      for (const [index, length] of lengths.entries())
        expect(length).toBeGreaterThanOrEqual((lengths[index - 1] ?? 0) - 2);
      expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(wordsOf(final.text).length + 2);
    }
  });

  test("are sometimes revised: 30 to 90 % of final lines differ from one of their partials", () => {
    const rewritten = pieces.filter(({ partials, final }) =>
      partials.some(({ text }) => !final.text.startsWith(text)),
    );
    expect(rewritten.length / pieces.length).toBeGreaterThan(0.3);
    expect(rewritten.length / pieces.length).toBeLessThan(0.9);
  });

  test("come about twice a second during speech", () => {
    const gaps = pieces.flatMap(({ partials }) =>
      partials.flatMap(({ atMs }, index) => (index > 0 ? [atMs - (partials[index - 1]?.atMs ?? 0)] : [])),
    );
    const averageMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(averageMs).toBeGreaterThan(350);
    expect(averageMs).toBeLessThan(800);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(239);
  });

  test("sometimes lead to final lines that end in mid-sentence", () => {
    const cut = pieces.filter(({ final }) => !/[.?!]$/.test(final.text));
    expect(cut.length / pieces.length).toBeGreaterThan(0.15);
  });
});

import { describe, expect, it } from "vitest";
import { splitPassages } from "@/lib/knowledge/knowledge";

describe("knowledge: a document is split into passages", () => {
  it("at its headings, each passage labeled with the headings above it", () => {
    const text =
      "Intro.\n\n# Prices\n\n## Crowns\nA crown is 900.\n\n## Fillings\nA filling is 90.\n# Hours\nNine to one.";
    expect(splitPassages("Clinic", text)).toEqual([
      { heading: "Clinic", content: "Intro." },
      { heading: "Clinic › Prices › Crowns", content: "A crown is 900." },
      { heading: "Clinic › Prices › Fillings", content: "A filling is 90." },
      { heading: "Clinic › Hours", content: "Nine to one." },
    ]);
  });

  it("but not at a heading inside a code block, and without repeating its title as a heading", () => {
    const text = "# Clinic\n```\n# no heading\n```";
    expect(splitPassages("Clinic", text)).toEqual([{ heading: "Clinic", content: "```\n# no heading\n```" }]);
  });

  it("between paragraphs and sentences, with at most 1,200 characters each and no text lost", () => {
    const sentence = "The clinic is open from nine to one on Saturdays, and closed on Sundays. ";
    const text = `${sentence.repeat(40).trim()}\n\n${"x".repeat(3_000)}\n\nShort.`;
    const passages = splitPassages("Hours", text).map(({ content }) => content);
    expect(Math.max(...passages.map(({ length }) => length))).toBeLessThanOrEqual(1_200);
    expect(passages.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    expect(passages[0]).toMatch(/Sundays\.$/);
  });

  it("only if it has text besides headings", () => {
    expect(splitPassages("Empty", "# One\n\n# Two\n")).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { describeCostItem } from "@/lib/calls/costs";
import type { CostItem } from "@/lib/calls/report";
import { formatBytes } from "@/lib/format";

const item = (differences: Partial<CostItem>): CostItem => ({
  kind: "model",
  provider: null,
  name: null,
  usd: 0.01,
  minutes: null,
  characters: null,
  tokens: null,
  ...differences,
});

describe("a cost item", () => {
  test.each([
    ["vendor and model", { provider: "openai", name: "gpt-4o-mini" }, "openai · gpt-4o-mini"],
    ["a vendor alone", { kind: "transcriber", provider: "deepgram" }, "deepgram"],
    ["a model alone, as it is spelled", { name: "gpt-4o-mini" }, "gpt-4o-mini"],
    ["what an analysis made, in words", { kind: "analysis", name: "structuredData" }, "Structured data"],
    ["an analysis without a name by its kind", { kind: "analysis" }, "Analysis"],
    ["the kind where nothing else is known", { kind: "knowledge-base" }, "Knowledge base"],
  ])("takes its name from %s", (_, differences, whose) => {
    expect(describeCostItem(item(differences)).whose).toBe(whose);
  });

  test.each([
    ["tokens, grouped by thousands", { tokens: 594_724 }, "594,724 tokens"],
    ["no tokens as a number too", { tokens: 0 }, "0 tokens"],
    ["tokens before minutes", { tokens: 12, minutes: 3 }, "12 tokens"],
    ["characters, grouped by thousands", { characters: 1_204 }, "1,204 characters"],
    ["characters before minutes", { characters: 9, minutes: 3 }, "9 characters"],
    ["minutes to a tenth", { minutes: 3.26 }, "3.3 min"],
    ["nothing where the bill gives no amount", {}, null],
  ])("shows %s", (_, differences, amount) => {
    expect(describeCostItem(item(differences)).amount).toBe(amount);
  });
});

describe("a size in bytes", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 KB"],
    [9_949, "9.9 KB"],
    [9_950, "10 KB"],
    [17_200, "17 KB"],
    [999_499, "999 KB"],
    [999_500, "1.0 MB"],
    [12_340_000, "12.3 MB"],
  ])("%d bytes are shown as %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

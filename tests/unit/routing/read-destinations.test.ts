import { describe, expect, it } from "vitest";
import { dryRunSchema, readHandoffDestination, readTransferDestination } from "@/lib/routing/request";

describe("a written transfer destination", () => {
  it.each([
    ["+1 (555) 010-0950", { type: "number", number: "+15550100950" }],
    ["sip:desk@pbx.example.com", { type: "sip", sipUri: "sip:desk@pbx.example.com" }],
    [" Billing ", { type: "assistant", assistantName: "Billing" }],
    [
      { type: "number", number: "+15550100950", message: "One moment." },
      { type: "number", number: "+15550100950", message: "One moment." },
    ],
    ["SIPS:desk@pbx.example.com", { type: "sip", sipUri: "SIPS:desk@pbx.example.com" }],
    ["sip:desk and more", { type: "assistant", assistantName: "sip:desk and more" }],
    ["sip: desk", { type: "assistant", assistantName: "sip: desk" }],
    ["ask sip:desk@pbx.example.com", { type: "assistant", assistantName: "ask sip:desk@pbx.example.com" }],
    ["112", { type: "assistant", assistantName: "112" }],
    ["1234", { type: "number", number: "1234", numberE164CheckEnabled: false }],
    ["(555) 010-0950", { type: "number", number: "5550100950", numberE164CheckEnabled: false }],
    ["tel:+15550100950", { type: "number", number: "+15550100950" }],
    ["+15550100950 ext. 12", { type: "number", number: "+15550100950", extension: "12" }],
    ["tel:+15550100950;ext=12", { type: "number", number: "+15550100950", extension: "12" }],
    ["+1 555 010-0950 x12", { type: "number", number: "+15550100950", extension: "12" }],
    [15550100950, { type: "number", number: "15550100950", numberE164CheckEnabled: false }],
    [
      { type: "number", number: "1234" },
      { type: "number", number: "1234", numberE164CheckEnabled: false },
    ],
    [
      { type: "number", number: "1234", numberE164CheckEnabled: true },
      { type: "number", number: "1234", numberE164CheckEnabled: true },
    ],
    ["Route 66 East", { type: "assistant", assistantName: "Route 66 East" }],
    ["Desk 15550100", { type: "assistant", assistantName: "Desk 15550100" }],
    ["", null],
    [7, null],
    [1555010095.5, null],
    [{ type: "number" }, null],
    [{ type: "carrier-pigeon" }, null],
    [undefined, null],
  ])("is parsed: %j", (written, destination) => {
    expect(readTransferDestination(written)).toEqual(destination);
  });
});

describe("a written handoff destination", () => {
  it.each([
    [
      "41e4a819-abcd-4e88-8f1e-b9794d12a9ea",
      { type: "assistant", assistantId: "41e4a819-abcd-4e88-8f1e-b9794d12a9ea" },
    ],
    ["Billing", { type: "assistant", assistantName: "Billing" }],
    [
      { type: "squad", squadId: "s" },
      { type: "squad", squadId: "s" },
    ],
    [
      { type: "assistant", assistantName: "Billing" },
      { type: "assistant", assistantName: "Billing" },
    ],
    [
      { type: "assistant", assistantId: "a" },
      { type: "assistant", assistantId: "a" },
    ],
    [{ type: "assistant" }, null],
    [" ", null],
    [null, null],
  ])("is parsed from %j", (written, destination) => {
    expect(readHandoffDestination(written)).toEqual(destination);
  });
});

describe("a dry run of the routing rules", () => {
  const run = { local: "2026-03-29T09:30", zone: "Europe/Berlin" };
  it("accepts a valid time and time zone", () => {
    expect(dryRunSchema.parse(run)).toEqual({ ...run, caller: "", called: "", conversationUuid: "" });
  });

  it.each([
    { local: "2026-13-29T09:30" },
    { local: "2026-03-29T25:30" },
    { local: "2026-03-29 09:30" },
    { zone: "Europe/Atlantis" },
    { conversationUuid: "x" },
  ])("rejects %j", (wrong) => {
    expect(dryRunSchema.safeParse({ ...run, ...wrong }).success).toBe(false);
  });
});

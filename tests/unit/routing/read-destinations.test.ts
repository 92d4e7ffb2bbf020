import { describe, expect, it } from "vitest";
import { readHandoffDestination, readTransferDestination } from "@/lib/routing/request";

describe("where to transfer to, as it is written", () => {
  it.each([
    ["+1 (555) 010-0950", { type: "number", number: "+15550100950" }],
    ["sip:desk@pbx.example.com", { type: "sip", sipUri: "sip:desk@pbx.example.com" }],
    [" Billing ", { type: "assistant", assistantName: "Billing" }],
    [
      { type: "number", number: "+15550100950", message: "One moment." },
      { type: "number", number: "+15550100950", message: "One moment." },
    ],
    ["", null],
    [7, null],
    [{ type: "number" }, null],
    [{ type: "carrier-pigeon" }, null],
    [undefined, null],
  ])("%j", (written, destination) => {
    expect(readTransferDestination(written)).toEqual(destination);
  });
});

describe("whom to hand over to, as it is written", () => {
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
    [{ type: "assistant" }, null],
    [" ", null],
    [null, null],
  ])("%j", (written, destination) => {
    expect(readHandoffDestination(written)).toEqual(destination);
  });
});

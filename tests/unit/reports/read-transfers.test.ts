import { expect, test } from "vitest";
import { readTransfers } from "@/lib/reports/server/report-parts";

test("transfers: a report's transfers keep the destination's name, extension and ID, and the words spoken", () => {
  const status = { mode: "warm-transfer-experimental", status: "connected" };
  expect(
    readTransfers([
      {
        ...status,
        destination: { type: "number", number: "+15550100150", extension: "12", name: "Billing" },
        transcript: "AI: I have a caller for you.",
      },
      { ...status, destination: { type: "squad", squad: { id: "s-1", name: "Night desk" } } },
      { ...status, destination: { type: "assistant", assistantId: "a-1" } },
      { ...status, destination: "+15550100151", messages: [{ role: "bot", message: "Hello." }] },
    ]),
  ).toEqual([
    {
      ...status,
      destination: "+15550100150",
      name: "Billing",
      extension: "12",
      transcript: "AI: I have a caller for you.",
    },
    { ...status, destination: "Night desk", id: "s-1" },
    { ...status, destination: "a-1", id: "a-1" },
    { ...status, destination: "+15550100151", transcript: "Assistant: Hello." },
  ]);
});

test("transfers: stored transfers are read back unchanged", () => {
  const kept = readTransfers([
    {
      destination: { number: "+15550100150", extension: "12", name: "Billing" },
      transcript: "Hello.",
      mode: "m",
    },
  ]);
  expect(readTransfers(kept)).toEqual(kept);
});

import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const meterDesk: AssistantProfile = {
  name: "Meter Readings",
  version: null,
  company: "Valemont Water and Power",
  role: "You take meter readings.",
  rules: ["Read every figure back, digit by digit.", "If a reading is lower than the last one, ask again."],
  steps: [
    "Ask for the customer number.",
    "Ask for the reading.",
    "Store it with submit_reading and say what it means for the bill.",
  ],
  promptLength: 5_800,
  voice: { provider: "vapi", voiceId: "Rohan" },
  language: "en",
  phone: { number: "+15550100911", name: "Valemont readings" },
  tools: [
    {
      name: "lookup_meter",
      description: "Finds a meter and its last reading.",
      properties: {
        customerNumber: { type: "string", description: "Customer number" },
      },
    },
    {
      name: "submit_reading",
      description: "Stores a reading.",
      properties: {
        customerNumber: { type: "string", description: "Customer number" },
        reading: { type: "number", description: "Reading in cubic metres or kilowatt-hours" },
      },
    },
  ],
};

/** A meter reading given through the website, corrected once. */
export const meterReading: Dialogue = {
  kind: "web",
  assistant: meterDesk,
  variants: [
    {
      customer: "3 3 0 9 1",
      number: "33091",
      wrong: "four one eight two",
      spoken: "four eight one two",
      reading: 4812,
      last: 4660,
    },
    {
      customer: "7 0 4 4 6",
      number: "70446",
      wrong: "two nine six zero",
      spoken: "two nine zero six",
      reading: 2906,
      last: 2781,
    },
  ],
  turns: [
    { assistant: "Hello, you've reached the meter reading line. What is your customer number?" },
    { caller: "{customer}." },
    {
      tool: "lookup_meter",
      arguments: { customerNumber: "{number}" },
      result: { meter: "water", last: "{last}", readOn: "2025-01-28", unit: "m³" },
    },
    { assistant: "Thank you. It's a water meter. What does it show, only the black figures?" },
    { caller: "{wrong}. No wait, sorry, I read that wrong. It's {spoken}." },
    { assistant: "{spoken}. Is that right?" },
    { caller: "Yes, that's right now." },
    {
      tool: "submit_reading",
      arguments: { customerNumber: "{number}", reading: "{reading}" },
      result: { status: "stored", sinceLast: 143, comparedToYearBefore: "-4 %" },
    },
    { assistant: "It's stored. You used a little less than the year before, about four percent." },
    { caller: "Nice. When do I get the bill?" },
    { assistant: "In about two weeks, by e-mail. Is there anything else?" },
    { caller: "No, thanks. Bye." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "Customer {number} gave a water reading of {reading}, corrected once. Stored; the use fell by four percent.",
  structuredData: { intent: "meter reading", customerNumber: "{number}", reading: "{reading}" },
  isSuccess: true,
};

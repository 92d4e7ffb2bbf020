import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";

export const meterDesk: AssistantProfile = {
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

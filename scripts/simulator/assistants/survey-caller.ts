import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";

export const surveyCaller: AssistantProfile = {
  name: "Customer Survey",
  version: "v1",
  company: "Northgrid Broadband",
  role: "You call customers after an engineer was there and ask three short questions.",
  rules: [
    "Ask whether it is a good moment, and take no for an answer.",
    "One question at a time. Do not defend the company.",
    "Store each answer as it was given.",
  ],
  steps: [
    "Ask for two minutes.",
    "Ask for a mark from one to five.",
    "Ask what could have been better.",
    "Ask whether the line works now, then save_answers.",
  ],
  promptLength: 6_000,
  voice: { provider: "vapi", voiceId: "Paige" },
  language: "en",
  phone: { number: "+15550100913", name: "Northgrid survey" },
  tools: [
    {
      name: "save_answers",
      description: "Stores the answers of a survey.",
      properties: {
        mark: { type: "number", description: "Mark from 1 to 5" },
        comment: { type: "string", description: "What could have been better" },
        isSolved: { type: "boolean", description: "Whether the line works now" },
      },
    },
    {
      name: "create_ticket",
      description: "Opens a ticket for the support team.",
      properties: {
        subject: { type: "string", description: "What it is about" },
        priority: { type: "string", description: "low, normal or high" },
      },
    },
  ],
};

import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const surveyCaller: AssistantProfile = {
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

/** Outbound: three questions after an engineer's visit, one honest answer. */
export const satisfactionSurvey: Dialogue = {
  kind: "outbound",
  assistant: surveyCaller,
  variants: [
    { mark: "three", markNumber: 3, day: "Monday" },
    { mark: "two", markNumber: 2, day: "Tuesday" },
  ],
  turns: [
    { caller: "Yes, hello?" },
    {
      assistant:
        "Good afternoon, this is Paige from Northgrid. Our engineer was with you on {day}. Do you have two minutes for three questions?",
    },
    { caller: "Two minutes, okay. I'm cooking, so if you hear noises, that's me." },
    {
      assistant: "Thank you, I'll be quick. On a scale from one to five, how happy were you with the visit?",
    },
    { caller: "Hmm. {mark}." },
    { assistant: "Thank you. What could have been better?" },
    {
      caller:
        "Well, the man himself was friendly. But he came two hours late and nobody told me. I took half a day off for that.",
    },
    {
      assistant:
        "I understand, that is annoying. I'll write it down exactly so. Last question: does your line work now?",
    },
    { caller: "Mostly. In the evening it still drops, maybe once or twice." },
    { assistant: "Let me store that, and open a ticket so that somebody looks at the drops." },
    {
      tool: "save_answers",
      arguments: {
        mark: "{markNumber}",
        comment: "engineer friendly but two hours late without notice",
        isSolved: false,
      },
      result: { status: "stored" },
    },
    {
      tool: "create_ticket",
      arguments: { subject: "Line drops in the evening after engineer visit on {day}", priority: "normal" },
      result: { ticket: "S-22093", dueInHours: 48 },
    },
    { assistant: "A colleague will call you within two days about the drops. The ticket is S 22093." },
    { caller: "Good. I hope so." },
    { assistant: "Thank you for your time, {first}, and enjoy your meal." },
    { caller: "Thanks. Bye bye." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last} gave {markNumber} of 5: friendly engineer, two hours late without notice. The line still drops in the evening, ticket S-22093 opened.",
  structuredData: { intent: "survey", mark: "{markNumber}", isSolved: false, ticket: "S-22093" },
  isSuccess: true,
};

import { surveyCaller } from "@/scripts/simulator/assistants/survey-caller";
import type { Dialogue } from "@/scripts/simulator/dialogue";

/** We call: three questions after an engineer's visit, one honest answer. */
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

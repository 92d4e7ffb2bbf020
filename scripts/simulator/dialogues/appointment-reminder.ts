import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const reminderCaller: AssistantProfile = {
  name: "Appointment Reminders",
  version: "v9",
  company: "Brightwater Dental Clinic",
  role: "You call patients two days before their appointment and ask whether they are coming.",
  rules: [
    "Say who you are and why you call in the first sentence.",
    "If it does not suit, offer two other times.",
    "Keep it under a minute and a half.",
  ],
  steps: [
    "Make sure you speak to the right person.",
    "Name the day and the time.",
    "Confirm with confirm_appointment or move it.",
    "Thank them.",
  ],
  promptLength: 6_000,
  voice: { provider: "vapi", voiceId: "Lily" },
  language: "en",
  phone: { number: "+15550100912", name: "Brightwater reminders" },
  tools: [
    {
      name: "confirm_appointment",
      description: "Marks an appointment as confirmed.",
      properties: {
        appointmentId: { type: "string", description: "Id of the appointment" },
      },
    },
    {
      name: "check_availability",
      description: "Finds free appointments.",
      properties: {
        treatment: { type: "string", description: "Name" },
        day: { type: "string", description: "Day" },
      },
    },
  ],
};

/** Outbound: the appointment is confirmed, with a question about insurance. */
export const appointmentReminder: Dialogue = {
  kind: "outbound",
  assistant: reminderCaller,
  variants: [
    { day: "Thursday", time: "nine thirty", appointment: "A-5521" },
    { day: "Tuesday", time: "a quarter to four", appointment: "A-5610" },
  ],
  turns: [
    { caller: "Hello?" },
    { assistant: "Hello, this is Lily from Brightwater Dental. Am I speaking with {first} {last}?" },
    { caller: "Speaking." },
    {
      assistant:
        "I'm calling about your check-up on {day} at {time} with Doctor Reyes. Will you be able to come?",
    },
    { caller: "Oh right, that's this week already. Yes, I'll be there." },
    {
      tool: "confirm_appointment",
      arguments: { appointmentId: "{appointment}" },
      result: { status: "confirmed", appointmentId: "{appointment}" },
    },
    { assistant: "Wonderful, it's confirmed. Has anything changed with your insurance since last year?" },
    { caller: "Actually yes, I changed jobs. Should I bring the new card?" },
    { assistant: "Yes please, just bring it along and we'll update it at the desk." },
    { caller: "Okay. And how long will it take?" },
    { assistant: "About forty minutes with the cleaning. Shall I send you a text message with the address?" },
    { caller: "No need, I know where you are. Thanks for calling." },
    { assistant: "Thank you, {first}. See you on {day}." },
  ],
  endedReason: "assistant-ended-call",
  summary: "{first} {last} confirmed the check-up on {day} and will bring a new insurance card.",
  structuredData: {
    intent: "reminder",
    appointmentId: "{appointment}",
    isConfirmed: true,
    note: "new insurance card",
  },
  isSuccess: true,
};

import { reminderCaller } from "@/scripts/simulator/assistants/reminder-caller";
import type { Dialogue } from "@/scripts/simulator/dialogue";

/** We call: the appointment is confirmed, with a question about insurance. */
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

import type { Dialogue } from "@/scripts/simulator/dialogue";
import { clinicReception } from "@/scripts/simulator/dialogues/clinic-rescheduling";

/** A new patient with a toothache gets an early appointment. */
export const dentalBooking: Dialogue = {
  kind: "inbound",
  assistant: clinicReception,
  variants: [
    { day: "tomorrow", early: "eight forty", late: "half past two", clock: "08:40" },
    { day: "on Wednesday", early: "nine ten", late: "four o'clock", clock: "09:10" },
    { day: "on Friday", early: "eight fifteen", late: "one thirty", clock: "08:15" },
  ],
  turns: [
    { assistant: "Brightwater Dental, this is Nora. How can I help you?" },
    {
      caller:
        "Hi, yes, um, I've had a toothache since the weekend and I was hoping somebody could look at it.",
    },
    { assistant: "I'm sorry to hear that. Have you been to us before, or would this be your first visit?" },
    { caller: "First time. A colleague recommended you." },
    { assistant: "Welcome, then. Is there any swelling, or do you have a fever?" },
    { caller: "No, no swelling. It just hurts when I drink something cold, and at night." },
    { assistant: "Thank you. Let me see what I have for an urgent visit." },
    {
      tool: "check_availability",
      arguments: { treatment: "toothache", day: "next" },
      result: { day: "{day}", times: ["{early}", "{late}"], dentist: "Dr. Reyes", durationMinutes: 30 },
    },
    {
      assistant:
        "I could offer you {early} {day}, or {late} the same day, both with Doctor Reyes. Which one suits you better?",
    },
    { caller: "The early one, please. The sooner the better." },
    { assistant: "Of course. May I have your full name?" },
    { caller: "{first} {last}." },
    {
      assistant: "Thank you, {first}. And the number you are calling from, is it the best one to reach you?",
    },
    { caller: "Yes, that's my mobile." },
    {
      tool: "book_appointment",
      arguments: { name: "{first} {last}", day: "{day}", time: "{clock}" },
      result: { status: "booked", reference: "BW-2418", day: "{day}", time: "{clock}" },
    },
    {
      assistant:
        "You are booked for {early} {day} with Doctor Reyes. Please come ten minutes early to fill in the form, and bring a list of any medicine you take.",
    },
    { caller: "Will do. Is there parking?" },
    { assistant: "Yes, behind the building, free for two hours. Is there anything else I can do for you?" },
    { caller: "No, that's everything. Thanks a lot." },
    { assistant: "You're welcome. I hope it gets better soon. Goodbye." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last}, a new patient with a toothache since the weekend and no swelling, was booked with Dr. Reyes {day} at {clock} and told about the form and the parking.",
  structuredData: {
    intent: "booking",
    treatment: "toothache",
    isNewPatient: true,
    day: "{day}",
    time: "{clock}",
  },
  isSuccess: true,
};

import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

export const hotelDesk: AssistantProfile = {
  name: "Hotel Front Desk",
  version: "v3",
  company: "Harbour Lantern Hotel",
  role: "You are Elise at the front desk of a small hotel by the sea. You take reservations and answer questions about rooms, parking and breakfast.",
  rules: [
    "Friendly and brief; never more than two sentences.",
    "Quote prices per night with breakfast and say that tax is included.",
    "Spell the confirmation code letter by letter.",
  ],
  steps: [
    "Ask for the dates, the number of guests and nights.",
    "Check rooms with find_rooms and offer the quieter one first.",
    "Take name and e-mail, then reserve_room.",
    "Read back the dates and the code.",
  ],
  promptLength: 6_200,
  voice: { provider: "vapi", voiceId: "Clara" },
  language: "en",
  phone: { number: "+15550100902", name: "Harbour Lantern" },
  tools: [
    {
      name: "find_rooms",
      description: "Finds free rooms for a stay.",
      properties: {
        arrival: { type: "string", description: "First night, ISO date" },
        nights: { type: "number", description: "How many nights" },
        guests: { type: "number", description: "How many people" },
      },
    },
    {
      name: "reserve_room",
      description: "Reserves a room and sends the confirmation by e-mail.",
      properties: {
        room: { type: "string", description: "Room type" },
        arrival: { type: "string", description: "First night, ISO date" },
        nights: { type: "number", description: "How many nights" },
        name: { type: "string", description: "Full name" },
        email: { type: "string", description: "E-mail address" },
      },
    },
  ],
};

/** Three nights by the sea, with a question about the dog. */
export const hotelReservation: Dialogue = {
  kind: "inbound",
  assistant: hotelDesk,
  variants: [
    {
      arrival: "2026-05-14",
      spoken: "the fourteenth of May",
      code: "K R 7 9 2",
      booking: "KR792",
      price: 148,
    },
    {
      arrival: "2026-06-04",
      spoken: "the fourth of June",
      code: "T M 3 1 8",
      booking: "TM318",
      price: 162,
    },
  ],
  turns: [
    { assistant: "Harbour Lantern Hotel, Elise speaking. What can I do for you?" },
    { caller: "Good afternoon. I'd like a room from {spoken}, for three nights. There are two of us." },
    { assistant: "With pleasure. Let me see what is free for three nights from {spoken}." },
    {
      tool: "find_rooms",
      arguments: { arrival: "{arrival}", nights: 3, guests: 2 },
      result: {
        rooms: [
          { room: "garden double", pricePerNightUsd: "{price}", isQuiet: true },
          { room: "harbour double", pricePerNightUsd: 189, isQuiet: false },
        ],
      },
    },
    {
      assistant:
        "I have a quiet double to the garden for {price} dollars a night, or one with a view of the harbour for one hundred eighty-nine. Breakfast and tax are included in both.",
    },
    { caller: "Hmm. Is the harbour one loud?" },
    { assistant: "In the morning you do hear the boats from about six. The garden side is the calm one." },
    { caller: "Then the garden, please. And we have a small dog, is that all right?" },
    { assistant: "Yes, dogs are welcome. It's twelve dollars a night for the cleaning." },
    { caller: "That's fair." },
    { assistant: "Under which name may I reserve, and where shall I send the confirmation?" },
    { caller: "{first} {last}. And the e-mail is, uh, {first} dot {last} at example dot com." },
    {
      tool: "reserve_room",
      arguments: {
        room: "garden double",
        arrival: "{arrival}",
        nights: 3,
        name: "{first} {last}",
        email: "{first}.{last}@example.com",
      },
      result: { status: "reserved", code: "{booking}", freeCancellationUntil: "48 hours before arrival" },
    },
    {
      assistant:
        "It's reserved: the garden double from {spoken}, three nights, with your dog. Your code is {code}.",
    },
    { caller: "{code}. Got it. Can we cancel if something comes up?" },
    { assistant: "Free of charge until two days before you arrive. We look forward to seeing you." },
    { caller: "Thank you, so do we. Goodbye." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last} reserved the garden double for three nights from {arrival} for two guests and a small dog, code {booking}.",
  structuredData: {
    intent: "reservation",
    arrival: "{arrival}",
    nights: 3,
    guests: 2,
    hasDog: true,
    code: "{booking}",
  },
  isSuccess: true,
};

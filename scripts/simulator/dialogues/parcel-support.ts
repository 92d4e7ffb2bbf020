import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const parcelDesk: AssistantProfile = {
  name: "Parcel Desk",
  version: "v8",
  company: "Quickfinch Parcels",
  role: "You are Theo, who helps people find and redirect their parcels.",
  rules: [
    "Say where the parcel is before you say what can be done.",
    "Read tracking numbers back in groups of three.",
    "Do not promise an hour that the tool has not given.",
  ],
  steps: [
    "Ask for the tracking number.",
    "Look it up with lookup_parcel.",
    "Offer redelivery or a pick-up point.",
    "Book it with redirect_parcel and confirm.",
  ],
  promptLength: 6_000,
  voice: { provider: "vapi", voiceId: "Elliot" },
  language: "en",
  phone: { number: "+15550100903", name: "Quickfinch help line" },
  tools: [
    {
      name: "lookup_parcel",
      description: "Finds a parcel and its last scan.",
      properties: {
        trackingNumber: { type: "string", description: "Tracking number" },
      },
    },
    {
      name: "redirect_parcel",
      description: "Changes where or when a parcel is delivered.",
      properties: {
        trackingNumber: { type: "string", description: "Tracking number" },
        option: { type: "string", description: "redelivery, pick-up point or neighbour" },
        day: { type: "string", description: "Day of the new delivery" },
      },
    },
  ],
};

/** Asked on the website: a parcel that was not left with the neighbour. */
export const parcelSupport: Dialogue = {
  kind: "web",
  assistant: parcelDesk,
  variants: [
    { number: "QF 204 118 776", tracking: "QF204118776", day: "Thursday", depot: "Millbrook" },
    { number: "QF 391 640 052", tracking: "QF391640052", day: "Saturday", depot: "Eastgate" },
  ],
  turns: [
    { assistant: "Hi, this is Theo from Quickfinch. Do you have your tracking number at hand?" },
    { caller: "Yes. It's {number}." },
    { assistant: "{number}, thank you. Let me look." },
    {
      tool: "lookup_parcel",
      arguments: { trackingNumber: "{tracking}" },
      result: {
        status: "delivery attempted",
        at: "11:42",
        now: "depot {depot}",
        note: "nobody answered, card left",
      },
    },
    {
      assistant:
        "The driver rang at eleven forty-two, nobody answered, and the parcel is back at the depot in {depot}.",
    },
    { caller: "That's strange. I was home all morning. And there's no card either." },
    { assistant: "I'm sorry, that should not happen. I'll note it for the driver's supervisor." },
    { caller: "Okay, but I need it this week. It's a birthday present." },
    {
      assistant:
        "I can have it brought to you again, or you pick it up at a shop near you from tomorrow noon. Which would you like?",
    },
    { caller: "Is there a pick-up point that's open in the evening?" },
    {
      assistant:
        "Yes, the corner shop on Alder Street is open until nine. I could also ask for a delivery on {day} after five.",
    },
    { caller: "Delivery on {day} after five sounds better." },
    {
      tool: "redirect_parcel",
      arguments: { trackingNumber: "{tracking}", option: "redelivery", day: "{day}" },
      result: { status: "booked", day: "{day}", window: "17:00 to 20:00" },
    },
    {
      assistant:
        "It's booked: {day} between five and eight in the evening. You'll get a message when the driver is an hour away.",
    },
    { caller: "And if I miss it again?" },
    { assistant: "Then it goes to the shop on Alder Street and waits there for seven days." },
    { caller: "Fine. Thanks, Theo." },
    { assistant: "My pleasure. I hope the birthday is a good one." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "Parcel {tracking} went back to {depot} after a delivery attempt that the customer disputes. Redelivery booked for {day}, 17:00 to 20:00; complaint noted.",
  structuredData: { intent: "redelivery", trackingNumber: "{tracking}", day: "{day}", isComplaint: true },
  isSuccess: true,
};

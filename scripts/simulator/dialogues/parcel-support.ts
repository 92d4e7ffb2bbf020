import { parcelDesk } from "@/scripts/simulator/assistants/parcel-desk";
import type { Dialogue } from "@/scripts/simulator/dialogue";

/** A parcel that was not left with the neighbour, asked for on the website. */
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

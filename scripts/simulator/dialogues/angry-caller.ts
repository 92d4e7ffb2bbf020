import type { Dialogue } from "@/scripts/simulator/dialogue";
import { networkSupport } from "@/scripts/simulator/dialogues/internet-outage";

/** A third call about the same fault. The caller wants a person and gets one. */
export const angryCaller: Dialogue = {
  kind: "inbound",
  assistant: networkSupport,
  variants: [
    { postcode: "NE9 1AB", house: "42", days: "eleven days", ticket: "NG-54107" },
    { postcode: "BR7 3RD", house: "8", days: "two weeks", ticket: "NG-54880" },
  ],
  turns: [
    { assistant: "Northgrid support, this is Sam. What's going on with your line?" },
    { caller: "What's going on? You tell me. This is the third time I'm calling and it has been {days}." },
    {
      assistant:
        "I'm sorry that it has taken so long. Let me find your case. What's your postcode and house number?",
    },
    { caller: "I've given that to three people already. {postcode}, {house}. Write it down this time." },
    {
      tool: "check_line",
      arguments: { postcode: "{postcode}", house: "{house}" },
      result: { outage: null, signal: "weak", openTicket: "{ticket}", visits: ["missed", "missed"] },
    },
    {
      assistant:
        "Thank you. I can see ticket {ticket} and two visits that did not take place. That is not acceptable, and I apologise.",
    },
    { caller: "I took two days off work for that. Two days! Who's going to pay me for it?" },
    { assistant: "I can't decide that myself, but I can set out the case for compensation right now." },
    { caller: "No. No, I don't want to talk to a machine any more. Give me a human being." },
    {
      assistant:
        "I understand. I'm putting you through to Dana, who leads the team and has your case in front of her.",
    },
    { caller: "Finally." },
  ],
  endedReason: "assistant-forwarded-call",
  transferTo: "+15550100953",
  summary:
    "{first} {last} called for the third time about a line that has been weak for {days}; two visits were missed (ticket {ticket}). Asked for a person and was transferred to the team lead.",
  structuredData: { intent: "complaint", ticket: "{ticket}", sentiment: "angry", asksForHuman: true },
  isSuccess: false,
};

import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const billingSupport: AssistantProfile = {
  name: "Billing Support",
  version: "v2",
  company: "Northgrid Broadband",
  role: "You are Ruby from billing. You explain invoices, correct small mistakes and open a case for the rest.",
  rules: [
    "Say amounts in full and the month they belong to.",
    "Credit up to thirty dollars at once; more than that needs a case.",
    "Never argue. Look it up.",
  ],
  steps: [
    "Find the account with lookup_account.",
    "Explain the item in question.",
    "Credit it with apply_credit or open a case with create_ticket.",
    "Say when the customer will see it.",
  ],
  promptLength: 7_400,
  voice: { provider: "vapi", voiceId: "Savannah" },
  language: "en",
  phone: { number: "+15550100905", name: "Northgrid billing" },
  tools: [
    {
      name: "lookup_account",
      description: "Finds an account and its last three invoices.",
      properties: {
        accountNumber: { type: "string", description: "Account number" },
      },
    },
    {
      name: "apply_credit",
      description: "Credits an amount on the next invoice.",
      properties: {
        accountNumber: { type: "string", description: "Account number" },
        amountUsd: { type: "number", description: "Amount in US dollars" },
        reason: { type: "string", description: "Why" },
      },
    },
    {
      name: "create_ticket",
      description: "Opens a case for the billing team.",
      properties: {
        accountNumber: { type: "string", description: "Account number" },
        subject: { type: "string", description: "What it is about" },
      },
    },
  ],
};

/** A returned box is still on the invoice. */
export const billingDispute: Dialogue = {
  kind: "inbound",
  assistant: billingSupport,
  variants: [
    {
      account: "4471 2290",
      number: "44712290",
      amount: 18.9,
      spoken: "eighteen dollars ninety",
      month: "February",
    },
    {
      account: "9025 6613",
      number: "90256613",
      amount: 24.5,
      spoken: "twenty-four fifty",
      month: "March",
    },
  ],
  turns: [
    { assistant: "Northgrid billing, this is Ruby. How can I help?" },
    { caller: "Hi. I've been charged for a TV box that I sent back in January. It's on the bill again." },
    { assistant: "I'm sorry about that. What's your account number?" },
    { caller: "{account}." },
    { assistant: "Thank you. I'm opening your last invoices." },
    {
      tool: "lookup_account",
      arguments: { accountNumber: "{number}" },
      result: {
        name: "{first} {last}",
        invoices: [
          { month: "{month}", totalUsd: "71.40", items: ["broadband 52.50", "TV box rental {amount}"] },
        ],
        returns: [{ item: "TV box", receivedOn: "2026-01-19" }],
      },
    },
    {
      assistant:
        "I can see it, {first}. We received the box on the nineteenth of January, and {spoken} for it is still on your {month} invoice.",
    },
    { caller: "Exactly. And this is the second time I'm calling about it, by the way." },
    { assistant: "I'm sorry that you had to call twice. I'll take it off right now and stop the rental." },
    {
      tool: "apply_credit",
      arguments: { accountNumber: "{number}", amountUsd: "{amount}", reason: "TV box returned 2026-01-19" },
      result: { status: "credited", amountUsd: "{amount}", appearsOn: "next invoice" },
    },
    {
      tool: "create_ticket",
      arguments: {
        accountNumber: "{number}",
        subject: "Stop TV box rental, box returned in January, second contact",
      },
      result: { ticket: "C-80714", team: "billing", dueInHours: 24 },
    },
    {
      assistant:
        "Done. {spoken} is credited on your next invoice, and case C 80714 makes sure that the rental stops for good.",
    },
    { caller: "So I pay the full amount now and get it back next month? That's not really what I want." },
    {
      assistant:
        "You can pay the reduced amount. I've noted it, so there will be no reminder for the difference.",
    },
    { caller: "Okay. Can I have that in writing?" },
    { assistant: "Of course. An e-mail with the case number and the amount is on its way." },
    { caller: "Good. Then that's it from me." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last} was billed {amount} USD for a TV box returned in January, for the second time. Credited, rental stopped with case C-80714, confirmation by e-mail.",
  structuredData: {
    intent: "billing dispute",
    amountUsd: "{amount}",
    ticket: "C-80714",
    isRepeatContact: true,
  },
  isSuccess: true,
};

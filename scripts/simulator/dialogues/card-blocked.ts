import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const cardSupport: AssistantProfile = {
  name: "Card Support",
  version: "v31",
  company: "Lowell and Finch Bank",
  role: "You are Iris from the card desk. You find out why a card was declined, block lost cards and hand suspicions of fraud to a person.",
  rules: [
    "Never ask for the card number, the PIN or a code.",
    "Verify with the last four digits and the year of birth.",
    "If a payment is not the customer's, transfer at once.",
  ],
  steps: [
    "Verify the customer with verify_customer.",
    "List the last payments with recent_payments.",
    "Block the card with block_card if asked.",
    "Transfer to the fraud team when something is wrong.",
  ],
  promptLength: 8_200,
  voice: { provider: "vapi", voiceId: "Hana" },
  language: "en",
  phone: { number: "+15550100910", name: "Lowell and Finch cards" },
  tools: [
    {
      name: "verify_customer",
      description: "Verifies a customer without asking for secrets.",
      properties: {
        lastFour: { type: "string", description: "Last four digits of the card" },
        birthYear: { type: "string", description: "Year of birth" },
      },
    },
    {
      name: "recent_payments",
      description: "Lists the last payments of a card.",
      properties: {
        lastFour: { type: "string", description: "Last four digits of the card" },
      },
    },
    {
      name: "block_card",
      description: "Blocks a card.",
      properties: {
        lastFour: { type: "string", description: "Last four digits of the card" },
        reason: { type: "string", description: "lost, stolen or fraud" },
      },
    },
  ],
};

/** A card declined at the till and an unauthorized payment: handed over to the fraud team. */
export const cardBlocked: Dialogue = {
  kind: "inbound",
  assistant: cardSupport,
  variants: [
    {
      four: "8 8 1 4",
      lastFour: "8814",
      year: "nineteen eighty-six",
      birthYear: "1986",
      amount: 640,
      shop: "an electronics shop",
    },
    {
      four: "2 0 7 5",
      lastFour: "2075",
      year: "nineteen seventy-nine",
      birthYear: "1979",
      amount: 312,
      shop: "a travel site",
    },
  ],
  turns: [
    { assistant: "Lowell and Finch cards, this is Iris. How can I help you today?" },
    {
      caller:
        "My card was just declined in the supermarket, and I'm standing here with a full cart. This is so embarrassing.",
    },
    {
      assistant:
        "I'm sorry, let's sort it out quickly. Please tell me only the last four digits and your year of birth.",
    },
    { caller: "{four}, and {year}." },
    {
      tool: "verify_customer",
      arguments: { lastFour: "{lastFour}", birthYear: "{birthYear}" },
      result: { isVerified: true, name: "{first} {last}", cardStatus: "held by fraud detection" },
    },
    {
      tool: "recent_payments",
      arguments: { lastFour: "{lastFour}" },
      result: {
        payments: [
          { amountUsd: "{amount}", at: "09:12", merchant: "{shop}", country: "abroad" },
          { amountUsd: 41.2, at: "yesterday", merchant: "pharmacy" },
        ],
      },
    },
    {
      assistant:
        "Thank you, {first}. The card is on hold because of a payment of {amount} dollars at {shop} abroad, at nine twelve this morning. Was that you?",
    },
    { caller: "What? No. Absolutely not. I've been at work all morning." },
    { assistant: "Then it was right to stop it. I'm blocking the card now, so nothing more can be taken." },
    {
      tool: "block_card",
      arguments: { lastFour: "{lastFour}", reason: "fraud" },
      result: { status: "blocked", replacement: "ordered", arrivesInDays: 3 },
    },
    { caller: "Did they get the money? Am I going to lose that?" },
    {
      assistant:
        "The payment is not booked yet. Our fraud team can stop it, and they'd like to ask you two questions. May I connect you?",
    },
    { caller: "Yes, do that, please." },
    { assistant: "A new card is on its way and will be there in three days. I'm connecting you now." },
  ],
  endedReason: "assistant-forwarded-call",
  transferTo: "+15550100952",
  summary:
    "{first} {last} disputes a payment of {amount} USD at {shop}. Card {lastFour} blocked, replacement ordered, call handed to the fraud team.",
  structuredData: { intent: "card declined", lastFour: "{lastFour}", isFraud: true, amountUsd: "{amount}" },
  isSuccess: true,
};

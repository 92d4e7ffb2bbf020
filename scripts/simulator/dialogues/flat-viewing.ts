import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const rentalIntake: AssistantProfile = {
  name: "Rental Intake",
  version: "v14",
  company: "Cedar and Quay Lettings",
  role: "You are Sophie, who takes enquiries about flats to let and arranges viewings.",
  rules: [
    "Curious and helpful, never pushy.",
    "Ask for one thing at a time: area, bedrooms, budget, move-in date.",
    "Only name flats that the search has returned.",
  ],
  steps: [
    "Find out what the caller is looking for.",
    "Search with find_listings and describe the best two.",
    "Arrange a viewing with book_viewing.",
    "Say what to bring.",
  ],
  promptLength: 36_000,
  voice: { provider: "11labs", voiceId: "sQ4aSample2", model: "eleven_turbo_v2_5" },
  language: "en",
  phone: { number: "+15550100906", name: "Cedar and Quay" },
  tools: [
    {
      name: "find_listings",
      description: "Finds flats to let.",
      properties: {
        area: { type: "string", description: "Part of town" },
        bedrooms: { type: "number", description: "Number of bedrooms" },
        maxRentUsd: { type: "number", description: "Highest rent per month" },
      },
    },
    {
      name: "book_viewing",
      description: "Books a viewing with an agent.",
      properties: {
        listingId: { type: "string", description: "Id of the flat" },
        day: { type: "string", description: "Day" },
        time: { type: "string", description: "Time" },
        name: { type: "string", description: "Full name" },
      },
    },
  ],
};

/** Someone is looking for a flat and books a viewing. */
export const flatViewing: Dialogue = {
  kind: "inbound",
  assistant: rentalIntake,
  variants: [
    {
      area: "Riverside",
      budget: "1,600",
      maxRent: 1600,
      rent: 1540,
      street: "12 Tannery Lane",
      listing: "CQ-118",
      day: "Tuesday",
      time: "half past five",
      clock: "17:30",
    },
    {
      area: "Old Mill",
      budget: "1,900",
      maxRent: 1900,
      rent: 1875,
      street: "4 Weaver Court",
      listing: "CQ-203",
      day: "Saturday",
      time: "eleven",
      clock: "11:00",
    },
  ],
  turns: [
    {
      assistant:
        "Thanks for calling Cedar and Quay, this is Sophie. Are you looking for a place, or do you rent with us already?",
    },
    { caller: "I'm looking. A two bedroom flat, ideally around {area}." },
    { assistant: "Lovely area. What would you like to spend at most each month?" },
    { caller: "Up to {budget}, with heating if possible." },
    { assistant: "And when would you like to move in?" },
    { caller: "First of next month would be perfect, but I'm, I'm flexible by a few weeks." },
    { assistant: "Great. Let me search for you." },
    {
      tool: "find_listings",
      arguments: { area: "{area}", bedrooms: 2, maxRentUsd: "{maxRent}" },
      result: {
        count: 2,
        results: [
          {
            id: "{listing}",
            address: "{street}",
            bedrooms: 2,
            bathrooms: 1,
            rentUsd: "{rent}",
            floor: 3,
            lift: true,
            pets: "on request",
            description:
              "Bright corner flat with a balcony to the courtyard, fitted kitchen, cellar, bicycle room. Heating and water included. Ten minutes on foot to the station.",
          },
          {
            id: "CQ-131",
            address: "27 Orchard Row",
            bedrooms: 2,
            bathrooms: 1,
            rentUsd: 1490,
            floor: 0,
            lift: false,
            pets: "no",
            description:
              "Ground floor flat with a small terrace, newly painted, gas heating paid separately, parking space for rent.",
          },
        ],
      },
    },
    {
      assistant:
        "I have two. The first is on the third floor at {street}, bright, with a balcony, {rent} dollars with heating included.",
    },
    {
      assistant:
        "The other is a ground floor flat on Orchard Row with a small terrace for fourteen ninety, heating not included.",
    },
    {
      caller:
        "The first one sounds nice. Is there a lift? My mother visits a lot and stairs are difficult for her.",
    },
    { assistant: "Yes, there is a lift. Would you like to see it?" },
    { caller: "Yes. After work would be best, or on the weekend." },
    { assistant: "The agent could meet you on {day} at {time}. Does that work?" },
    { caller: "{day} at {time}, yes." },
    { assistant: "Wonderful. What's your full name, please?" },
    { caller: "{first} {last}, spelled the usual way." },
    {
      tool: "book_viewing",
      arguments: { listingId: "{listing}", day: "{day}", time: "{clock}", name: "{first} {last}" },
      result: {
        status: "booked",
        agent: "Emil",
        meetAt: "{street}, front door",
        bring: ["photo id", "last two payslips"],
      },
    },
    {
      assistant:
        "You're booked: {day} at {time}, {street}, Emil will meet you at the front door. Please bring an ID and your last two payslips.",
    },
    { caller: "Perfect. Is there a deposit?" },
    { assistant: "Two months' rent, paid when you sign. Nothing for the viewing." },
    { caller: "Okay, thank you Sophie." },
    { assistant: "Thank you, {first}. See you on {day}." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last} wants a two-bedroom flat near {area} up to {budget} USD. Viewing of {listing} ({street}) booked for {day} at {clock}; a lift matters.",
  structuredData: {
    intent: "viewing",
    area: "{area}",
    bedrooms: 2,
    maxRent: "{maxRent}",
    listing: "{listing}",
    viewing: "{day} {clock}",
  },
  isSuccess: true,
};

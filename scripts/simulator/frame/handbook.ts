const subjects = [
  "a caller who cannot give a reference number",
  "a caller who rings on behalf of somebody else",
  "a caller who asks for the same thing a second time",
  "a request outside opening hours",
  "a change asked for less than twenty-four hours ahead",
  "a complaint about an earlier call",
  "a caller who gives two different addresses",
  "a caller who wants the answer in writing",
  "a line with a lot of noise on it",
  "a caller who goes quiet",
  "a question about prices",
  "a caller who asks whether this is a recording",
  "a message for a member of staff",
];

const duties = [
  "repeat what you have understood in one short sentence and wait for a yes",
  "look the record up again before you answer, and never answer from memory",
  "offer two dates at most, the earlier one first",
  "say plainly that you cannot see this from here and open a ticket",
  "ask for the postcode and the year of birth, one after the other",
  "apologise once, then go on with the next step",
  "read figures digit by digit and dates with the day of the week",
  "keep to one question at a time and leave room for the answer",
  "promise nothing that the tool has not confirmed",
];

const limits = [
  "Do not ask for card numbers, passwords or codes, whatever the caller offers.",
  "If it comes up twice, hand the call to a person.",
  "Note it in the summary at the end of the call.",
  "Keep it under fifteen seconds of speech.",
  "Use the caller's first name once, not more.",
];

/** One numbered paragraph of the house rules that long system prompts are full of. */
export function handbookParagraph(index: number): string {
  const subject = subjects[index % subjects.length];
  const duty = duties[index % duties.length];
  const limit = limits[index % limits.length];
  const number = `${Math.floor(index / 12) + 1}.${(index % 12) + 1}`;
  return `### ${number} When you meet ${subject}\nWith ${subject}, ${duty}. ${limit}`;
}

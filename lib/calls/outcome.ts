/** What became of a delivery. The first three are kept in the event log, the fourth is already there. */
export const outcomes = ["recorded", "unknown", "malformed", "duplicate"] as const;

export type Outcome = (typeof outcomes)[number];

/** Distance between ranks: more than any epoch millisecond, while three of them stay below 2^53. */
const rankStep = 1e14;

/** Rank of facts that any event implies without stating them. */
export const weakestRank = 1;

/**
 * Rank of a fact where the newest wins: epoch milliseconds within `rank`. Any fact of a higher rank beats all of a
 * lower one.
 */
export const newest = (at: Date, rank = 0) => rank * rankStep + at.getTime();

/** The same where the earliest wins. */
export const earliest = (at: Date, rank = 0) => rank * rankStep - at.getTime();

/** Ranks are this far apart: more than any epoch millisecond, and three of them stay below 2^53. */
const rankStep = 1e14;

/** Of what any event says without stating it. */
export const weakestRank = 1;

/**
 * Rank of a fact where the newest wins, in whole milliseconds since 1970 below `rank`:
 * any fact of a higher rank beats all of a lower one.
 */
export const newest = (at: Date, rank = 0) => rank * rankStep + at.getTime();

/** The same where the earliest wins. */
export const earliest = (at: Date, rank = 0) => rank * rankStep - at.getTime();

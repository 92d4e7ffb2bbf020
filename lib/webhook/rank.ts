/** Distance between ranks: more than any epoch millisecond, while three of them stay below 2^53. */
const rankStep = 1e14;

/** Rank of facts that any event implies without stating them. */
export const weakestRank = 1;

/** Rank of what speech implies: that the call was answered, even if the event that stated it was lost. */
export const answeredRank = 1e12;

/** Rank of a status from before the call is answered: the newest wins, to 10 ms, and `answeredRank` beats them all. */
export const beforeAnswer = (at: Date) => Math.floor(at.getTime() / 10);

/** Whether an event of this rank states its status, instead of implying it. */
export const isStated = (statusRank: number) => statusRank !== weakestRank && statusRank !== answeredRank;

/**
 * Rank of a fact where the newest wins: epoch milliseconds within `rank`. Any fact of a higher rank beats all of a
 * lower one.
 */
export const newest = (at: Date, rank = 0) => rank * rankStep + at.getTime();

/** The same where the earliest wins. */
export const earliest = (at: Date, rank = 0) => rank * rankStep - at.getTime();

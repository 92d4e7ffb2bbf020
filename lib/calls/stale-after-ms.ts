/** Without an event for this long a live call is stale: it may have ended without a word, so its silence says nothing. */
export const staleAfterMs = 5 * 60_000;

/** A voice that began, never stopped, and has given no other sign for this long: its stop was lost. */
export const longestWithoutSignMs = 60_000;

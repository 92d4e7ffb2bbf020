/** Column layout for the header and every row of the event log; in a narrow container each row is a small card. */
export const eventRowGrid =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 @4xl:grid-cols-[6.5rem_minmax(9rem,1.2fr)_9rem_minmax(7rem,1fr)_4.5rem_4.5rem_minmax(8rem,1.6fr)] @7xl:grid-cols-[6.5rem_minmax(9rem,1.2fr)_9rem_minmax(7rem,1fr)_minmax(7rem,0.8fr)_4.5rem_4.5rem_minmax(8rem,1.8fr)]";

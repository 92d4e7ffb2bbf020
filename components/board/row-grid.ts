/**
 * The columns of the board, for its head and every row: by the room there is, not by the screen, for a call may be open
 * beside. Where there is little a row is a small card.
 */
export const rowGrid =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 @4xl:grid-cols-[12.5rem_7rem_minmax(8.5rem,1fr)_minmax(8rem,1fr)_4rem_minmax(12rem,2.6fr)] @6xl:grid-cols-[12.5rem_9rem_minmax(9rem,1fr)_minmax(8rem,1fr)_4rem_minmax(12rem,2.6fr)_minmax(0,9.5rem)]";

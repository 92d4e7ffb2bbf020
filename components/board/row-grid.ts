/** The columns of the board, for its head and every row. On a phone a row is a small card. */
export const rowGrid =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 lg:grid-cols-[13.5rem_minmax(9rem,1fr)_minmax(8rem,1fr)_4.5rem_minmax(12rem,2.6fr)_minmax(0,8rem)]";

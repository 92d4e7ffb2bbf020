/** The columns of the list, for its head and every row; where there is little room a row is a small card. */
export const conversationGrid =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 @3xl:grid-cols-[minmax(10rem,1fr)_4rem_6rem_8rem_minmax(0,20rem)]";

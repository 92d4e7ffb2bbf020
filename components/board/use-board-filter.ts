"use client";

import { useQueryStates } from "nuqs";
import { boardParsers } from "@/components/board/board-filter";

/** The board's part of the URL, and the way to change it. */
export function useBoardFilter() {
  return useQueryStates(boardParsers, { history: "replace" });
}

"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

/** The tabs beside a call, by their name in the URL. */
export const callTabs = ["summary", "performance", "context", "events", "caller"] as const;

export type CallTab = (typeof callTabs)[number];

/** The tab beside the call that is open, and how to open another: resolves when the URL says so, a moment later. */
export function useCallTab() {
  return useQueryState("tab", parseAsStringLiteral(callTabs).withDefault("summary"));
}

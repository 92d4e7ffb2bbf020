"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

/** The tabs next to a call, by their name in the URL. */
export const callTabs = ["summary", "performance", "context", "events", "caller"] as const;

export type CallTab = (typeof callTabs)[number];

/** The open tab and a setter, which resolves once the URL has changed. */
export function useCallTab() {
  return useQueryState("tab", parseAsStringLiteral(callTabs).withDefault("summary"));
}

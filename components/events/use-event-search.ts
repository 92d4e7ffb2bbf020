"use client";

import { useQueryStates } from "nuqs";
import { eventParsers } from "@/components/events/event-search";
import type { EventSearch } from "@/lib/events/queries";

/** The event log's part of the URL: what is asked for, which event is open, and the way to change either. */
export function useEventSearch() {
  const [{ event, outcome, last, ...texts }, set] = useQueryStates(eventParsers, { history: "replace" });
  const search: EventSearch = { ...texts, outcome: outcome ?? "", last: last ?? "" };
  const isNarrowed = Object.values(search).some((value) => value !== "");
  const clear = () =>
    set({ type: null, outcome: null, callId: null, conversation: null, last: null, from: null, to: null });
  return { search, openKey: event, isNarrowed, set, clear };
}

import type { EventSearch } from "@/lib/events/events-query";

const names = ["type", "outcome", "callId", "conversation", "last", "from", "to"] as const;

/** The filter of the event log out of a page's search parameters, as the browser will read it. */
export function toEventSearch(params: Readonly<Record<string, string | string[] | undefined>>): EventSearch {
  const read = (name: (typeof names)[number]) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  return {
    type: read("type"),
    outcome: read("outcome"),
    callId: read("callId"),
    conversation: read("conversation"),
    last: read("last"),
    from: read("from"),
    to: read("to"),
  };
}

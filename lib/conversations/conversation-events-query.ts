import { eventsQuery } from "@/lib/events/events-query";

/** The deliveries to a conversation's URL, newest first; asked for anew every ten seconds. */
export function conversationEventsQuery(uuid: string) {
  const search = { type: "", outcome: "", callId: "", conversation: uuid, last: "", from: "", to: "" };
  return { ...eventsQuery(search), staleTime: 10_000, refetchInterval: 10_000 };
}

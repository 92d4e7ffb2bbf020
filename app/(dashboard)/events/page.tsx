import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { EventLog } from "@/components/events/event-log";
import { db } from "@/db/client";
import { listEvents } from "@/db/queries/events/read";
import { requireUser } from "@/lib/auth/server/session";
import { eventFilterSchema } from "@/lib/events/event";
import { eventsQuery, toEventSearch } from "@/lib/events/queries";
import { knownTypes } from "@/lib/webhook/server/registry";

export const metadata: Metadata = { title: "Event log" };

/** Every delivery, whatever its outcome. */
export default async function EventsPage({ searchParams }: PageProps<"/events">) {
  await requireUser("events.view");
  const search = toEventSearch(await searchParams);
  const queryClient = new QueryClient();
  // If the URL's filter is invalid, nothing is prefetched: the browser asks the API and shows its error.
  const filter = eventFilterSchema.safeParse(search).data;
  if (filter) {
    queryClient.setQueryData(eventsQuery(search).queryKey, {
      pages: [await listEvents(db, filter)],
      pageParams: [""],
    });
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <EventLog types={knownTypes.toSorted()} />
    </HydrationBoundary>
  );
}

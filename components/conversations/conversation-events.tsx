"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { EventTime } from "@/components/events/event-time";
import { OutcomeMark } from "@/components/events/outcome-mark";
import { Link } from "@/components/ui/link";
import { Panel, Skeleton } from "@/components/ui/panel";
import { conversationEventsQuery } from "@/lib/conversations/queries";

const shown = 20;

/** The newest events sent to a conversation's URL. The event log has all of them. */
export function ConversationEvents({ uuid }: { uuid: string }) {
  const { data, error } = useInfiniteQuery(conversationEventsQuery(uuid));
  const events = data?.pages[0]?.events ?? [];
  return (
    <Panel
      title="Events"
      aside={
        <Link href={`/events?conversation=${uuid}`} className="text-accent underline">
          All in the event log
        </Link>
      }
    >
      {error && (
        <p role="alert" className="text-danger">
          Could not load events: {error.message}
        </p>
      )}
      {!data && !error && <Skeleton className="h-16" />}
      {data && events.length === 0 && <p className="text-muted">No events have arrived at this URL yet.</p>}
      {events.length > 0 && (
        <ul aria-label="Events" className="divide-y divide-line">
          {events.slice(0, shown).map((event) => (
            <li key={event.key} className="grid grid-cols-[minmax(0,1fr)_auto_auto] gap-x-3 py-1 text-xs">
              <span className="truncate">{event.type}</span>
              <OutcomeMark event={event} />
              <span className="text-muted">
                <EventTime at={event.receivedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

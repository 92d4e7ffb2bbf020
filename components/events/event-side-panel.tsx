"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { leavesTrail } from "@/components/calls/list-trail";
import { EventFacts } from "@/components/events/event-facts";
import { ReplayPanel } from "@/components/events/replay-panel";
import { IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import { Link } from "@/components/ui/link";
import { Panel, Skeleton } from "@/components/ui/panel";
import type { EventDetail } from "@/lib/events/event";
import { eventQuery } from "@/lib/events/queries";

/** Errors of a malformed event, field by field. */
export function EventIssues({ issues }: Pick<EventDetail, "issues">) {
  return (
    <Panel title="Errors">
      <ul className="grid gap-1.5">
        {issues.map(({ path, message }) => (
          <li key={`${path} ${message}`} className="wrap-anywhere">
            <code className="font-mono text-xs">{path || "message"}</code>: {message}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** One event in the side panel: what is stored of it, its errors, and the response it got. */
export function EventSidePanel({ eventKey, onClose }: { eventKey: string; onClose: () => void }) {
  const { data: event, error } = useQuery(eventQuery(eventKey));
  return (
    <aside
      aria-label="Event details"
      className="flex min-h-0 flex-col border-line border-l bg-surface max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:w-[min(32rem,100vw)] max-xl:shadow-2xl motion-safe:animate-slide-in"
      {...leavesTrail("Events", event?.callId ? [event.callId] : [])}
    >
      <header className="flex items-center gap-2 border-line border-b py-2 pr-2 pl-3 sm:pl-4">
        <h2 className="min-w-0 grow truncate font-semibold">{event?.type ?? "Event"}</h2>
        <IconButton label="Close" shortcut="Esc" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="relative min-h-0 grow overflow-y-auto">
        {error && (
          <p role="alert" className="p-4">
            {error.message}
          </p>
        )}
        {!event && !error && <Skeleton className="m-4 h-64" />}
        {event && (
          <>
            <EventFacts event={event} />
            {event.issues.length > 0 && <EventIssues issues={event.issues} />}
            <ReplayPanel eventKey={event.key} callId={event.callId} />
            <Panel
              title="Message"
              aside={<CopyButton text={JSON.stringify(event.message, null, 2)} what="message" />}
            >
              <Json label="Message as JSON" value={event.message} />
              <p className="pt-2 text-muted text-xs">
                Without secrets and the parts repeated in every event of a call.
                {event.callId && (
                  <>
                    {" "}
                    <Link href={`/calls/${event.callId}`} className="underline">
                      Open call{" "}
                    </Link>
                  </>
                )}
              </p>
            </Panel>
            <Panel
              title="Response"
              aside={<CopyButton text={JSON.stringify(event.answer ?? {}, null, 2)} what="answer" />}
            >
              <Json label="Response as JSON" value={event.answer ?? {}} />
            </Panel>
          </>
        )}
      </div>
    </aside>
  );
}

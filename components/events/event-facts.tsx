"use client";

import { LocalTime } from "@/components/clock/local-time";
import { EventTime } from "@/components/events/event-time";
import { OutcomeMark } from "@/components/events/outcome-mark";
import { useEventSearch } from "@/components/events/use-event-log";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Figures } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { EventDetail } from "@/lib/events/event";
import { formatBytes, formatMs } from "@/lib/format";

/** Facts about an event apart from its message. */
export function EventFacts({ event }: { event: EventDetail }) {
  const { set } = useEventSearch();
  const { callId, conversationUuid, repeats, repeatedAt } = event;
  return (
    <Panel title="Delivery">
      <Figures
        rows={[
          ["Outcome", <OutcomeMark key="outcome" event={event} />],
          ["Received", <EventTime key="received" at={event.receivedAt} />],
          ["Stamped by Vapi", <EventTime key="at" at={event.at} />],
          ["Size", formatBytes(event.bytes)],
          ["Answered in", event.tookMs === null ? "not measured" : formatMs(event.tookMs)],
          [
            "Duplicates",
            repeatedAt && (
              <>
                {repeats}×, last <LocalTime at={repeatedAt} />
              </>
            ),
          ],
          [
            "Call",
            callId && (
              <Link key="call" href={`/calls/${callId}`} className="underline">
                {event.callTitle ?? callId}
              </Link>
            ),
          ],
          [
            "Conversation",
            conversationUuid && <Id key="conversation" id={conversationUuid} what="conversation id" />,
          ],
          ["Event", <Id key="key" id={event.key} what="event key" />],
        ]}
      />
      <div className="flex flex-wrap gap-2 pt-3">
        {callId && (
          <Button size="small" onClick={() => set({ callId })}>
            Only this call
          </Button>
        )}
        {conversationUuid && (
          <Button size="small" onClick={() => set({ conversation: conversationUuid })}>
            Only this conversation
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Id({ id, what }: { id: string; what: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="min-w-0 truncate font-mono text-xs">{id}</span>
      <CopyButton text={id} what={what} />
    </span>
  );
}

"use client";

import { type Ref, useEffect, useImperativeHandle, useState } from "react";
import { flushSync } from "react-dom";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { EventRow } from "@/components/events/event-row";
import { eventRowGrid } from "@/components/events/event-row-grid";
import { classNames } from "@/components/ui/class-names";
import type { EventEntry } from "@/lib/events/event";

const heads = [
  "Received",
  "Type",
  "Outcome",
  "Call",
  "Conversation",
  "Size",
  "Answered in",
  "Response / error",
];

/** Column names; on a phone, where rows are cards, only for screen readers. */
export function EventRowsHead() {
  return (
    <thead className="sticky top-0 z-10 block bg-surface @max-4xl:sr-only">
      <tr
        className={classNames(eventRowGrid, "border-line border-b px-4 py-1.5 text-left text-muted text-xs")}
      >
        {heads.map((head) => (
          <th
            key={head}
            scope="col"
            className={classNames(
              "truncate font-normal",
              (head === "Size" || head === "Answered in") && "text-right",
              head === "Conversation" && "@4xl:@max-7xl:hidden",
            )}
          >
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Controls a list of events from outside. */
export interface EventRowsHandle {
  focus: (key: string) => void;
  toTop: () => void;
}

interface EventRowsProps {
  events: readonly EventEntry[];
  currentKey: string | null;
  openKey: string;
  onFocus: (key: string) => void;
  onOpen: (key: string) => void;
  /** Called when the last rows scroll into view. */
  onEnd: () => void;
  /** Reports whether the list is scrolled to the top. */
  onScroll: (isAtTop: boolean) => void;
  ref: Ref<EventRowsHandle>;
}

/** The event log as a table. Only visible rows are in the DOM, however many events there are. */
export function EventRows(props: EventRowsProps) {
  const { events, currentKey, openKey, onFocus, onOpen, onEnd, onScroll, ref } = props;
  const [atFirst] = useState(() => new Set(events.map(({ key }) => key)));
  const { scroller, measure, items, paddingTop, paddingBottom, scrollTo } = useVirtualList({
    count: events.length,
    getKey: (index) => events[index]?.key ?? "",
    itemHeight: 36,
  });
  useImperativeHandle(ref, () => ({
    focus(key) {
      flushSync(() => scrollTo(events.findIndex((event) => event.key === key)));
      scroller.current?.querySelector<HTMLElement>(`[data-event="${CSS.escape(key)}"] button`)?.focus();
    },
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
  }));
  const isEndSeen = (items.at(-1)?.index ?? 0) >= events.length - 1;
  useEffect(() => {
    if (isEndSeen) onEnd();
  }, [isEndSeen, onEnd]);

  const firstAtStart = events.findIndex(({ key }) => atFirst.has(key));
  const tabKey = items.some(({ key }) => key === currentKey) ? currentKey : items[0]?.key;
  return (
    <div
      ref={scroller}
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollTop < 8)}
      className="h-full overflow-y-auto overscroll-contain"
    >
      <table aria-label="Events" aria-rowcount={events.length + 1} className="block w-full">
        <EventRowsHead />
        <tbody className="block bg-surface" style={{ paddingTop, paddingBottom }}>
          {items.map(({ index, key }) => {
            const event = events[index];
            return (
              event && (
                <EventRow
                  key={key}
                  ref={measure}
                  event={event}
                  index={index}
                  isCurrent={key === tabKey}
                  isOpen={key === openKey}
                  isNew={index < firstAtStart}
                  onFocus={onFocus}
                  onOpen={onOpen}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

import { memo, type Ref } from "react";
import { eventRowGrid } from "@/components/events/event-row-grid";
import { EventTime } from "@/components/events/event-time";
import { OutcomeMark } from "@/components/events/outcome-mark";
import { classNames } from "@/components/ui/class-names";
import type { EventEntry } from "@/lib/events/event";
import { formatBytes, formatMs } from "@/lib/format";

interface EventRowProps {
  event: EventEntry;
  index: number;
  /** Whether the row is the list's tab stop. */
  isCurrent: boolean;
  isOpen: boolean;
  /** Whether it arrived while the log was open. */
  isNew: boolean;
  onFocus: (key: string) => void;
  onOpen: (key: string) => void;
  ref: Ref<HTMLTableRowElement>;
}

export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { event, index, isCurrent, isOpen, isNew, onFocus, onOpen, ref } = props;
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      data-event={event.key}
      className={classNames(
        eventRowGrid,
        "relative items-center border-line border-b px-3 py-1.5 sm:px-4 @4xl:h-9 @4xl:py-0",
        isOpen ? "bg-accent-soft" : "hover:bg-hover has-focus-visible:bg-hover",
        isNew && "motion-safe:animate-arrive",
      )}
    >
      <td className="text-muted text-xs @max-4xl:order-1 @max-4xl:text-right">
        <EventTime at={event.receivedAt} />
      </td>
      <td className="min-w-0 font-medium">
        <button
          type="button"
          tabIndex={isCurrent ? 0 : -1}
          aria-pressed={isOpen}
          onFocus={() => onFocus(event.key)}
          onClick={() => onOpen(event.key)}
          className="block max-w-full truncate text-left outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {event.type}
        </button>
      </td>
      <td className="truncate text-xs @max-4xl:order-2">
        <OutcomeMark event={event} />
      </td>
      <td className="truncate text-xs first-letter:uppercase @max-4xl:order-4 @max-4xl:col-span-2">
        {event.callTitle ?? event.callId ?? "no call"}
      </td>
      <td className="truncate font-mono text-muted text-xs @max-7xl:hidden">{event.conversationUuid}</td>
      <td className="text-right text-muted text-xs @max-4xl:hidden">{formatBytes(event.bytes)}</td>
      <td className="text-right text-muted text-xs @max-4xl:order-3">
        {event.tookMs === null ? <span title="not measured">–</span> : formatMs(event.tookMs)}
      </td>
      <td
        className={classNames(
          "truncate text-muted text-xs @max-4xl:order-5 @max-4xl:col-span-2",
          // A card says only what is worth a line.
          !event.problem && !event.answer && "@max-4xl:sr-only",
        )}
      >
        {event.problem ? <span className="text-danger">{event.problem}</span> : (event.answer ?? "{}")}
      </td>
    </tr>
  );
});

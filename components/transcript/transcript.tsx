"use client";

import { ArrowDown, Wrench } from "lucide-react";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Bubble } from "@/components/transcript/bubble";
import { MarkRow } from "@/components/transcript/mark-row";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Json } from "@/components/ui/json";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ToolCall } from "@/lib/calls/parts";
import type { Bubble as BubbleContent, CallMoment } from "@/lib/calls/transcript";
import { formatSeconds } from "@/lib/format";

/** A tool the assistant used: what it asked, what it was told, and how long the caller waited for it. */
export function ToolRow({ toolCall }: { toolCall: ToolCall }) {
  const { name, askedAt, answeredAt, error, result } = toolCall;
  return (
    <details className="mx-auto w-full max-w-xl rounded-md border border-line bg-raised text-xs">
      <summary className="flex cursor-pointer items-center gap-2 rounded-md px-2.5 py-1.5">
        <Wrench aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="truncate font-medium">{name}</span>
        <span
          className={
            error === null ? "ml-auto whitespace-nowrap text-muted" : "ml-auto whitespace-nowrap text-danger"
          }
        >
          {outcome(toolCall)}
          {answeredAt && ` · ${formatSeconds(Date.parse(answeredAt) - Date.parse(askedAt))}`}
        </span>
      </summary>
      <div className="grid gap-2 border-line border-t px-2.5 py-2">
        <Json label={`Arguments of ${name}`} value={toolCall.arguments} />
        {(error ?? result) !== null && (
          <p dir="auto" className="wrap-anywhere">
            {error ?? result}
          </p>
        )}
        {toolCall.warnings?.map((warning) => (
          <p key={warning} className="wrap-anywhere text-waiting">
            Warning: {warning}
          </p>
        ))}
      </div>
    </details>
  );
}

function outcome({ answeredAt, error }: ToolCall): string {
  if (answeredAt === null) return "waiting for the answer";
  return error === null ? "answered" : "failed";
}

/** Pixels from the end that still count as being there. */
const nearPx = 40;

interface StickToEnd {
  scroller: RefObject<HTMLElement | null>;
  /** Something came at the end while the reader was further up. */
  isBehind: boolean;
  catchUp: () => void;
}

/** Keeps a scroller at its end while `isLive`, and holds still once the reader has scrolled up. */
export function useStickToEnd(isLive: boolean, count: number): StickToEnd {
  const scroller = useRef<HTMLElement>(null);
  const [countLeftAt, setCountLeftAt] = useState<number | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !isLive) return;
    const stick = () => {
      element.scrollTop = element.scrollHeight;
    };
    if (countLeftAt === null) stick();
    const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    const onScroll = () => setCountLeftAt((before) => (isAtEnd() ? null : (before ?? count)));
    // A bubble may grow without a new item: partials replace each other in place.
    const growth = new MutationObserver(() => countLeftAt === null && stick());
    growth.observe(element, { childList: true, subtree: true, characterData: true });
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      growth.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [isLive, count, countLeftAt]);

  return {
    scroller,
    isBehind: isLive && countLeftAt !== null && count > countLeftAt,
    catchUp: () => setCountLeftAt(null),
  };
}

interface TranscriptProps {
  items: readonly (BubbleContent | CallMoment)[];
  /** Epoch ms of the call's start. */
  from: number;
  /** What the voice that is not the assistant's is called. */
  caller: string;
  isLive: boolean;
  /** The item the timeline points at. */
  chosenId: string | null;
  onChoose: (at: number) => void;
}

/** What was said and what happened. Follows a live call, and stays where it is once the reader has scrolled up. */
export function Transcript({ items, from, caller, isLive, chosenId, onChoose }: TranscriptProps) {
  const { scroller, isBehind, catchUp } = useStickToEnd(isLive, items.length);
  return (
    <div className="relative h-full min-h-0">
      <ScrollRegion
        ref={scroller}
        label="Transcript"
        className="h-full overflow-y-auto overscroll-contain px-3 py-4 sm:px-4"
      >
        {items.length === 0 && <p className="py-8 text-center text-muted">No speech yet.</p>}
        <ol className="grid gap-3">
          {items.map((item) => (
            <li
              key={item.id}
              id={`item-${item.id}`}
              className={classNames(
                "grid rounded-lg motion-safe:animate-slide-in",
                item.id === chosenId && "outline-2 outline-accent outline-offset-4",
              )}
            >
              {item.kind === "bubble" && (
                <Bubble bubble={item} from={from} caller={caller} onChoose={onChoose} />
              )}
              {item.kind === "moment" && item.what === "tool" && <ToolRow toolCall={item.toolCall} />}
              {item.kind === "moment" && item.what === "mark" && <MarkRow mark={item.mark} from={from} />}
            </li>
          ))}
        </ol>
      </ScrollRegion>
      {isBehind && (
        <Button
          look="primary"
          size="small"
          onClick={catchUp}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-lg"
        >
          <ArrowDown aria-hidden />
          New lines
        </Button>
      )}
    </div>
  );
}

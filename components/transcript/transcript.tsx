"use client";

import { ArrowDown } from "lucide-react";
import dynamic from "next/dynamic";
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useVirtualList } from "@/components/board/use-virtual-list";
import type { CallView } from "@/components/calls/use-call-view";
import { ActionRow } from "@/components/control/action-row";
import { Bubble } from "@/components/transcript/bubble";
import { MarkRow, ToolRow } from "@/components/transcript/moment-rows";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { ScrollRegion } from "@/components/ui/scroll-region";

/** Within this many pixels the transcript counts as scrolled to its end. */
const nearPx = 40;

interface StickToEnd {
  /** Whether something was added at the end while the viewer was scrolled up. */
  isBehind: boolean;
  catchUp: () => void;
}

/** Keeps a scroller at its end while `isLive`; stops once the viewer scrolls up. */
function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  isLive: boolean,
  count: number,
): StickToEnd {
  const [countLeftAt, setCountLeftAt] = useState<number | null>(null);
  /** A ref, because content may grow before the next render. */
  const hasLeft = useRef(false);
  const isStuck = isLive && countLeftAt === null;

  useLayoutEffect(() => {
    const [element, grower] = [scroller.current, content.current];
    if (!element || !grower || !isStuck) return;
    const stick = () => {
      if (!hasLeft.current) element.scrollTop = element.scrollHeight;
    };
    stick();
    // A bubble may grow without a new item, as partials replace each other in place. Heights of far items are estimates
    // until seen.
    const growth = new ResizeObserver(stick);
    growth.observe(grower);
    return () => growth.disconnect();
  }, [scroller, content, isStuck]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !isLive) return;
    let top = element.scrollTop;
    function onScroll() {
      if (!element) return;
      const { scrollTop, scrollHeight, clientHeight } = element;
      const hasGoneUp = scrollTop < top;
      top = scrollTop;
      if (scrollHeight - scrollTop - clientHeight < nearPx) {
        hasLeft.current = false;
        setCountLeftAt(null);
      } else if (hasGoneUp) {
        hasLeft.current = true;
        setCountLeftAt((before) => before ?? count);
      }
    }
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [scroller, isLive, count]);

  return {
    isBehind: isLive && countLeftAt !== null && count > countLeftAt,
    catchUp: () => {
      hasLeft.current = false;
      setCountLeftAt(null);
    },
  };
}

const FindBar = withSuspense(
  dynamic(() => loadCode(() => import("@/components/transcript/find-bar")).then((module) => module.FindBar)),
);

/** With more items than this, only the visible ones are in the DOM. */
const mostWhole = 500;
/** Pixels; a bubble of two lines with its name. */
const itemHeight = 76;

interface TranscriptProps {
  view: CallView;
  /** Label of the voice that is not the assistant's. */
  caller: string;
}

/** The transcript with the call's events. Follows a live call, unless the viewer has scrolled up. */
export function Transcript({ view, caller }: TranscriptProps) {
  const { items, from, isLive, chosenId, choose, show, transcript } = view;
  const isWindowed = items.length > mostWhole;
  const list = useVirtualList<HTMLElement>({
    count: isWindowed ? items.length : 0,
    getKey: (index) => items[index]?.id ?? String(index),
    itemHeight,
  });
  const content = useRef<HTMLOListElement>(null);
  const { isBehind, catchUp } = useStickToEnd(list.scroller, content, isLive, items.length);
  const inPage = isWindowed ? list.items.map(({ index }) => index) : items.map((_, index) => index);

  useImperativeHandle(transcript, () => ({
    show(itemId, isGentle) {
      const element = document.getElementById(toElementId(itemId));
      if (!element)
        list.scrollTo(
          items.findIndex(({ id }) => id === itemId),
          { align: "center" },
        );
      else if (isGentle) keepInView(element, list.scroller.current);
      else element.scrollIntoView({ block: "center" });
    },
  }));

  return (
    <div className="flex h-full min-h-0 flex-col">
      {isWindowed && <FindBar items={items} onFind={show} />}
      <div className="relative min-h-0 grow">
        <ScrollRegion
          ref={list.scroller}
          label="Transcript"
          className="h-full overflow-y-auto overscroll-contain px-3 py-4 sm:px-4"
        >
          {items.length === 0 && <p className="py-8 text-center text-muted">No speech yet.</p>}
          <ol
            ref={content}
            style={
              isWindowed ? { paddingTop: list.paddingTop, paddingBottom: list.paddingBottom } : undefined
            }
          >
            {inPage.map((index) => {
              const item = items[index];
              return (
                item && (
                  <li
                    key={item.id}
                    ref={isWindowed ? list.measure : undefined}
                    data-index={index}
                    id={toElementId(item.id)}
                    aria-setsize={isWindowed ? items.length : undefined}
                    aria-posinset={isWindowed ? index + 1 : undefined}
                    className={classNames("pb-3", !isWindowed && "motion-safe:animate-slide-in")}
                  >
                    <div
                      data-chosen={item.id === chosenId || undefined}
                      className="grid grid-cols-[minmax(0,1fr)] rounded-lg outline-accent outline-offset-4 data-chosen:outline-2"
                    >
                      {item.kind === "bubble" && (
                        <Bubble bubble={item} from={from} caller={caller} onChoose={choose} />
                      )}
                      {item.kind === "moment" && item.what === "tool" && <ToolRow toolCall={item.toolCall} />}
                      {item.kind === "moment" && item.what === "action" && (
                        <ActionRow action={item.action} from={from} />
                      )}
                      {item.kind === "moment" && item.what === "mark" && (
                        <MarkRow moment={item} from={from} />
                      )}
                    </div>
                  </li>
                )
              );
            })}
          </ol>
        </ScrollRegion>
        {isBehind && (
          <Button
            variant="primary"
            size="small"
            onClick={catchUp}
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-lg"
          >
            <ArrowDown aria-hidden />
            New lines
          </Button>
        )}
      </div>
    </div>
  );
}

const toElementId = (itemId: string) => `item-${itemId}`;

/** Scrolls the transcript, and nothing else, until an item is visible. */
function keepInView(element: HTMLElement, scroller: HTMLElement | null): void {
  if (!scroller) return;
  const [inner, outer] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  scroller.scrollTop += inner.top - outer.top - outer.height / 3;
}

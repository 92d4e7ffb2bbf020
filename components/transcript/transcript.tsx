"use client";

import { ArrowDown } from "lucide-react";
import { Bubble } from "@/components/transcript/bubble";
import { MarkRow } from "@/components/transcript/mark-row";
import { ToolRow } from "@/components/transcript/tool-row";
import { useStickToEnd } from "@/components/transcript/use-stick-to-end";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Bubble as BubbleContent, CallMoment } from "@/lib/calls/transcript";

interface TranscriptProps {
  items: readonly (BubbleContent | CallMoment)[];
  /** Epoch ms of the call's start. */
  from: number;
  isLive: boolean;
  /** The item the timeline points at. */
  chosenId: string | null;
  onChoose: (at: number) => void;
}

/** What was said and what happened. Follows a live call, and stays where it is once the reader has scrolled up. */
export function Transcript({ items, from, isLive, chosenId, onChoose }: TranscriptProps) {
  const { scroller, isBehind, catchUp } = useStickToEnd(isLive, items.length);
  return (
    <div className="relative h-full min-h-0">
      <ScrollRegion
        ref={scroller}
        label="Transcript"
        className="h-full overflow-y-auto overscroll-contain px-3 py-4 sm:px-4"
      >
        {items.length === 0 && <p className="py-8 text-center text-muted">Nothing has been said yet.</p>}
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
              {item.kind === "bubble" && <Bubble bubble={item} from={from} onChoose={onChoose} />}
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

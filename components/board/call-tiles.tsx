"use client";

import { useState } from "react";
import { CallTile } from "@/components/board/call-tile";
import type { ListProps } from "@/components/board/list-props";
import { useListHandle } from "@/components/board/use-list-handle";
import { useVirtualList } from "@/components/board/use-virtual-list";

/** Pixels: the least a tile may be wide, and what it takes in height with its gap. */
const tileWidth = 280;
const tileHeight = 156;

/** The board as tiles, as many beside each other as fit. */
export function CallTiles({ calls, currentId, besideId, watchers, onFocus, ref }: ListProps) {
  const [columns, setColumns] = useState(1);
  const { scroller, measure, items, paddingTop, paddingBottom, scrollTo, width } = useVirtualList({
    count: Math.ceil(calls.length / columns),
    getKey: String,
    itemHeight: tileHeight,
  });
  const fitting = Math.max(1, Math.floor(width / tileWidth));
  if (fitting !== columns) setColumns(fitting);
  useListHandle(ref, scroller, (callId) =>
    scrollTo(Math.floor(calls.findIndex(({ id }) => id === callId) / columns)),
  );
  return (
    <div ref={scroller} className="h-full overflow-y-auto overscroll-contain px-3 sm:px-4">
      <ul aria-label="Live calls" style={{ paddingTop, paddingBottom }}>
        {items.map(({ index, key }) => (
          <li key={key} ref={measure} data-index={index} className="pt-3">
            <ul className="grid gap-3" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {calls.slice(index * columns, (index + 1) * columns).map((call) => (
                <CallTile
                  key={call.id}
                  call={call}
                  isCurrent={call.id === (currentId ?? calls[0]?.id)}
                  isBeside={call.id === besideId}
                  watchers={watchers[call.id]}
                  onFocus={onFocus}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

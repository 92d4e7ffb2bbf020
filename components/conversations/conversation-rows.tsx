"use client";

import { useEffect } from "react";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { conversationGrid } from "@/components/conversations/conversation-grid";
import { ConversationRow } from "@/components/conversations/conversation-row";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { ConversationSummary } from "@/lib/conversations/conversation";

interface ConversationRowsProps {
  conversations: readonly ConversationSummary[];
  hasMore: boolean;
  /** The last page asked for could not be loaded. */
  hasFailed: boolean;
  isLoading: boolean;
  onMore: () => void;
}

/** From the end of the list this many rows, the next page is asked for. */
const margin = 20;
const heads = ["Name", "Calls", "Context", "Last active", "UUID"];

/** Conversations as a table. Only the rows that can be seen are in the page; further ones are fetched on the way down. */
export function ConversationRows({
  conversations,
  hasMore,
  hasFailed,
  isLoading,
  onMore,
}: ConversationRowsProps) {
  const { scroller, measure, items, paddingTop, paddingBottom } = useVirtualList({
    count: conversations.length,
    getKey: (index) => conversations[index]?.uuid ?? "",
    itemHeight: 44,
  });
  const isNearEnd = (items.at(-1)?.index ?? 0) >= conversations.length - margin;
  const wantsMore = isNearEnd && hasMore && !isLoading && !hasFailed;
  useEffect(() => {
    if (wantsMore) onMore();
  }, [wantsMore, onMore]);
  return (
    <div ref={scroller} className="@container h-full overflow-y-auto overscroll-contain">
      <table
        aria-label="Conversations"
        aria-rowcount={hasMore ? -1 : conversations.length + 1}
        className="block w-full"
      >
        <thead className="sticky top-0 z-10 block bg-surface @max-3xl:sr-only">
          <tr
            className={classNames(
              conversationGrid,
              "border-line border-b px-4 py-1.5 text-left text-muted text-xs",
            )}
          >
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className={classNames("font-normal", head === "Calls" && "text-right")}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block" style={{ paddingTop, paddingBottom }}>
          {items.map(({ index, key }) => {
            const conversation = conversations[index];
            return (
              conversation && (
                <ConversationRow key={key} ref={measure} conversation={conversation} index={index} />
              )
            );
          })}
        </tbody>
      </table>
      {hasFailed && (
        <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-3 text-hang">
          The next ones could not be loaded.
          <Button size="small" disabled={isLoading} onClick={onMore}>
            Try again
          </Button>
        </p>
      )}
    </div>
  );
}

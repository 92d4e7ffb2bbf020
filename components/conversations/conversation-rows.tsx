"use client";

import { type Ref, useEffect } from "react";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { LiveAgo } from "@/components/clock/local-time";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Link, LinkPending } from "@/components/ui/link";
import { callTitle } from "@/lib/calls/call";
import type { ListedConversation } from "@/lib/conversations/conversation";

/** Column layout for the header and every row; in a narrow container each row is a small card. */
export const conversationGrid =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 @3xl:grid-cols-[minmax(10rem,1fr)_4rem_6rem_8rem_minmax(0,20rem)]";

interface ConversationRowProps {
  conversation: ListedConversation;
  index: number;
  ref: Ref<HTMLTableRowElement>;
}

export function ConversationRow({ conversation, index, ref }: ConversationRowProps) {
  const { uuid, name, newestCall, calls, version, activeAt } = conversation;
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={classNames(
        conversationGrid,
        "relative items-center border-line border-b px-3 py-2 hover:bg-hover has-focus-visible:bg-hover sm:px-4 @3xl:h-(--row-height) @3xl:py-0",
      )}
    >
      <td className="min-w-0 font-medium">
        <Link
          href={`/conversations/${uuid}`}
          className="block truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {name === null && <span className="text-muted">Unnamed{newestCall && " · "}</span>}
          <bdi>{name ?? (newestCall && callTitle(newestCall))}</bdi>
          <span className="sr-only"> {uuid}</span>
          <LinkPending />
        </Link>
      </td>
      <td className="text-right">
        {calls}
        <span className="@3xl:sr-only"> {calls === 1 ? "call" : "calls"}</span>
      </td>
      <td className="text-muted text-xs first-letter:uppercase">version {version}</td>
      <td className="text-right text-muted text-xs @3xl:text-left">
        <LiveAgo at={activeAt} />
      </td>
      <td className="truncate font-mono text-muted text-xs @max-3xl:col-span-2">{uuid}</td>
    </tr>
  );
}

interface ConversationRowsProps {
  conversations: readonly ListedConversation[];
  hasMore: boolean;
  /** Whether loading the last requested page failed. */
  hasFailed: boolean;
  isLoading: boolean;
  onMore: () => void;
}

/** The next page is requested this many rows before the end of the list. */
const margin = 20;
const heads = ["Name", "Calls", "Context", "Last active", "UUID"];

/** Conversations as a table. Only visible rows are in the DOM; further pages load on scroll. */
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
        <tbody className="block bg-surface" style={{ paddingTop, paddingBottom }}>
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
        <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-3 text-danger">
          Could not load more.
          <Button size="small" disabled={isLoading} onClick={onMore}>
            Try again
          </Button>
        </p>
      )}
    </div>
  );
}

import Link from "next/link";
import type { Ref } from "react";
import { LiveAgo } from "@/components/clock/live-ago";
import { conversationGrid } from "@/components/conversations/conversation-grid";
import { classNames } from "@/components/ui/class-names";
import { LinkPending } from "@/components/ui/link-pending";
import type { ConversationSummary } from "@/lib/conversations/conversation";

interface ConversationRowProps {
  conversation: ConversationSummary;
  index: number;
  ref: Ref<HTMLTableRowElement>;
}

/** One conversation of the list. */
export function ConversationRow({ conversation, index, ref }: ConversationRowProps) {
  const { uuid, name, calls, version, activeAt } = conversation;
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
          prefetch={false}
          className="block truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {name ?? <span className="text-muted">Unnamed</span>}
          <span className="sr-only"> {uuid}</span>
          <LinkPending />
        </Link>
      </td>
      <td className="text-right">
        {calls}
        <span className="@3xl:sr-only"> {calls === 1 ? "call" : "calls"}</span>
      </td>
      <td className="text-muted text-xs">version {version}</td>
      <td className="text-right text-muted text-xs @3xl:text-left">
        <LiveAgo at={activeAt} />
      </td>
      <td className="truncate font-mono text-muted text-xs @max-3xl:col-span-2">{uuid}</td>
    </tr>
  );
}

"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { MessagesSquare, Search } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useCan } from "@/components/auth/use-can";
import { ConversationRows } from "@/components/conversations/conversation-rows";
import { CreateConversation } from "@/components/conversations/create-conversation";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { conversationsQuery } from "@/lib/conversations/queries";

/** All conversations, to search and to open; and a new one. What is searched for stands in the URL. */
export function ConversationList() {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault("").withOptions({ history: "replace" }));
  const canEdit = useCan("context.edit");
  const query = useInfiniteQuery({ ...conversationsQuery(q), placeholderData: keepPreviousData });
  const conversations = query.data?.pages.flatMap((page) => page.conversations) ?? [];
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-2 sm:px-4">
        <h1 className="mr-2 font-semibold text-base">Conversations</h1>
        <search className="relative basis-full max-sm:order-last sm:max-w-80 sm:flex-1">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2 size-4 text-muted" />
          <input
            type="search"
            aria-label="Search the conversations"
            placeholder={canEdit ? "Name, uuid, or what the context says" : "Uuid"}
            value={q}
            onChange={({ currentTarget }) => setQ(currentTarget.value || null)}
            className="h-9 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-base placeholder:text-muted hover:border-line-strong sm:text-sm"
          />
        </search>
        {canEdit && <CreateConversation />}
      </div>
      {query.error && conversations.length === 0 ? (
        <p role="alert" className="p-4 text-hang">
          The conversations could not be loaded: {query.error.message}
        </p>
      ) : query.isPending ? (
        <Skeleton className="m-4 h-40" />
      ) : conversations.length === 0 ? (
        <Nothing isSearch={q !== ""} canEdit={canEdit} />
      ) : (
        <ConversationRows
          conversations={conversations}
          hasMore={query.hasNextPage}
          hasFailed={query.isFetchNextPageError}
          isLoading={query.isFetchingNextPage}
          onMore={() => query.fetchNextPage()}
        />
      )}
    </div>
  );
}

function Nothing({ isSearch, canEdit }: { isSearch: boolean; canEdit: boolean }) {
  return (
    <Notice
      icon={<MessagesSquare aria-hidden />}
      title={isSearch ? "No conversation fits." : "No conversations yet."}
    >
      <p>
        {isSearch
          ? "Clear the search to see them all."
          : "A conversation is a webhook URL with a context that all events sent to it share. The first event sent to one makes it"}
        {!isSearch && (canEdit ? ", or you do: Create a conversation, above." : ".")}
      </p>
    </Notice>
  );
}

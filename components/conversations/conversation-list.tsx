"use client";

import { Dialog } from "@base-ui/react/dialog";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { MessagesSquare, Plus, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useState, useTransition } from "react";
import * as z from "zod";
import { useCan } from "@/components/auth/use-can";
import { ConversationRows } from "@/components/conversations/conversation-rows";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ResourceField } from "@/components/form/resource-field";
import { Button } from "@/components/ui/button";
import { Notice, Skeleton } from "@/components/ui/panel";
import { conversationsQuery } from "@/lib/conversations/queries";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ conversation: z.object({ uuid: z.string() }) });

/** Creates a conversation, then opens its page, which shows the URL and the settings to paste into Vapi. */
export function CreateConversation() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const create = (form: FormData) =>
    start(async () => {
      const { name, assistantId } = readFields(form, "name", "assistantId");
      const sent = await sendJson("POST", "/api/conversations", {
        name: name.trim() || null,
        answer: assistantId.trim() ? { assistantId: assistantId.trim() } : null,
      });
      if (!sent.ok) return setProblem(sent.why);
      router.push(`/conversations/${answerSchema.parse(sent.value).conversation.uuid}`);
    });

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button variant="primary" className="ml-auto" />}>
        <Plus aria-hidden />
        <span>
          Create<span className="max-sm:sr-only"> conversation</span>
        </span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface p-5 shadow-2xl outline-none">
          <form onSubmit={takeFields(create)} className="grid gap-3">
            <Dialog.Title className="font-semibold text-base">Create conversation</Dialog.Title>
            <Dialog.Description className="text-muted">
              It gets its own webhook URL. All events sent there share its context.
            </Dialog.Description>
            <Field label="Name" name="name" maxLength={200} placeholder="Booking line" />
            <ResourceField
              kind="assistants"
              label="Assistant (optional)"
              name="assistantId"
              hint="Answers calls to numbers without an assistant."
            />
            {problem && <FormMessage kind="error">{problem}</FormMessage>}
            <div className="flex justify-end gap-2">
              <Dialog.Close render={<Button />}>Cancel</Dialog.Close>
              <Button type="submit" variant="primary" disabled={isPending}>
                Create conversation
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** All conversations, with search and a button to create one. The search text is kept in the URL. */
export function ConversationList() {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault("").withOptions({ history: "replace" }));
  const canEdit = useCan("context.edit");
  const query = useInfiniteQuery({ ...conversationsQuery(q), placeholderData: keepPreviousData });
  const conversations = query.data?.pages.flatMap((page) => page.conversations) ?? [];
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-2 sm:px-4">
        <h1 className="mr-2 font-semibold text-xl">Conversations</h1>
        <search className="relative basis-full max-sm:order-last sm:max-w-80 sm:flex-1">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2 size-4 text-muted" />
          <input
            type="search"
            aria-label="Search conversations"
            placeholder={canEdit ? "Search name, UUID or context" : "Search UUID"}
            value={q}
            onChange={({ currentTarget }) => setQ(currentTarget.value || null)}
            className="h-9 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-base placeholder:text-muted hover:border-line-strong sm:text-sm"
          />
        </search>
        {canEdit && <CreateConversation />}
      </div>
      {query.error && conversations.length === 0 ? (
        <p role="alert" className="p-4 text-danger">
          Could not load conversations: {query.error.message}
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
      title={isSearch ? "No conversations match" : "No conversations yet"}
    >
      <p>
        {isSearch
          ? "Clear the search to see all."
          : "A conversation is a webhook URL with a context shared by all events sent there. The first event creates it"}
        {!isSearch && (canEdit ? ". You can also create one above." : ".")}
      </p>
    </Notice>
  );
}

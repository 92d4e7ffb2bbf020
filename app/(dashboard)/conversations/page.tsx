import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ConversationList } from "@/components/conversations/conversation-list";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { conversationFilterSchema } from "@/lib/conversations/conversation";
import { conversationsQuery } from "@/lib/conversations/queries";
import { viewConversations } from "@/lib/privacy/server/view-conversations";

export const metadata: Metadata = { title: "Conversations" };

export default async function ConversationsPage({ searchParams }: PageProps<"/conversations">) {
  const person = await requireUser("calls.view");
  const { q } = await searchParams;
  const search = typeof q === "string" ? q : "";
  // An invalid search shows all conversations instead of an error.
  const filter = conversationFilterSchema.safeParse({ q: search }).data ?? conversationFilterSchema.parse({});
  const queryClient = new QueryClient();
  queryClient.setQueryData(conversationsQuery(search).queryKey, {
    pages: [await viewConversations(db, person, filter)],
    pageParams: [""],
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ConversationList />
    </HydrationBoundary>
  );
}

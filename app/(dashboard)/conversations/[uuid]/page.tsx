import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LiveConversation } from "@/components/conversations/live-conversation";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { conversationQuery, versionsQuery } from "@/lib/conversations/queries";
import { viewConversation, viewVersions } from "@/lib/privacy/server/view-conversations";
import { readUuid } from "@/lib/read-uuid";

type ConversationPageProps = PageProps<"/conversations/[uuid]">;

const firstVersions = 50;

/** The conversation as the signed-in person may see it; read once for the title and the page. */
const readConversation = cache(async (text: string) => {
  const person = await requireUser("calls.view");
  const uuid = readUuid(text);
  return (uuid && (await viewConversation(db, person, uuid))) || notFound();
});

export async function generateMetadata({ params }: ConversationPageProps): Promise<Metadata> {
  return { title: (await readConversation((await params).uuid)).name ?? "Conversation" };
}

export default async function ConversationPage({ params }: ConversationPageProps) {
  const conversation = await readConversation((await params).uuid);
  const { uuid, version } = conversation;
  const versions = await viewVersions(db, await requireUser("calls.view"), uuid, { limit: firstVersions });
  const queryClient = new QueryClient();
  queryClient.setQueryData(conversationQuery(uuid).queryKey, conversation);
  if (versions)
    queryClient.setQueryData(versionsQuery(uuid, version).queryKey, {
      pages: [versions],
      pageParams: [null],
    });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LiveConversation uuid={uuid} />
    </HydrationBoundary>
  );
}

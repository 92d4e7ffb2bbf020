import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LiveCall } from "@/components/calls/live-call";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { callTitle } from "@/lib/calls/call";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { viewCallDetail } from "@/lib/privacy/server/view-calls";

type CallPageProps = PageProps<"/calls/[callId]">;

/** The call as whoever asks may see it; asked once for the title and the page. */
const readCall = cache(async (callId: string) => {
  const detail = await viewCallDetail(db, await requireUser("calls.view"), callId);
  return detail ?? notFound();
});

export async function generateMetadata({ params }: CallPageProps): Promise<Metadata> {
  return { title: callTitle((await readCall((await params).callId)).call) };
}

/** One call, live or over. */
export default async function CallPage({ params, searchParams }: CallPageProps) {
  const { callId } = await params;
  const { t } = await searchParams;
  const queryClient = new QueryClient();
  queryClient.setQueryData(callDetailQuery(callId).queryKey, await readCall(callId));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LiveCall key={callId} callId={callId} startAt={toSeconds(t)} />
    </HydrationBoundary>
  );
}

/** `?t=83`: a link to a moment. Anything else leads to no moment. */
function toSeconds(t: string | string[] | undefined): number | null {
  return typeof t === "string" && /^\d{1,6}$/.test(t) ? Number(t) : null;
}

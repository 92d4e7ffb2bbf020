import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LiveCall } from "@/components/calls/live-call";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { type Call, callTitle } from "@/lib/calls/call";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { viewCallDetail } from "@/lib/privacy/server/view-calls";

type CallPageProps = PageProps<"/calls/[callId]">;

/** The call as the signed-in person may see it; read once for the title and the page. */
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
  const { t, at } = await searchParams;
  const detail = await readCall(callId);
  const queryClient = new QueryClient();
  queryClient.setQueryData(callDetailQuery(callId).queryKey, detail);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LiveCall key={callId} callId={callId} startAt={toSeconds(t) ?? toSecondsInto(detail.call, at)} />
    </HydrationBoundary>
  );
}

/** Reads `?t=83`, a link to a moment in seconds from the call's start; null for anything else. */
function toSeconds(t: string | string[] | undefined): number | null {
  return typeof t === "string" && /^\d{1,6}$/.test(t) ? Number(t) : null;
}

/** Reads `?at=1767524032688`, a link to a moment by the clock (epoch ms), as alerts and back-tests use it. */
function toSecondsInto(call: Call, at: string | string[] | undefined): number | null {
  if (typeof at !== "string" || !/^\d{12,14}$/.test(at)) return null;
  return Math.max(0, Math.floor((Number(at) - Date.parse(call.startedAt ?? call.createdAt)) / 1_000));
}

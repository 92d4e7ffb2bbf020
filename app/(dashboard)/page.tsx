import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { LiveBoard } from "@/components/board/live-board";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/require-user";
import { liveCallsLimit, liveCallsQuery } from "@/lib/calls/live-calls-query";
import { env } from "@/lib/env";
import { viewCalls } from "@/lib/privacy/view-calls";

/** The live board. */
export default async function LivePage() {
  const person = await requireUser("calls.view");
  const queryClient = new QueryClient();
  const { calls } = await viewCalls(db, person, { state: "live", limit: liveCallsLimit });
  queryClient.setQueryData(liveCallsQuery.queryKey, calls);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LiveBoard webhookUrl={`${env.APP_URL}/api/webhook`} />
    </HydrationBoundary>
  );
}

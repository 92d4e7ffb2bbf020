import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { LiveBoard } from "@/components/board/live-board";
import { db } from "@/db/client";
import { listCalls } from "@/db/queries/list-calls";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/require-user";
import { liveCallsLimit, liveCallsQuery } from "@/lib/calls/live-calls-query";
import { maskCall } from "@/lib/calls/mask-call";
import { env } from "@/lib/env";

/** The live board. */
export default async function LivePage() {
  const { role } = await requireUser("calls.view");
  const queryClient = new QueryClient();
  const { calls } = await listCalls(db, { state: "live", limit: liveCallsLimit });
  queryClient.setQueryData(liveCallsQuery.queryKey, can(role, "numbers.view") ? calls : calls.map(maskCall));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LiveBoard webhookUrl={`${env.APP_URL}/api/webhook`} />
    </HydrationBoundary>
  );
}

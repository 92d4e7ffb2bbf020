import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { LiveBoard } from "@/components/board/live-board";
import { db } from "@/db/client";
import { getPulse } from "@/db/queries/get-pulse";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/require-user";
import { liveCallsLimit, liveCallsQuery } from "@/lib/calls/live-calls-query";
import { pulseQuery } from "@/lib/calls/pulse-query";
import { env } from "@/lib/env";
import { viewCalls } from "@/lib/privacy/view-calls";

/** The live board. */
export default async function LivePage() {
  const person = await requireUser("calls.view");
  const queryClient = new QueryClient();
  const [{ calls }, pulse] = await Promise.all([
    viewCalls(db, person, { state: "board", limit: liveCallsLimit }),
    getPulse(db, new Date()),
  ]);
  queryClient.setQueryData(liveCallsQuery.queryKey, calls);
  queryClient.setQueryData(pulseQuery.queryKey, pulse);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LiveBoard
        webhookUrl={`${env.APP_URL}/api/webhook`}
        canSimulate={env.SIMULATOR_URL !== undefined && can(person.role, "alerts.act")}
      />
    </HydrationBoundary>
  );
}

import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { HealthView } from "@/components/health/health-view";
import { db } from "@/db/client";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { healthQuery } from "@/lib/health/queries";
import { getHealthDetail } from "@/lib/health/server/health";

export const metadata: Metadata = { title: "Health" };

export default async function HealthPage() {
  const { role } = await requireUser("health.view");
  const queryClient = new QueryClient();
  queryClient.setQueryData(healthQuery("hour").queryKey, await getHealthDetail(db, "hour"));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <HealthView canSetUp={can(role, "credentials.manage")} canRetry={can(role, "settings.manage")} />
    </HydrationBoundary>
  );
}

import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ImportView } from "@/components/imports/import-view";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { importsQuery } from "@/lib/imports/queries";
import { readImports } from "@/lib/imports/server/jobs";
import { canAskVapi } from "@/lib/vapi/server/client";

export const metadata: Metadata = { title: "Import calls" };

export default async function ImportPage() {
  await requireUser("settings.manage");
  const queryClient = new QueryClient();
  const [canAsk, jobs] = await Promise.all([canAskVapi(), readImports(db)]);
  queryClient.setQueryData(importsQuery.queryKey, { canAsk, jobs });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ImportView today={new Date().toISOString().slice(0, 10)} />
    </HydrationBoundary>
  );
}

import type { Metadata } from "next";
import { ProvidersView } from "@/components/analytics/providers-view";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Providers" };

/** The health of each provider, now and over the last day. */
export default async function ProvidersPage() {
  await requireUser("calls.view");
  return <ProvidersView />;
}

import type { Metadata } from "next";
import { AnalyticsView } from "@/components/analytics/analytics-view";
import { isMaskedFor } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Analytics" };

/** How calls went over some days. What is shown depends on the viewer's zone, so the browser asks for it. */
export default async function AnalyticsPage() {
  const person = await requireUser("calls.view");
  return <AnalyticsView isMasked={isMaskedFor(person)} />;
}

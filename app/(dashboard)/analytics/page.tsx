import type { Metadata } from "next";
import { AnalyticsView } from "@/components/analytics/analytics-view";
import { can, isMaskedFor } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Analytics" };

/** Call figures of a period. They depend on the viewer's time zone, so the browser requests them. */
export default async function AnalyticsPage() {
  const person = await requireUser("calls.view");
  return <AnalyticsView isMasked={isMaskedFor(person)} canImport={can(person.role, "settings.manage")} />;
}

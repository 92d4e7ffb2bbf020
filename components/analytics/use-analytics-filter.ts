"use client";

import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { useToday } from "@/components/analytics/use-today";
import { useViewerZone } from "@/components/analytics/use-viewer-zone";
import { type AnalyticsFilter, analyticsFilterSchema, toDays } from "@/lib/analytics/analytics";
import { isZone } from "@/lib/settings/setting";

/** The filter that the URL says, or what is wrong with it; neither before the browser knows its zone. */
export function useAnalyticsFilter(): { filter: AnalyticsFilter | null; complaint: string | null } {
  const [{ period, from, to, zone: wantedZone, assistant, number }] = useAnalyticsParams();
  const viewerZone = useViewerZone();
  // A zone that is none is said to be wrong below; until then it must not keep the clock from being read.
  const zone = wantedZone !== null && isZone(wantedZone) ? wantedZone : viewerZone;
  const today = useToday(zone);
  if (zone === null || today === null) return { filter: null, complaint: null };
  const days = period === "custom" ? { from: from ?? today, to: to ?? today } : toDays(period, today);
  const parsed = analyticsFilterSchema.safeParse({
    ...days,
    zone: wantedZone ?? zone,
    ...(assistant !== null && { assistant }),
    ...(number !== null && { number }),
  });
  if (parsed.success) return { filter: parsed.data, complaint: null };
  const [issue] = parsed.error.issues;
  return { filter: null, complaint: `${issue?.path.join(".")} ${issue?.message}` };
}

"use client";

import dynamic from "next/dynamic";
import { loadCode, withSuspense } from "@/components/ui/load-later";

// Rendered on the server if there is something to show, and hydrated after the board itself.
const SlowRoutingBanner = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/routing/slow-routing-banner")).then(
      (module) => module.SlowRoutingBanner,
    ),
  ),
);
const OpenIncidents = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/incidents/open-incidents")).then((module) => module.OpenIncidents),
  ),
);
const WorseVersionsBanner = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/analytics/worse-versions-banner")).then(
      (module) => module.WorseVersionsBanner,
    ),
  ),
);

/** Banners above the board that concern more than one call. */
export function BoardBanners() {
  return (
    <>
      <SlowRoutingBanner />
      <OpenIncidents />
      <WorseVersionsBanner hasLog={false} />
    </>
  );
}

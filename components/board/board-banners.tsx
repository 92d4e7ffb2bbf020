"use client";

import dynamic from "next/dynamic";

// Rendered on the server where there is something to say, and taken over by the browser after the board itself.
const SlowRoutingBanner = dynamic(() =>
  import("@/components/routing/slow-routing-banner").then((module) => module.SlowRoutingBanner),
);
const OpenIncidents = dynamic(() =>
  import("@/components/incidents/open-incidents").then((module) => module.OpenIncidents),
);
const WorseVersionsBanner = dynamic(() =>
  import("@/components/analytics/worse-versions-banner").then((module) => module.WorseVersionsBanner),
);

/** What concerns more than one call, above the board. */
export function BoardBanners() {
  return (
    <>
      <SlowRoutingBanner />
      <OpenIncidents />
      <WorseVersionsBanner hasLog={false} />
    </>
  );
}

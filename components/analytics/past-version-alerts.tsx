"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { AlertLog, Standing } from "@/components/alerts/alert-parts";
import { alertStateStyle } from "@/components/alerts/alert-style";
import { useNow } from "@/components/clock/clock";
import { LocalTime } from "@/components/clock/local-time";
import { Link } from "@/components/ui/link";
import { PastSection } from "@/components/ui/past-section";
import {
  describeVersionAlert,
  describeVersionEvidence,
  type VersionAlert,
} from "@/lib/analytics/version-alert";
import { pastVersionAlertsQuery } from "@/lib/analytics/version-queries";
import { incidentState } from "@/lib/incidents/incident";
import { applyPushToPastVersionAlerts } from "@/lib/live/apply-to-incidents";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/** Past alerts on worse versions, each with its decision. Renders nothing if there never was one. */
export function PastVersionAlerts() {
  useChannel(boardChannel, pastVersionAlertsQuery.queryKey, applyPushToPastVersionAlerts);
  const list = useInfiniteQuery(pastVersionAlertsQuery);
  const past = list.data?.pages.flatMap(({ alerts }) => alerts) ?? [];
  if (list.data && past.length === 0) return null;
  const rows = past.map((alert) => <PastVersionAlert key={alert.id} alert={alert} />);
  return <PastSection title="Past version alerts" list={list} rows={rows} />;
}

function PastVersionAlert({ alert }: { alert: VersionAlert }) {
  const { assistant, openedAt, closedAt, acts } = alert;
  const state = incidentState(alert, useNow());
  return (
    <li className="grid gap-1 px-3 py-2.5 text-xs sm:px-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="wrap-anywhere flex min-w-0 flex-1 basis-64 items-center gap-2 text-sm">
          <TriangleAlert aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0">
            <bdi>{describeVersionAlert(alert)}</bdi>{" "}
            <Link href={{ pathname: "/analytics", query: { assistant } }} className="text-accent underline">
              Compare versions
            </Link>
          </span>
        </p>
        <p className="min-w-0">
          <Standing state={state} style={alertStateStyle({ kind: "hang" }, state)} acts={acts} />
        </p>
        <p className="text-muted">
          <LocalTime at={openedAt} />
          {closedAt !== null && (
            <>
              {" "}
              to <LocalTime at={closedAt} />
            </>
          )}
        </p>
      </div>
      <p className="wrap-anywhere pl-6 text-muted">{describeVersionEvidence(alert)}</p>
      {acts.log.length > 0 && (
        <div className="pl-6">
          <AlertLog log={acts.log} />
        </div>
      )}
    </li>
  );
}

"use client";

import { TriangleAlert } from "lucide-react";
import * as z from "zod";
import { ActionButtons } from "@/components/alerts/action-buttons";
import { AlertLog, Standing } from "@/components/alerts/alert-parts";
import { alertStateStyle } from "@/components/alerts/alert-style";
import { useAction } from "@/components/alerts/use-action";
import { useNow } from "@/components/clock/clock";
import { Link } from "@/components/ui/link";
import {
  describeVersionAlert,
  joinVersionAlert,
  type VersionAlert,
  versionAlertSchema,
  versionAlertTitle,
} from "@/lib/analytics/version-alert";
import { patchCachedVersionAlert, versionAlertsQuery } from "@/lib/analytics/version-queries";
import { versionLabel } from "@/lib/analytics/versions";
import { incidentState, isIncidentOpen } from "@/lib/incidents/incident";

const answerSchema = z.object({ alert: versionAlertSchema });

/** A worse version in one line: by how much, its state, its actions. Links to the comparison. */
export function VersionAlertLine({ alert, hasLog }: { alert: VersionAlert; hasLog: boolean }) {
  const { id, acts } = alert;
  const perform = useAction<VersionAlert>({
    path: `/api/analytics/version-alerts/${id}`,
    acts,
    readAnswer: (answer) => answerSchema.parse(answer).alert,
    join: joinVersionAlert,
    patch: (client, change) => patchCachedVersionAlert(client, id, change),
    queryKey: versionAlertsQuery.queryKey,
  });
  const state = incidentState(alert, useNow());
  return (
    <li className="grid gap-1.5 px-3 py-2 sm:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-danger" />
        <span role="alert" className="wrap-anywhere min-w-0 flex-1 basis-64 text-danger">
          {describeVersionAlert(alert)}, compared with {versionLabel(alert.baseline)}.{" "}
          <Link
            href={{ pathname: "/analytics", query: { assistant: alert.assistant } }}
            className="underline"
          >
            Compare versions
          </Link>
        </span>
        <span className="text-xs">
          <Standing state={state} style={alertStateStyle({ kind: "hang" }, state)} acts={acts} />
        </span>
        <ActionButtons
          id={id}
          what={versionAlertTitle(alert)}
          noun="alert"
          acts={acts}
          isOpen={isIncidentOpen(alert)}
          perform={perform}
        />
      </div>
      {hasLog && <AlertLog log={acts.log} />}
    </li>
  );
}

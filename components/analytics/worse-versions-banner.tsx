"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { versionAlertsQuery } from "@/lib/analytics/version-queries";
import { describeVersionAlert, versionLabel } from "@/lib/analytics/versions";

/** Says so while a version of an assistant is worse than the one before; nothing otherwise. */
export function WorseVersionsBanner() {
  const { data } = useQuery(versionAlertsQuery);
  if (!data || data.alerts.length === 0) return null;
  return (
    <ul role="alert" className="grid gap-1 bg-danger-soft px-3 py-2 text-danger text-sm sm:px-4">
      {data.alerts.map((alert) => (
        <li key={`${alert.assistant} ${alert.version}`} className="flex items-start gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 wrap-anywhere">
            {describeVersionAlert(alert)}, compared with {versionLabel(alert.baseline)}.{" "}
            <Link
              href={{ pathname: "/analytics", query: { assistant: alert.assistant } }}
              className="underline"
            >
              Compare versions
            </Link>
          </span>
        </li>
      ))}
    </ul>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { CallAlert } from "@/components/alerts/call-alert";
import { Panel } from "@/components/ui/panel";
import { applyPushToAlerts } from "@/lib/alerts/apply-push-to-alerts";
import { callAlertsQuery } from "@/lib/alerts/call-alerts-query";
import { callChannel } from "@/lib/realtime/channels";
import { useChannel } from "@/lib/realtime/use-channel";
import { usePollInterval } from "@/lib/realtime/use-poll-interval";

/** Every alert of one call, the newest first, and what can be done about one that is going on. */
export function CallAlertsPanel({ callId }: { callId: string }) {
  const query = callAlertsQuery(callId);
  useChannel(callChannel(callId), query.queryKey, applyPushToAlerts);
  const { data: alerts = [] } = useQuery({ ...query, refetchInterval: usePollInterval() });
  if (alerts.length === 0) return null;
  return (
    <Panel title="Alerts" aside={String(alerts.length)}>
      <ul aria-label="Alerts of this call" className="grid gap-3">
        {alerts.map((alert) => (
          <CallAlert key={alert.id} alert={alert} />
        ))}
      </ul>
    </Panel>
  );
}

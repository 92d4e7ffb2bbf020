"use client";

import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlarm } from "@/components/alerts/use-alarm";
import { useTabBadge } from "@/components/alerts/use-tab-badge";
import { useNow } from "@/components/clock/use-now";
import { alertState } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";
import { applyPushToAlerts } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/** On every page: keeps the open alerts current, and tells whoever looks of new ones. Shows nothing itself. */
export function AlertWatch() {
  useChannel(boardChannel, openAlertsQuery.queryKey, applyPushToAlerts);
  const { data } = useQuery({ ...openAlertsQuery, refetchInterval: usePollInterval() });
  const now = useNow();
  const waiting = data?.filter((alert) => alertState(alert, now) === "open");
  useAlarm(data ?? null);
  useTabBadge(waiting?.length ?? 0);
  return <Announcer />;
}

/** What a screen reader says at once. Partials and ticking clocks are none of it. */
function Announcer() {
  const { alarm } = useAlertsContext();
  const sentence = useSyncExternalStore(alarm.watch, alarm.getSentence, () => "");
  return (
    <p role="alert" className="sr-only">
      {sentence}
    </p>
  );
}

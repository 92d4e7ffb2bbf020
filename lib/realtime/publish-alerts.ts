import "server-only";
import type { Alert } from "@/lib/alerts/alert";
import { boardChannel, callChannel } from "@/lib/realtime/channels";
import { sendPushes } from "@/lib/realtime/send-pushes";

/** Tells the board and the call's own page of alerts that changed. Never rejects. */
export function publishAlerts(alerts: readonly Alert[]): Promise<void> {
  return sendPushes(
    alerts.flatMap((alert) =>
      [boardChannel, callChannel(alert.callId)].map((channel) => ({
        channel,
        push: { kind: "alert" as const, alert },
      })),
    ),
  );
}

import type { ChannelKind } from "@/lib/notifications/channel";
import type { NotificationState } from "@/lib/notifications/notification";

export const channelNames: Readonly<Record<ChannelKind, string>> = {
  slack: "Slack",
  email: "E-mail",
  webhook: "Webhook",
};

export const notificationWords: Readonly<Record<NotificationState, string>> = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Given up",
  needless: "Not needed",
};

/** "at once" or "after 5 min, if nobody has acknowledged". */
export function describeDelay(afterMinutes: number): string {
  return afterMinutes === 0 ? "at once" : `after ${afterMinutes} min, if nobody has acknowledged`;
}

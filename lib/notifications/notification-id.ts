import "server-only";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";

/** One alert is told to one channel under one id, however often it is tried: receivers tell a repeat by it. */
export function notificationId(alertId: string, channelId: string): string {
  return hashToUuid("notification", alertId, channelId);
}

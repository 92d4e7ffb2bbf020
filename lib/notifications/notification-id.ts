import "server-only";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";

/**
 * One thing is told to one channel under one id, however often it is tried: receivers tell a repeat by it.
 * @param subject an alert's id, or what else is told of
 */
export function notificationId(subject: string, channelId: string): string {
  return hashToUuid("notification", subject, channelId);
}

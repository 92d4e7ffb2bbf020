import "server-only";
import { callChannel } from "@/lib/realtime/channels";
import { sendPushes } from "@/lib/realtime/send-pushes";

/** Tells pages that show calls which are gone: they ask again, and find nothing. Never rejects. */
export function tellOfDeleted(callIds: readonly string[]): Promise<void> {
  return sendPushes(
    callIds.map((callId) => ({ channel: callChannel(callId), push: { kind: "stale" as const, callId } })),
  );
}

import "server-only";
import { describeError, log } from "@/lib/log";
import { pusherClient } from "@/lib/realtime/pusher-client";

/**
 * Cuts a person's open connections, so that what they listened to goes with what they may. Whoever still may comes back by
 * itself and is asked anew. Never rejects: the change itself has been made, and each new subscription is checked.
 */
export async function endConnections(userId: string): Promise<void> {
  try {
    await pusherClient.terminateUserConnections(userId);
  } catch (cause) {
    log("error", "a person's open connections could not be cut", { userId, ...describeError(cause) });
  }
}

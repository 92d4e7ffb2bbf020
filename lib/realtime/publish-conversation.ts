import "server-only";
import { db } from "@/db/client";
import { getConversation } from "@/db/queries/conversations/get-conversation";
import { listCallerNames } from "@/db/queries/conversations/list-caller-names";
import { describeError, log } from "@/lib/log";
import { conversationChannel } from "@/lib/realtime/channels";
import { sendPushes } from "@/lib/realtime/send-pushes";

/**
 * Tells open pages of a conversation that has changed: its own, and those of its calls. To be called by whoever changed
 * its context or name, once that is kept. Never rejects.
 */
export async function publishConversation(uuid: string): Promise<void> {
  try {
    const [found, names] = await Promise.all([getConversation(db, uuid), listCallerNames(db, uuid)]);
    const conversation = found && {
      uuid: found.uuid,
      name: found.name,
      context: found.context,
      version: found.version,
    };
    const push = { kind: "conversation" as const, uuid, conversation };
    await sendPushes([{ channel: conversationChannel(uuid), push, callerName: names.join(" ") }]);
  } catch (cause) {
    log("warn", "a changed conversation was not told of", describeError(cause));
  }
}

import "server-only";
import { db } from "@/db/client";
import { listMembers, type MemberWord, noteMembers } from "@/db/queries/realtime/note-members";
import { describeError, log } from "@/lib/log";
import { boardChannel, findPresenceCall, splitGeneration } from "@/lib/realtime/channels";
import { sendPushes } from "@/lib/realtime/send-pushes";

/** Takes in who came to a call's page and who left it, and tells the board. Never rejects. */
export async function noteWatchers(words: readonly MemberWord[]): Promise<void> {
  if (words.length === 0) return;
  try {
    await noteMembers(db, words);
    const channels = [...new Set(words.map(({ channel }) => splitGeneration(channel).channel))];
    const present = await listMembers(db, channels);
    const pushes = channels.flatMap((channel) => {
      const callId = findPresenceCall(channel);
      const watchers = present
        .filter((member) => member.channel === channel)
        .map(({ id, name }) => ({ id, name }));
      return callId === null
        ? []
        : [{ channel: boardChannel, push: { kind: "watchers" as const, callId, watchers } }];
    });
    await sendPushes(pushes);
  } catch (cause) {
    log("warn", "who watches a call is not known", describeError(cause));
  }
}

import { joinAlert } from "@/lib/alerts/acts";
import type { CallPush, ConversationPush, Push } from "@/lib/realtime/push";

/** A push and where it goes. */
export interface Addressed {
  channel: string;
  push: Push;
  /** The caller's name where the push itself does not carry it: it is masked wherever it is said. */
  callerName?: string | null;
}

/** Pushes of the same slot replace or join each other while they wait. */
export function slotOf({ channel, push }: Addressed): string {
  if (push.kind === "partial") return `${channel} partial ${push.partial.role}`;
  if (push.kind === "alert") return `${channel} alert ${push.alert.id}`;
  if (push.kind === "watchers") return `${channel} watchers ${push.callId}`;
  if (push.kind === "conversation") return `${channel} conversation`;
  return `${channel} call ${callOf(push)}`;
}

/** Two pushes of one slot as one, in whichever order they came: the newer state, everything that was added. */
export function coalesce(a: Push, b: Push): Push {
  if (a.kind === "alert" && b.kind === "alert") return { ...a, alert: joinAlert(a.alert, b.alert) };
  if (a.kind === "partial" && b.kind === "partial") return a.partial.at > b.partial.at ? a : b;
  if (a.kind === "call" && b.kind === "call")
    return a.call.version > b.call.version ? join(b, a) : join(a, b);
  if (a.kind === "conversation" && b.kind === "conversation") return newer(a, b);
  return a.kind === "stale" ? a : b;
}

/** Of two words of one conversation that which says to ask again, else the newer version; of the same version the later word. */
function newer(a: ConversationPush, b: ConversationPush): ConversationPush {
  if (!a.conversation || !b.conversation) return a.conversation === null ? a : b;
  return a.conversation.version > b.conversation.version ? a : b;
}

/**
 * `previousVersion` reaches back over the older push only if the newer follows right on it. Otherwise another
 * process has published what lies between, and a receiver who missed that must notice the gap.
 */
function join(older: CallPush, newer: CallPush): CallPush {
  const follows = newer.previousVersion <= older.call.version;
  return {
    ...newer,
    previousVersion: follows ? Math.min(older.previousVersion, newer.previousVersion) : newer.previousVersion,
    ...(older.added &&
      newer.added && {
        added: {
          lines: [...older.added.lines, ...newer.added.lines],
          marks: [...older.added.marks, ...newer.added.marks],
          toolCalls: [...older.added.toolCalls, ...newer.added.toolCalls],
        },
      }),
  };
}

/** The id of the call a push is about. */
export function callOf(push: Exclude<Push, ConversationPush>): string {
  if (push.kind === "call") return push.call.id;
  return push.kind === "alert" ? push.alert.callId : push.callId;
}

import { joinAlert } from "@/lib/alerts/actions";
import { joinAction } from "@/lib/control/action";
import { joinIncident } from "@/lib/incidents/incident";
import { type CallPush, type ConversationPush, type Push, pushEvent } from "@/lib/realtime/push";

/** A push and its channel. */
export interface Addressed {
  channel: string;
  push: Push;
  /** Names of callers that the push itself does not contain: masking hides them in all texts. */
  callerNames?: readonly (string | null)[];
}

/** Pushes of the same slot replace or join each other while they wait. */
export function slotOf({ channel, push }: Addressed): string {
  if (push.kind === "partial") return `${channel} partial ${push.partial.role}`;
  if (push.kind === "alert") return `${channel} alert ${push.alert.id}`;
  if (push.kind === "incident") return `${channel} incident ${push.incident.id}`;
  if (push.kind === "operator-action") return `${channel} action ${push.action.id}`;
  if (push.kind === "watchers") return `${channel} watchers ${push.callId}`;
  if (push.kind === "conversation") return `${channel} conversation`;
  return `${channel} call ${callOf(push)}`;
}

/** Merges two pushes of one slot, in either order: the newer state, and everything that was added. */
export function coalesce(a: Push, b: Push): Push {
  if (a.kind === "alert" && b.kind === "alert") return { ...a, alert: joinAlert(a.alert, b.alert) };
  if (a.kind === "incident" && b.kind === "incident")
    return { ...a, incident: joinIncident(a.incident, b.incident) };
  if (a.kind === "partial" && b.kind === "partial") return a.partial.at > b.partial.at ? a : b;
  if (a.kind === "call" && b.kind === "call")
    return a.call.version > b.call.version ? join(b, a) : join(a, b);
  if (a.kind === "operator-action" && b.kind === "operator-action")
    return { ...a, action: joinAction(a.action, b.action) };
  if (a.kind === "conversation" && b.kind === "conversation") return newer(a, b);
  return a.kind === "stale" ? a : b;
}

/** Prefers the push without content, which makes pages refetch, then the newer version; of equal versions the later push. */
function newer(a: ConversationPush, b: ConversationPush): ConversationPush {
  if (!a.conversation || !b.conversation) return a.conversation === null ? a : b;
  return a.conversation.version > b.conversation.version ? a : b;
}

/**
 * `previousVersion` covers the older push only if the newer one follows directly. Otherwise another process has
 * published the versions in between, and a receiver who missed those must notice the gap.
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

/** Id of the call a push is about; for an incident its own id. */
export function callOf(push: Exclude<Push, ConversationPush>): string {
  if (push.kind === "call") return push.call.id;
  if (push.kind === "incident") return push.incident.id;
  if (push.kind === "operator-action") return push.action.callId;
  return push.kind === "alert" ? push.alert.callId : push.callId;
}

/** Pusher's limit, in bytes of an event's data. */
const maxDataBytes = 10_000;

/** One event as it is passed to Pusher. */
export interface PackedEvent {
  channel: string;
  name: typeof pushEvent;
  /** A JSON array of pushes. */
  data: string;
}

/**
 * Packs pushes into Pusher's events: those of one channel share an event, in order, as long as they fit, because each
 * event costs one message per subscriber. A push too large for any event is replaced by a reminder to refetch.
 */
export function packPushes(pushes: readonly Addressed[]): PackedEvent[] {
  const open = new Map<string, { texts: string[]; bytes: number }>();
  const packed: PackedEvent[] = [];
  const close = (channel: string, texts: string[]) =>
    packed.push({ channel, name: pushEvent, data: `[${texts.join(",")}]` });

  for (const { channel, push } of pushes) {
    const { text, bytes } = write(push);
    const event = open.get(channel);
    // Brackets and commas take one byte each.
    if (event && event.bytes + bytes + 1 <= maxDataBytes) {
      event.texts.push(text);
      event.bytes += bytes + 1;
    } else {
      if (event) close(channel, event.texts);
      open.set(channel, { texts: [text], bytes: bytes + 2 });
    }
  }
  for (const [channel, { texts }] of open) close(channel, texts);
  return packed;
}

function write(push: Push): { text: string; bytes: number } {
  const text = JSON.stringify(push);
  const bytes = Buffer.byteLength(text);
  return bytes + 2 <= maxDataBytes ? { text, bytes } : write(toReminder(push));
}

/** Replaces a push by one that makes pages refetch. */
export function toReminder(push: Push): Push {
  return push.kind === "conversation"
    ? { ...push, conversation: null }
    : { kind: "stale", callId: callOf(push) };
}

import { pushEvent } from "@/lib/realtime/channels";
import { type Addressed, callOf } from "@/lib/realtime/coalesce";
import type { Push } from "@/lib/realtime/push";

/** Pusher's limit, in bytes of an event's data. */
const maxDataBytes = 10_000;

/** What Pusher is given of one event. */
export interface PackedEvent {
  channel: string;
  name: typeof pushEvent;
  /** A JSON array of pushes. */
  data: string;
}

/**
 * Pushes as Pusher's events: those of one channel share an event, in their order, for as long as they fit, since each
 * event is a message more for everybody who listens. One that fits into none is told of as something to fetch.
 */
export function packPushes(pushes: readonly Addressed[]): PackedEvent[] {
  const open = new Map<string, { texts: string[]; bytes: number }>();
  const packed: PackedEvent[] = [];
  const close = (channel: string, texts: string[]) =>
    packed.push({ channel, name: pushEvent, data: `[${texts.join(",")}]` });

  for (const { channel, push } of pushes) {
    const { text, bytes } = write(push);
    const event = open.get(channel);
    // What encloses or separates it is one byte more each.
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

/** Says that there is something to fetch. */
function toReminder(push: Push): Push {
  return push.kind === "conversation"
    ? { ...push, conversation: null }
    : { kind: "stale", callId: callOf(push) };
}

import { setTimeout as delay } from "node:timers/promises";
import { type AppCredentials, sign } from "./auth";

/** Events that Pusher sends to an app's server ("Webhooks" in its documentation). */
export type WebhookEvent =
  | { name: "channel_occupied" | "channel_vacated"; channel: string }
  | { name: "member_added" | "member_removed"; channel: string; user_id: string };

/** Long enough to batch a page's subscriptions. */
const batchWindowMs = 50;
const retryAfterMs = [250, 1_000, 3_000];

/**
 * Sends channel and member events to the app's server: signed, several events per request, one request at a time to
 * keep their order. Retries an unreachable server for a few seconds, then logs one line and drops the events.
 */
export function createWebhookSender({ key, secret }: AppCredentials, url: string) {
  const closing = new AbortController();
  const { signal } = closing;
  let waiting: WebhookEvent[] = [];
  let isSending = false;

  const post = async (body: string) => {
    const headers = {
      "content-type": "application/json",
      "x-pusher-key": key,
      "x-pusher-signature": sign(secret, body),
    };
    const timely = AbortSignal.any([signal, AbortSignal.timeout(5_000)]);
    const response = await fetch(url, { method: "POST", headers, body, signal: timely });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it returned ${response.status}`);
  };

  const deliver = async (body: string) => {
    for (const pauseMs of [...retryAfterMs, null]) {
      try {
        return await post(body);
      } catch (error) {
        if (signal.aborted) return;
        if (pauseMs === null)
          console.warn(`local Pusher: ${url} could not be notified of subscriptions:`, error);
        else await delay(pauseMs, undefined, { signal }).catch(() => {}); // closing ends the wait
      }
    }
  };

  const sendWaiting = async () => {
    isSending = true;
    while (waiting.length > 0 && !signal.aborted) {
      await delay(batchWindowMs, undefined, { signal }).catch(() => {}); // closing ends the wait
      const events = waiting;
      waiting = [];
      await deliver(JSON.stringify({ time_ms: Date.now(), events }));
    }
    isSending = false;
  };

  return {
    enqueue: (event: WebhookEvent) => {
      waiting.push(event);
      if (!isSending) void sendWaiting();
    },
    close: () => closing.abort(),
  };
}

import type { Page } from "@playwright/test";
import Pusher from "pusher";
import { z } from "zod";
import type { Push } from "@/lib/realtime/push";
import { callChannel, pushEvent } from "@/lib/realtime/push";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { waitUntil } from "@/scripts/local/wait-until";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { openPage } from "./open-page";
import { postEvent } from "./post-event";
import { startBenchStack } from "./start-bench-stack";

type Stack = Awaited<ReturnType<typeof startBenchStack>>;

const samples = 150;

/**
 * Glass to glass: from the moment Vapi would post a partial until its text is painted in Chromium on the call's page.
 * The baseline in the same run sends the same push directly to the realtime server, without the webhook.
 */
export async function benchGlass(parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  const caller = createCaller((conversation, message) => postEvent(stack, conversation, message));
  await caller.begins();
  const pusher = createPublisher(stack);
  const { page, channel } = await openCall(stack, caller, pusher, parts);
  const [direct, whole]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    const pushed = `pushed ${sample}`;
    direct.push(await measure(page, pushed, () => push(pusher, channel, caller.callId, pushed)));
    const posted = `posted ${sample}`;
    whole.push(await measure(page, posted, () => caller.isSaying("user", posted)));
  }
  console.table([summarize("push → painted", direct), summarize("POST → painted", whole)]);
}

async function measure(page: Page, text: string, send: () => Promise<unknown>): Promise<number> {
  const sentAt = Date.now();
  await send();
  const paintedAt = await page.waitForFunction((wanted) => window.paintedAt?.[wanted], text, { polling: 20 });
  return Number(await paintedAt.jsonValue()) - sentAt;
}

/** Opens the call's page and waits until it has subscribed to the call's channel. Returns both, with the channel's real name. */
async function openCall(stack: Stack, { callId }: Caller, pusher: Pusher, parts: Parts) {
  const page = await openPage(stack, notePainted, parts);
  await page.goto(`/calls/${callId}`);
  let channel = "";
  await waitUntil("the page to hear of its call", async () => {
    const answer = await pusher.get({ path: "/channels", params: { filter_by_prefix: callChannel(callId) } });
    const { channels } = z.object({ channels: z.record(z.string(), z.unknown()) }).parse(await answer.json());
    [channel = ""] = Object.keys(channels);
    return channel !== "";
  });
  return { page, channel };
}

declare global {
  interface Window {
    /** Epoch ms at which the partial with this text was on the screen. */
    paintedAt?: Record<string, number>;
  }
}

/** Runs in the page: after each change, waits for the frame that paints it. */
function notePainted(): void {
  const paintedAt: Record<string, number> = {};
  window.paintedAt = paintedAt;
  new MutationObserver(() => {
    const text = document.querySelector('[data-testid="partial"]')?.textContent ?? "";
    if (text in paintedAt) return;
    requestAnimationFrame(() => {
      setTimeout(() => {
        paintedAt[text] ??= Date.now();
      });
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

function push(pusher: Pusher, channel: string, callId: string, text: string) {
  const partial = { role: "user", text, at: new Date().toISOString() } as const;
  return pusher.trigger(channel, pushEvent, [{ kind: "partial", callId, partial }] satisfies Push[]);
}

function createPublisher({ environment }: Stack): Pusher {
  const { PUSHER_APP_ID = "", PUSHER_KEY = "", PUSHER_SECRET = "", PUSHER_PORT = "" } = environment;
  return new Pusher({
    appId: PUSHER_APP_ID,
    key: PUSHER_KEY,
    secret: PUSHER_SECRET,
    host: "127.0.0.1",
    port: PUSHER_PORT,
  });
}

function summarize(way: string, millisecondsOf: number[]) {
  const sorted = millisecondsOf.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)];
  return { way, "p50 ms": at(0.5), "p95 ms": at(0.95), samples: sorted.length };
}

import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { postBody, vapiHeaders, webhookUrl } from "@/scripts/delivery/post-body";
import { explainRefusal, explainSilence, type Tally } from "@/scripts/delivery/tally";
import { UsageError } from "@/scripts/local/cli/read-options";
import type { CallOptions } from "@/scripts/simulator/call-options";
import { generateCall } from "@/scripts/simulator/generate-call";
import type { ControlServer } from "@/scripts/simulator/live/control-server";
import { type Post, placeCall } from "@/scripts/simulator/place-call";

export interface SimulationOptions {
  /** Earshot's address. */
  url: string;
  secret: string;
  seed: string;
  /** Number of calls to place or, with `isForever`, to keep live. */
  calls: number;
  /** At most this many at a time. */
  concurrency: number;
  isForever: boolean;
  call: Omit<CallOptions, "createdAtMs" | "webhookUrl" | "monitor">;
  /** Server for listening to and controlling the calls, if there is one. */
  controlServer?: ControlServer | undefined;
}

/** State of a simulation, during and after its run. */
export interface Progress {
  live: number;
  done: number;
  tally: Tally;
}

/** All callers start within 30 s, one after the other. */
const spreadMs = 30_000;
const gapMs = 700;
const graceMs = 1_500;

/**
 * Places calls until they are done or the signal is aborted. Call n of a seed is always the same.
 *
 * @param progress updated during the run
 * @throws a UsageError when Earshot cannot be reached or rejects the secret
 */
export async function simulate(
  options: SimulationOptions,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const giveUp = new AbortController();
  const stop = AbortSignal.any([signal, giveUp.signal]);
  setMaxListeners(0, stop); // each waiting call adds a listener
  const post = createPost(options, progress.tally, (reason) => giveUp.abort(reason));
  const lines = Math.min(options.calls, options.concurrency);
  const lineGapMs = Math.min(gapMs, spreadMs / lines) / options.call.speed;
  let next = 0;
  const takeNext = () => (options.isForever || next < options.calls ? next++ : null);
  const runLine = async (line: number) => {
    await pause(line * lineGapMs, stop);
    for (let index = takeNext(); index !== null && !stop.aborted; index = takeNext()) {
      await ring(options, index, post, stop, progress);
      await pause(gapMs / options.call.speed, stop);
    }
  };
  const all = Promise.all(Array.from({ length: lines }, (_, line) => runLine(line)));
  await Promise.race([all, graceAfter(stop)]);
  giveUp.signal.throwIfAborted();
}

/** After a stop, waits briefly for outstanding responses, but not for a server that hangs. */
function graceAfter(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => setTimeout(resolve, graceMs).unref(), { once: true });
  });
}

async function ring(
  options: SimulationOptions,
  index: number,
  post: Post,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const createdAtMs = Date.now();
  const base = webhookUrl(options.url, null).href;
  const line = options.controlServer?.openLine();
  const { speed } = options.call;
  const call = generateCall(`${options.seed}/${index}`, {
    ...options.call,
    createdAtMs,
    webhookUrl: base,
    monitor: line?.monitor ?? null,
  });
  line?.air({ live: call.live, nowMs: () => (Date.now() - createdAtMs) * speed, speed });
  progress.live += 1;
  await placeCall(call, createdAtMs, post, signal).finally(line?.close);
  progress.live -= 1;
  progress.done += signal.aborted ? 0 : 1;
}

/** Counts every post. Gives up when the first ones show that none will ever be accepted. */
function createPost(
  { url, secret }: SimulationOptions,
  tally: Tally,
  giveUp: (reason: UsageError) => void,
): Post {
  return async (call, message) => {
    const target = webhookUrl(url, call.conversationUuid);
    const body = Buffer.from(JSON.stringify({ message }));
    try {
      const answer = await postBody(target, body, vapiHeaders(call.callId, secret, body));
      tally.add(answer);
      const refusal = explainRefusal(target, answer.status);
      if (refusal && !tally.hasSuccess) giveUp(new UsageError(refusal));
      return answer;
    } catch (error) {
      tally.unanswered += 1;
      if (!tally.answered) giveUp(new UsageError(explainSilence(target, error), { cause: error }));
      return null;
    }
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

import { setTimeout as delay } from "node:timers/promises";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Answer, postBody, vapiHeaders, webhookUrl } from "@/scripts/delivery/post-body";
import { defaultCallOptions } from "@/scripts/simulator/call-options";
import { generateCall } from "@/scripts/simulator/generate-call";
import { placeCall } from "@/scripts/simulator/place-call";

/** `packed`: the body, compressed: half an hour's bodies would not fit into memory. Equal bodies are packed alike. */
export type Acknowledged = { conversation: string; packed: string };

const pack = (body: Buffer) => deflateRawSync(body, { level: 1 }).toString("latin1");

export const unpackBody = ({ packed }: Acknowledged): string =>
  inflateRawSync(Buffer.from(packed, "latin1")).toString();

/** What was posted, and with what result. */
export type Ledger = {
  acknowledged: Acknowledged[];
  /** Posts repeated because the one before got no response or a 5xx. */
  resent: number;
  /** Last status, or 0, of each message that was given up. */
  lost: number[];
  calls: number;
};

export type Target = { url: string; secret: string };

const firstPauseMs = 1_000;
const longestPauseMs = 8_000;
const giveUpAfterMs = 120_000;

/**
 * Posts one message as Vapi does with the README's `backoffPlan`, only for longer: repeats the identical body, with
 * doubling pauses, until it is accepted.
 */
export async function post(
  { url, secret }: Target,
  ledger: Ledger,
  conversation: string,
  callId: string,
  message: object,
  { longestMs = longestPauseMs, signal }: { longestMs?: number; signal?: AbortSignal } = {},
): Promise<Answer | null> {
  const body = Buffer.from(JSON.stringify({ message }));
  const until = Date.now() + giveUpAfterMs;
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const answer = await postBody(
      webhookUrl(url, conversation),
      body,
      vapiHeaders(callId, secret, body),
    ).catch(() => null);
    if (signal?.aborted) return null;
    if (answer?.status === 200) {
      ledger.acknowledged.push({ conversation, packed: pack(body) });
      return answer;
    }
    if (Date.now() > until || (answer && answer.status < 500)) {
      ledger.lost.push(answer?.status ?? 0);
      return null;
    }
    ledger.resent += 1;
    await delay(Math.min(pauseMs, longestMs), undefined, { signal }).catch(() => {});
  }
}

type Options = Target & { seed: string; concurrency: number; speed: number };

/**
 * Keeps `concurrency` calls live until stopped, then lets the live ones finish.
 * @param hangUp ends all calls at once and stops retries
 */
export function keepCalling(
  { seed, concurrency, speed, ...target }: Options,
  ledger: Ledger,
  hangUp: AbortSignal,
) {
  const stop = new AbortController();
  const line = async () => {
    while (!stop.signal.aborted && !hangUp.aborted) {
      const createdAtMs = Date.now();
      const call = generateCall(`${seed}/${ledger.calls++}`, {
        ...defaultCallOptions,
        speed,
        createdAtMs,
        hangs: 0.5,
        duplicates: 0.03,
        webhookUrl: webhookUrl(target.url, null).href,
      });
      await placeCall(
        call,
        createdAtMs,
        (_, message) => post(target, ledger, call.conversationUuid, call.callId, message, { signal: hangUp }),
        hangUp,
      );
    }
  };
  const done = Promise.all(Array.from({ length: concurrency }, line));
  return async () => {
    stop.abort();
    await done;
  };
}

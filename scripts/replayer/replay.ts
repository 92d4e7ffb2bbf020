import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, postBody, vapiHeaders, webhookUrl } from "@/scripts/delivery/post-body";
import { explainRefusal, explainSilence, Tally } from "@/scripts/delivery/tally";
import { UsageError } from "@/scripts/local/cli/read-options";
import type { Capture, RecordedBody } from "@/scripts/replayer/capture";
import { createRandom, type Random, uuidV4 } from "@/scripts/simulator/random";

/** Returns the bodies in posting order: as recorded or shuffled, each once or twice. */
function lineUp<T>(
  bodies: readonly T[],
  random: Random,
  how: { isTwice: boolean; isShuffled: boolean },
): T[] {
  const all = how.isTwice ? bodies.flatMap((body) => [body, body]) : [...bodies];
  if (!how.isShuffled) return all;
  return all
    .map((body) => ({ body, place: random.between(0, 1) }))
    .sort((a, b) => a.place - b.place)
    .map(({ body }) => body);
}

export interface ReplayOptions {
  /** Earshot's address. */
  url: string;
  secret: string;
  /** 0 waits only for responses; 1 keeps the recorded intervals, 4 divides them by four. */
  speed: number;
  isShuffled: boolean;
  isTwice: boolean;
  seed: string;
  /** Null gives each sequence its own conversation, derived from its name, and single bodies none. */
  conversationUuid: string | null;
}

export interface Replayed {
  tally: Tally;
  /** True when something that should have been accepted was not. */
  hasFailed: boolean;
}

/**
 * Posts captures one after the other, each body after the response to the one before.
 *
 * @param say receives a line for each body that was not accepted
 * @throws a UsageError when Earshot cannot be reached or rejects the secret
 */
export async function replay(
  captures: readonly Capture[],
  options: ReplayOptions,
  say: (line: string) => void,
): Promise<Replayed> {
  const replayed: Replayed = { tally: new Tally(), hasFailed: false };
  for (const capture of captures) {
    const target = webhookUrl(options.url, conversationOf(capture, options));
    const random = createRandom(`${options.seed}/${capture.name}`);
    let beforeMs: number | null = null;
    for (const body of lineUp(capture.bodies, random, options)) {
      if (capture.isSequence) await waitLikeThen(beforeMs, body.atMs, options.speed);
      beforeMs = body.atMs ?? beforeMs;
      await postOne(target, body, options.secret, replayed, say);
    }
  }
  return replayed;
}

function conversationOf({ name, isSequence }: Capture, { conversationUuid }: ReplayOptions): string | null {
  return conversationUuid ?? (isSequence ? uuidV4(createRandom(`conversation of ${basename(name)}`)) : null);
}

async function waitLikeThen(beforeMs: number | null, atMs: number | null, speed: number): Promise<void> {
  if (speed > 0 && beforeMs !== null && atMs !== null && atMs > beforeMs)
    await wait((atMs - beforeMs) / speed);
}

async function postOne(
  target: URL,
  body: RecordedBody,
  secret: string,
  replayed: Replayed,
  say: (line: string) => void,
): Promise<void> {
  const { tally } = replayed;
  try {
    const answer = await postBody(target, body.bytes, vapiHeaders(body.callId, secret, body.bytes));
    tally.add(answer);
    const refusal = explainRefusal(target, answer.status);
    if (refusal && !tally.hasSuccess) throw new UsageError(refusal);
    if (answer.status >= 200 && answer.status < 300) return;
    const isRightlyRefused = body.isMalformed && answer.status >= 400 && answer.status < 500;
    say(describeAnswer(body, answer, isRightlyRefused));
    replayed.hasFailed ||= !isRightlyRefused;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    tally.unanswered += 1;
    if (!tally.answered) throw new UsageError(explainSilence(target, error), { cause: error });
    say(`${body.file}: ${explainSilence(target, error)}`);
    replayed.hasFailed = true;
  }
}

function describeAnswer({ file }: RecordedBody, { status, text }: Answer, isRightlyRefused: boolean): string {
  const answer = text.replace(/\s+/g, " ").slice(0, 300);
  return `${file}: ${status} ${answer}${isRightlyRefused ? " (malformed: rejected as expected)" : ""}`;
}

import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Vapi, VapiClient, VapiError } from "@vapi-ai/server-sdk";
import { env } from "@/lib/env";
import { readVapiKey } from "@/lib/vapi/server/key";

/** Only once Vapi is asked something: the webhook, which may have to, answers nearly every event without. */
const loadSdk = () => import("@vapi-ai/server-sdk");

export interface Patience {
  /** How often to ask again. */
  retries: number;
  /** Before the first time, doubled each time; what Vapi says itself (Retry-After) goes before. */
  pauseMs: number;
  /** Is told of each pause. */
  onPause?: (words: string) => void;
}

const longestMs = 60_000;

/**
 * Asks Vapi again while it is overloaded (429), ill (5xx) or out of reach.
 * @throws what it answered in the end, or at once where asking again would not help
 */
export async function askPatiently<T>(
  ask: () => Promise<T>,
  { retries, pauseMs, onPause }: Patience,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (cause) {
      if (attempt >= retries || !(cause instanceof Error)) throw cause;
      const { status, retryAfterMs } = await readFailure(cause);
      if (!isPassing(status)) throw cause;
      const ms = Math.min(longestMs, retryAfterMs ?? pauseMs * 2 ** attempt);
      onPause?.(`Vapi ${toWords(status)}: asking again in ${Math.ceil(ms / 1000)} s.`);
      await wait(ms);
    }
  }
}

interface Failure {
  /** Undefined where nothing was answered: the connection dropped, or took too long. */
  status: number | undefined;
  /** What Vapi asks to wait; null where it says nothing. */
  retryAfterMs: number | null;
}

async function readFailure(cause: Error): Promise<Failure> {
  const error = await toVapiError(cause);
  if (error === null) return { status: undefined, retryAfterMs: null };
  return {
    status: error.statusCode,
    retryAfterMs: readRetryAfter(error.rawResponse?.headers.get("retry-after")),
  };
}

/** An error of Vapi's own client; null for any other. */
export async function toVapiError(cause: unknown): Promise<VapiError | null> {
  const { VapiError } = await loadSdk();
  return cause instanceof VapiError ? cause : null;
}

function isPassing(status: Failure["status"]): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/** Seconds or a date, by HTTP. */
function readRetryAfter(value: string | null | undefined): number | null {
  if (!value) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Whether asking Vapi again may help after this: it is overloaded (429), ill (5xx) or out of reach. */
export async function mayPass(cause: unknown): Promise<boolean> {
  return cause instanceof Error && isPassing((await readFailure(cause)).status);
}

/** How long to leave Vapi alone after this, in ms; null where asking again would not help, or may be tried at once. */
export async function pauseAfter(cause: unknown): Promise<number | null> {
  if (!(cause instanceof Error)) return null;
  const { status, retryAfterMs } = await readFailure(cause);
  return isPassing(status) ? retryAfterMs : null;
}

function toWords(status: Failure["status"]): string {
  if (status === 429) return "asks for patience (429)";
  return status === undefined ? "did not answer" : `answered ${status}`;
}

interface Asking {
  timeoutInSeconds: number;
  maxRetries: number;
}

/** Where Vapi's API is: at Vapi, or wherever VAPI_BASE_URL says. No slash at its end. */
export function vapiUrl(): string {
  return (env.VAPI_BASE_URL ?? "https://api.vapi.ai").replace(/\/$/, "");
}

/** Vapi's own client with this key. */
export async function createClientWith(token: string, options: Asking): Promise<VapiClient> {
  const { VapiClient } = await loadSdk();
  return new VapiClient({ token, baseUrl: vapiUrl(), ...options });
}

/**
 * Vapi's own client with our key.
 * @throws when there is none
 */
export async function createVapiClient(options: Asking): Promise<VapiClient> {
  const token = await readVapiKey();
  if (token === null) throw new Error("No Vapi API key is set.");
  return createClientWith(token, options);
}

/** Whether Vapi can be asked at all. */
export const canAskVapi = async () => (await readVapiKey()) !== null;

/**
 * What Vapi knows of a call (`GET /call/{id}`); null when it knows none of this id.
 * @throws when there is no key, or Vapi does not answer within ten seconds
 */
export async function getVapiCall(id: string): Promise<Vapi.Call | null> {
  const client = await createVapiClient({ timeoutInSeconds: 10, maxRetries: 1 });
  try {
    return await client.calls.get({ id });
  } catch (cause) {
    if (cause instanceof Error && (await readFailure(cause)).status === 404) return null;
    throw cause;
  }
}

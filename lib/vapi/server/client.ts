import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Vapi, VapiClient, VapiError } from "@vapi-ai/server-sdk";
import { env } from "@/lib/env";
import { readVapiKey } from "@/lib/vapi/server/key";

/** Loaded on the first request to Vapi, because the webhook imports this module but rarely needs the SDK. */
const loadSdk = () => import("@vapi-ai/server-sdk");

interface RetryOptions {
  /** Number of retries. */
  retries: number;
  /** Pause before the first retry, doubled each time; Vapi's Retry-After takes precedence. */
  pauseMs: number;
  /** Called at each pause. */
  onPause?: (words: string) => void;
}

const longestMs = 60_000;

/**
 * Retries a request while Vapi is overloaded (429), failing (5xx) or unreachable.
 * @throws the last error, or the first one that a retry would not help
 */
export async function askWithRetries<T>(
  ask: () => Promise<T>,
  { retries, pauseMs, onPause }: RetryOptions,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (cause) {
      if (attempt >= retries || !(cause instanceof Error)) throw cause;
      const { status, retryAfterMs } = await readFailure(cause);
      if (!isPassing(status)) throw cause;
      const ms = Math.min(longestMs, retryAfterMs ?? pauseMs * 2 ** attempt);
      onPause?.(`Vapi ${toWords(status)}: trying again in ${Math.ceil(ms / 1000)} s.`);
      await wait(ms);
    }
  }
}

interface Failure {
  /** Undefined if there was no response: the connection dropped or timed out. */
  status: number | undefined;
  /** The wait that Vapi asks for; null if none. */
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

/** Returns the error if it comes from Vapi's own client, else null. */
export async function toVapiError(cause: unknown): Promise<VapiError | null> {
  const { VapiError } = await loadSdk();
  return cause instanceof VapiError ? cause : null;
}

function isPassing(status: Failure["status"]): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/** Parses Retry-After: seconds or a date. */
function readRetryAfter(value: string | null | undefined): number | null {
  if (!value) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Whether a retry may help: Vapi is overloaded (429), failing (5xx) or unreachable. */
export async function mayPass(cause: unknown): Promise<boolean> {
  return cause instanceof Error && isPassing((await readFailure(cause)).status);
}

/** Returns how long to wait before asking Vapi again, in ms; null if a retry would not help, or no wait is needed. */
export async function pauseAfter(cause: unknown): Promise<number | null> {
  if (!(cause instanceof Error)) return null;
  const { status, retryAfterMs } = await readFailure(cause);
  return isPassing(status) ? retryAfterMs : null;
}

function toWords(status: Failure["status"]): string {
  if (status === 429) return "is rate limiting (429)";
  return status === undefined ? "did not respond" : `answered ${status}`;
}

interface Asking {
  timeoutInSeconds: number;
  maxRetries: number;
}

/** Returns the URL of Vapi's API, or VAPI_BASE_URL, without a trailing slash. */
export function vapiUrl(): string {
  return (env.VAPI_BASE_URL ?? "https://api.vapi.ai").replace(/\/$/, "");
}

/** Creates Vapi's own client with this key. */
export async function createClientWith(token: string, options: Asking): Promise<VapiClient> {
  const { VapiClient } = await loadSdk();
  return new VapiClient({ token, baseUrl: vapiUrl(), ...options });
}

/**
 * Creates Vapi's own client with our key.
 * @throws if no key is set
 */
export async function createVapiClient(options: Asking): Promise<VapiClient> {
  const token = await readVapiKey();
  if (token === null) throw new Error("No Vapi API key is set.");
  return createClientWith(token, options);
}

/** Whether a key for Vapi's API is set. */
export const canAskVapi = async () => (await readVapiKey()) !== null;

/**
 * Returns a call from Vapi (`GET /call/{id}`); null if Vapi does not have it.
 * @throws if no key is set, or Vapi fails or does not respond within ten seconds
 */
export async function getVapiCall(id: string, signal?: AbortSignal): Promise<Vapi.Call | null> {
  const client = await createVapiClient({ timeoutInSeconds: 10, maxRetries: 1 });
  try {
    return await client.calls.get({ id }, signal && { abortSignal: signal });
  } catch (cause) {
    if (cause instanceof Error && (await readFailure(cause)).status === 404) return null;
    throw cause;
  }
}

import "server-only";
import type { LookupAddress } from "node:dns";
import { type IncomingMessage, type RequestOptions, request as sendHttp } from "node:http";
import { request as sendHttps } from "node:https";
import {
  checkUrl,
  OutgoingRefused,
  type Resolver,
  resolveByDns,
  resolveHost,
} from "@/lib/http/server/outgoing-rules";

interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body: string | Uint8Array | null;
  signal: AbortSignal;
}

/**
 * Sends one request to one of these addresses only, whatever the host's name resolves to by then, and over a new
 * connection, because a kept-alive one was checked for another request. TLS still verifies the name.
 * @throws what node:http throws, including an abort by the signal
 */
function sendRequest(
  { url, method, headers, body, signal }: Outgoing,
  addresses: LookupAddress[],
): Promise<IncomingMessage> {
  const send = url.protocol === "http:" ? sendHttp : sendHttps;
  const options: RequestOptions = {
    method,
    signal,
    agent: false,
    lookup: pin(addresses),
    headers: {
      "user-agent": "Earshot",
      ...Object.fromEntries(headers),
      // Nothing is decompressed here, so that no response can expand.
      "accept-encoding": "identity",
    },
  };
  return new Promise((resolve, reject) => {
    const request = send(url, options, resolve);
    request.on("error", reject);
    request.end(body ?? undefined);
  });
}

/** Resolves any name to these addresses, whatever it resolves to at the time of the connection. */
export function pin(addresses: LookupAddress[]): NonNullable<RequestOptions["lookup"]> {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };
}

const redirects = new Set([301, 302, 303, 307, 308]);
/** Credentials are sent to the original origin only. */
const confidential = ["authorization", "cookie", "proxy-authorization"];

/** The request that a redirect leads to, by the rules of fetch; null if there is none, or its location is unusable. */
function followRedirect(outgoing: Outgoing, { statusCode = 0, headers }: IncomingMessage): Outgoing | null {
  const { url, method } = outgoing;
  const { location } = headers;
  if (!redirects.has(statusCode) || !location || !URL.canParse(location, url)) return null;
  const next = new URL(location, url);
  const kept = new Headers(outgoing.headers);
  if (next.origin !== url.origin) for (const name of confidential) kept.delete(name);

  const becomesGet = statusCode === 303 ? method !== "HEAD" : statusCode < 303 && method === "POST";
  if (!becomesGet) return { ...outgoing, url: next, headers: kept };
  for (const name of ["content-type", "content-length"]) kept.delete(name);
  return { ...outgoing, url: next, headers: kept, method: "GET", body: null };
}

const withoutBody = new Set([204, 205, 304]);

/**
 * Converts a response to that of fetch. Its body fails as soon as it exceeds `maxBytes`, and when the signal aborts.
 * @throws OutgoingRefused when its Content-Length already exceeds `maxBytes`
 */
export function toResponse(message: IncomingMessage, maxBytes: number, signal: AbortSignal): Response {
  const status = message.statusCode ?? 502;
  const headers = toHeaders(message.rawHeaders);
  if (Number(headers.get("content-length")) > maxBytes) {
    message.destroy();
    throw tooLarge(maxBytes);
  }
  if (withoutBody.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new Response(toBody(readCapped(message, maxBytes, signal)), { status, headers });
}

function toBody(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* readCapped(
  message: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of message) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield new Uint8Array(chunk);
    }
  } catch (cause) {
    // A closed socket's error does not give the reason; the signal does.
    throw signal.aborted ? signal.reason : cause;
  } finally {
    message.destroy();
  }
}

function toHeaders(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2)
    headers.append(raw[index] ?? "", raw[index + 1] ?? "");
  return headers;
}

function tooLarge(maxBytes: number): OutgoingRefused {
  return new OutgoingRefused("size", `The response is longer than ${maxBytes} bytes.`);
}

export interface GuardedInit {
  method?: string | undefined;
  headers?: HeadersInit | undefined;
  body?: string | Uint8Array | null | undefined;
  signal?: AbortSignal | null | undefined;
  /** Hosts that may be contacted: `hooks.slack.com`, `*.vapi.ai`. Any public one by default. */
  hosts?: readonly string[];
  /** For the whole request, including reading the body. */
  timeoutMs?: number;
  /** Limit of the response body. */
  maxBytes?: number;
  /** 0 returns a redirect like any other response. */
  maxRedirects?: number;
  resolve?: Resolver;
}

/**
 * `fetch` for addresses that come from a person, a call or another server. Over https only, and never to this host, its
 * network or a cloud's metadata, by any name: a name is resolved once, all its addresses are checked, and the
 * connection goes to those. Redirects are followed here, each checked like the first request. OUTGOING_ALLOWED_HOSTS
 * names exceptions.
 *
 * @throws OutgoingRefused when the rules forbid it, a TimeoutError, or what node:http throws when there is no response
 */
export async function guardedFetch(target: string | URL, init: GuardedInit = {}): Promise<Response> {
  const { hosts = null, timeoutMs = 10_000, maxBytes = 1024 * 1024, resolve = resolveByDns } = init;
  const signals = [AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])];
  const signal = AbortSignal.any(signals);
  const first = toOutgoing(target, init, signal);
  try {
    const answer = await send(first, init.maxRedirects ?? 3, { hosts, resolve });
    return toResponse(answer, maxBytes, signal);
  } catch (cause) {
    // A closed socket's error does not give the reason; the signal does.
    throw signal.aborted ? signal.reason : cause;
  }
}

function toOutgoing(target: string | URL, init: GuardedInit, signal: AbortSignal): Outgoing {
  const { method = "GET", headers, body = null } = init;
  return { url: new URL(target), method: method.toUpperCase(), headers: new Headers(headers), body, signal };
}

interface Rules {
  hosts: readonly string[] | null;
  resolve: Resolver;
}

async function send(first: Outgoing, maxRedirects: number, rules: Rules): Promise<IncomingMessage> {
  let outgoing = first;
  for (let redirects = 0; ; redirects += 1) {
    checkUrl(outgoing.url, rules.hosts);
    const resolving = resolveHost(outgoing.url, rules.resolve);
    const answer = await sendRequest(outgoing, await unlessAborted(resolving, outgoing.signal));
    const next = maxRedirects > 0 ? followRedirect(outgoing, answer) : null;
    if (!next) return answer;
    answer.destroy();
    if (redirects === maxRedirects) {
      throw new OutgoingRefused("redirects", `It redirected more than ${maxRedirects} times.`);
    }
    outgoing = next;
  }
}

/** A DNS look-up cannot be aborted, but the wait for it can. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

import "server-only";
import type { IncomingMessage } from "node:http";
import { checkUrl } from "@/lib/http/outgoing/check-url";
import { followRedirect } from "@/lib/http/outgoing/follow-redirect";
import { OutgoingRefused } from "@/lib/http/outgoing/outgoing-refused";
import { type Resolver, resolveByDns, resolveHost } from "@/lib/http/outgoing/resolve-host";
import { type Outgoing, sendRequest } from "@/lib/http/outgoing/send-request";
import { toResponse } from "@/lib/http/outgoing/to-response";

export interface GuardedInit {
  method?: string | undefined;
  headers?: HeadersInit | undefined;
  body?: string | Uint8Array | null | undefined;
  signal?: AbortSignal | null | undefined;
  /** Where the caller means to go: `hooks.slack.com`, `*.vapi.ai`. Without it: anywhere public. */
  hosts?: readonly string[];
  /** For all of it, the reading of the body included. */
  timeoutMs?: number;
  /** Of the body. */
  maxBytes?: number;
  /** 0: a redirect is an answer like any other. */
  maxRedirects?: number;
  resolve?: Resolver;
}

/**
 * `fetch` for every address that a person, a call or another server has named. Over https only, and never to this
 * host, its network or a cloud's metadata, by whatever name: a name is resolved once, all its addresses are checked, and
 * the connection goes to those. Redirects are followed by hand, each checked like the first.
 * OUTGOING_ALLOWED_HOSTS names exceptions.
 *
 * @throws OutgoingRefused when the rules forbid it, a TimeoutError, or what node:http does when there is no answer
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
    // A socket that was cut says only that; the signal says why.
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
      throw new OutgoingRefused("redirects", `It led on more than ${maxRedirects} times.`);
    }
    outgoing = next;
  }
}

/** A name server cannot be hurried; whoever waits for it can. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

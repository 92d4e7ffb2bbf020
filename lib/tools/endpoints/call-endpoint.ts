import "server-only";
import type { ToolEndpointRow } from "@/db/schema/tool-endpoints";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { parseJson, stringifyJson } from "@/lib/lossless-json";
import type { ToolRun } from "@/lib/tools/define-tool";
import { describeAnswer } from "@/lib/tools/endpoints/describe-answer";
import { fillBody, fillUrl } from "@/lib/tools/endpoints/fill-request";
import { openHeaders } from "@/lib/tools/endpoints/sealed-headers";
import { SpokenError } from "@/lib/tools/spoken-error";

const maxAnswerBytes = 256 * 1024;

/** Asks an endpoint, and makes its answer a sentence. Redirects are not followed: the headers hold secrets. */
export async function callEndpoint(
  endpoint: ToolEndpointRow,
  args: Record<string, unknown>,
  { id, signal }: ToolRun,
): Promise<string> {
  const url = fillUrl(endpoint.url, args);
  const hasBody = endpoint.body !== null;
  const response = await guardedFetch(url, {
    method: endpoint.method,
    headers: {
      accept: "application/json",
      ...(hasBody && { "content-type": "application/json" }),
      // The same for each attempt, for servers that tell repeats by it.
      ...(endpoint.effect === "write" && { "idempotency-key": id }),
      ...endpoint.headers,
      ...openHeaders(endpoint),
    },
    body: hasBody ? stringifyJson(fillBody(endpoint.body, args)) : null,
    hosts: [url.hostname],
    timeoutMs: endpoint.timeoutMs,
    maxBytes: maxAnswerBytes,
    maxRedirects: 0,
    signal,
  }).catch((cause: unknown) => {
    if (cause instanceof OutgoingRefused && cause.because !== "size") {
      throw new SpokenError("Earshot may not reach that service. Nothing was done.");
    }
    throw cause;
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw failureOf(endpoint, response.status);
  }
  return describeAnswer(endpoint.sentence, readAnswer(await response.text()));
}

/** A server that fails may have done what it was asked before; one that refuses has not. */
function failureOf({ effect }: ToolEndpointRow, status: number): Error {
  if (status < 500) return new SpokenError(`The service said no (${status}).`);
  const words = `The service failed (${status}).`;
  return effect === "read" ? new SpokenError(words) : new Error(words);
}

function readAnswer(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

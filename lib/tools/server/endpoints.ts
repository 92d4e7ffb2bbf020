import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { listEndpointRows } from "@/db/queries/tools/read";
import type { ToolEndpointRow } from "@/db/schema/tools";
import { withDeadline } from "@/lib/async";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { logRepeated } from "@/lib/log-repeated";
import { BigInteger, mapJson, parseJson, stringifyJson } from "@/lib/lossless-json";
import { remembered } from "@/lib/remembered";
import { openSecret, sealSecret } from "@/lib/secrets";
import { describeAnswer, fillBody, fillUrl } from "@/lib/tools/endpoints/endpoint";
import { SpokenError, type Tool, type ToolRun } from "@/lib/tools/server/define-tool";

const headersSchema = z.record(z.string(), z.string());

/** Encrypts an endpoint's secret headers for storage in the database. */
export function sealHeaders(headers: Record<string, string>, endpointId: string) {
  const secretNames = Object.keys(headers);
  const sealedHeaders = secretNames.length > 0 ? sealSecret(JSON.stringify(headers), endpointId) : null;
  return { secretNames, sealedHeaders };
}

/** @throws SpokenError if BETTER_AUTH_SECRET has changed since they were stored */
export function openHeaders({ id, sealedHeaders }: { id: string; sealedHeaders: string | null }) {
  if (sealedHeaders === null) return {};
  const opened = openSecret(sealedHeaders, id);
  if (opened === null) throw new SpokenError("The service's key cannot be read. Nothing was done.");
  return headersSchema.parse(JSON.parse(opened));
}

const maxAnswerBytes = 256 * 1024;

/** Calls an endpoint and turns the response into a sentence. Redirects are not followed: the headers hold secrets. */
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
      // The same for each attempt, for servers that recognize repeats by it.
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
      throw new SpokenError("Earshot is not allowed to reach that service. Nothing was done.");
    }
    throw cause;
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw failureOf(endpoint, response.status);
  }
  return describeAnswer(endpoint.sentence, readAnswer(await response.text()));
}

/** A server that failed (5xx) may have acted already; one that rejected the request has not. */
function failureOf({ effect }: ToolEndpointRow, status: number): Error {
  if (status < 500) return new SpokenError(`The service rejected the request (${status}).`);
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

const argumentsSchema = z.record(z.string(), z.unknown());

/** Returns a configured endpoint as a tool. Its parameters are the admin's own JSON Schema. */
export function toEndpointTool(endpoint: ToolEndpointRow): Tool {
  const { name, description, effect, method, url, body, parameters } = endpoint;
  const schema = z.fromJSONSchema(parameters);
  return {
    name,
    description,
    parameters,
    effect,
    effectClause: "it was done",
    // Longer than the request's own timeout, which should end first.
    timeoutMs: endpoint.timeoutMs + 1_000,
    prepare: (input) => {
      const args = readArguments(schema, input);
      const sent = body === null ? "" : ` with ${stringifyJson(fillBody(body, args))}`;
      return {
        run: (about) => callEndpoint(endpoint, args, about),
        rehearse: async (about) =>
          effect === "read"
            ? callEndpoint(endpoint, args, about)
            : `It would send ${method} ${fillUrl(url, args)}${sent}`,
      };
    },
  };
}

/**
 * Validates the arguments against the schema and keeps big integers exact: zod validates the nearest integer it
 * accepts, which is replaced by the original if the schema did not change it.
 */
function readArguments(schema: z.ZodType, input: unknown): Record<string, unknown> {
  const validated = schema.parse(
    mapJson(input, (part) => (part instanceof BigInteger ? toNearest(part) : part)),
  );
  return argumentsSchema.parse(putBack(validated, input));
}

function toNearest(big: BigInteger): number {
  return big.digits.startsWith("-") ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

function putBack(validated: unknown, input: unknown): unknown {
  if (input instanceof BigInteger) return validated === toNearest(input) ? input : validated;
  if (Array.isArray(validated) && Array.isArray(input))
    return validated.map((entry, n) => putBack(entry, input[n]));
  if (!isHolder(validated) || !isHolder(input)) return validated;
  return Object.fromEntries(
    Object.entries(validated).map(([key, entry]) => [key, putBack(entry, input[key])]),
  );
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const databaseTimeoutMs = 1_500;

const endpoints = remembered<Map<string, Tool>, null>({
  load: readEndpoints,
  freshMs: 3_000,
  fallback: () => null,
  onFailure: warnOfFailure,
});

/** Finds an endpoint by name. Cached for seconds; if the database is down, the last known endpoint is used. */
export async function findEndpointTool(name: string): Promise<Tool | "unknown" | "unreachable"> {
  const known = endpoints.peek()?.get(name);
  if (known) return known;
  try {
    // An endpoint created a moment ago may be missing in the cached ones.
    const tools = await withDeadline(endpoints.reload(), databaseTimeoutMs);
    return tools.get(name) ?? "unknown";
  } catch (cause) {
    warnOfFailure(cause);
    return endpoints.known()?.get(name) ?? "unreachable";
  }
}

async function readEndpoints(): Promise<Map<string, Tool>> {
  const rows = await listEndpointRows(db);
  return new Map(rows.filter(({ isEnabled }) => isEnabled).map((row) => [row.name, toEndpointTool(row)]));
}

function warnOfFailure(cause: unknown): void {
  logRepeated("warn", "the endpoints could not be read", { error: cause });
}

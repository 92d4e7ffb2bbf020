import "server-only";
import { z } from "zod";
import type { ToolEndpointRow } from "@/db/schema/tool-endpoints";
import { BigInteger, mapJson, stringifyJson } from "@/lib/lossless-json";
import type { Tool } from "@/lib/tools/define-tool";
import { callEndpoint } from "@/lib/tools/endpoints/call-endpoint";
import { fillBody, fillUrl } from "@/lib/tools/endpoints/fill-request";

const argumentsSchema = z.record(z.string(), z.unknown());

/** A configured endpoint as the tool it is. Its parameters are an admin's own JSON Schema. */
export function toEndpointTool(endpoint: ToolEndpointRow): Tool {
  const { name, description, effect, method, url, body, parameters } = endpoint;
  const schema = z.fromJSONSchema(parameters);
  return {
    name,
    description,
    parameters,
    effect,
    deed: "it was done",
    // The request's own limit comes first.
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
 * The arguments as the schema reads them, big integers whole: they are judged as the nearest number zod takes for an
 * integer, and put back where the schema left that.
 */
function readArguments(schema: z.ZodType, input: unknown): Record<string, unknown> {
  const judged = schema.parse(
    mapJson(input, (part) => (part instanceof BigInteger ? toNearest(part) : part)),
  );
  return argumentsSchema.parse(putBack(judged, input));
}

function toNearest(big: BigInteger): number {
  return big.digits.startsWith("-") ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

function putBack(judged: unknown, input: unknown): unknown {
  if (input instanceof BigInteger) return judged === toNearest(input) ? input : judged;
  if (Array.isArray(judged) && Array.isArray(input))
    return judged.map((entry, n) => putBack(entry, input[n]));
  if (!isHolder(judged) || !isHolder(input)) return judged;
  return Object.fromEntries(Object.entries(judged).map(([key, entry]) => [key, putBack(entry, input[key])]));
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

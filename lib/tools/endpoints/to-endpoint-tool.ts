import "server-only";
import { z } from "zod";
import type { ToolEndpointRow } from "@/db/schema/tool-endpoints";
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
      const args = argumentsSchema.parse(schema.parse(input));
      const sent = body === null ? "" : ` with ${JSON.stringify(fillBody(body, args))}`;
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

import * as z from "zod";
import { routes } from "@/lib/auth/permissions";
import { alertsOperations } from "@/lib/openapi/areas/alerts-operations";
import { callsOperations } from "@/lib/openapi/areas/calls-operations";
import { conversationsOperations } from "@/lib/openapi/areas/conversations-operations";
import { credentialsOperations } from "@/lib/openapi/areas/credentials-operations";
import { dialingOperations } from "@/lib/openapi/areas/dialing-operations";
import { eventsOperations } from "@/lib/openapi/areas/events-operations";
import { governanceOperations } from "@/lib/openapi/areas/governance-operations";
import { healthOperations } from "@/lib/openapi/areas/health-operations";
import { knowledgeOperations } from "@/lib/openapi/areas/knowledge-operations";
import { notificationsOperations } from "@/lib/openapi/areas/notifications-operations";
import { peopleOperations } from "@/lib/openapi/areas/people-operations";
import { reportsOperations } from "@/lib/openapi/areas/reports-operations";
import { routingOperations } from "@/lib/openapi/areas/routing-operations";
import { toolsOperations } from "@/lib/openapi/areas/tools-operations";
import type { Operation } from "@/lib/openapi/operation";

/** What of the HTTP API takes an API key, and our health. */
export const operations: readonly Operation[] = [
  ...callsOperations,
  ...alertsOperations,
  ...reportsOperations,
  ...conversationsOperations,
  ...eventsOperations,
  ...healthOperations,
  ...toolsOperations,
  ...routingOperations,
  ...knowledgeOperations,
  ...dialingOperations,
  ...notificationsOperations,
  ...peopleOperations,
  ...credentialsOperations,
  ...governanceOperations,
];

type Json = Record<string, unknown>;

const problemSchema = z.object({ title: z.string(), status: z.int(), detail: z.string() });

/** The HTTP API as an OpenAPI 3.1 document, out of the schemas that its routes and pages check with. @param url of this Earshot */
export function describeApi(url: string) {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = toPath(operation.path);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: toOperation(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Earshot",
      version: "1",
      description:
        "Times are ISO 8601 in UTC. Lists come a page at a time: give `nextCursor` back as `cursor`.",
    },
    servers: [{ url }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key, made under Settings, API keys." },
      },
      responses: {
        Problem: {
          description: "A problem document (RFC 9457): what happened, and what to do.",
          content: { "application/problem+json": { schema: toSchema(problemSchema, "output") } },
        },
      },
    },
  };
}

function toOperation({ path, method, summary, query, headers, body, answer, status = 200 }: Operation): Json {
  const access = routes[path]?.[method];
  return {
    summary,
    description: access === "public" ? "Takes no key." : `Takes the permission \`${access}\`.`,
    ...(access === "public" && { security: [] }),
    parameters: [
      ...[...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => ({
        name,
        in: "path",
        required: true,
        schema: { type: "string" },
      })),
      ...toParameters(query, "query"),
      ...toParameters(headers, "header"),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { [body.type ?? "application/json"]: { schema: toSchema(body.schema, "input") } },
      },
    }),
    responses: { [status]: toResponse(answer), default: { $ref: "#/components/responses/Problem" } },
  };
}

function toResponse(answer: Operation["answer"]): Json {
  if (answer === null) return { description: "Done." };
  if (answer instanceof z.ZodType)
    return { description: "Done.", content: { "application/json": { schema: toSchema(answer, "output") } } };
  const { type, description } = answer;
  return { description, content: { [type]: { schema: { type: "string" } } } };
}

function toParameters(schema: z.ZodObject | undefined, place: "query" | "header"): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, value]) => ({
    name,
    in: place,
    required: !z.safeParse(value, undefined).success,
    schema: toSchema(value, "input"),
  }));
}

/** What a schema takes or gives. What JSON Schema has no words for (`z.custom`) is left open. */
function toSchema(schema: z.core.$ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return described;
}

function toPath(path: string): string {
  return path.replace(/\[(\w+)\]/g, "{$1}");
}

import * as z from "zod";
import type { FileAnswer, Operation } from "@/lib/openapi/operation";

type Json = Record<string, unknown>;

const problemSchema = z.object({ title: z.string(), status: z.int(), detail: z.string() });

/**
 * Returns the HTTP API as an OpenAPI 3.1 document, generated from the schemas that routes and pages validate with:
 * every operation that accepts an API key, and the health check.
 * @param url origin of this Earshot
 */
export function describeApi(url: string, operations: readonly Operation[]) {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations.filter(({ isForPagesOnly }) => !isForPagesOnly)) {
    const path = toPath(operation.path);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: toOperation(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Earshot",
      version: "1",
      description:
        "Times are ISO 8601 in UTC. Lists are paginated: pass `nextCursor` as `cursor` for the next page.",
    },
    servers: [{ url }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key, created under Settings → API keys.",
        },
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

const ifMatch = z.object({
  "If-Match": z.string().describe("The version you read, from its ETag."),
});

function toOperation(operation: Operation): Json {
  const { path, access, summary, params, query, body, answer, status } = operation;
  const mediaType = operation.bodyTypes?.[0] ?? "application/json";
  return {
    summary,
    description: access === "public" ? "Needs no API key." : `Needs the permission \`${access}\`.`,
    ...(access === "public" && { security: [] }),
    parameters: [
      ...[...path.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => ({
        name,
        in: "path",
        required: true,
        schema: toSchema(params?.[name] ?? z.string(), "input"),
      })),
      ...toParameters(query, "query"),
      ...toParameters(operation.ifMatch ? ifMatch : undefined, "header"),
    ],
    ...(body && {
      requestBody: { required: true, content: { [mediaType]: { schema: toSchema(body, "input") } } },
    }),
    responses: {
      [status ?? (answer === null ? 204 : 200)]: toResponse(answer),
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function toResponse(answer: Operation["answer"]): Json {
  if (answer === null) return { description: "Done." };
  if (isFile(answer)) {
    const { type, description } = answer;
    return { description, content: { [type]: { schema: { type: "string" } } } };
  }
  return { description: "Done.", content: { "application/json": { schema: toSchema(answer, "output") } } };
}

function isFile(answer: z.ZodType | FileAnswer): answer is FileAnswer {
  return !(answer instanceof z.ZodType);
}

function toParameters(schema: z.ZodObject | undefined, place: "query" | "header"): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, value]) => {
    const described = toSchema(value, "input");
    return {
      name,
      in: place,
      required: !z.safeParse(value, undefined).success,
      // Separated by commas (lib/http/comma-list.ts), not repeated.
      ...(described.type === "array" && { explode: false }),
      schema: described,
    };
  });
}

/** Converts a schema for its input or output. Parts that JSON Schema cannot express (`z.custom`) accept anything. */
function toSchema(schema: z.core.$ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return described;
}

function toPath(path: string): string {
  return path.replace(/\[(\w+)\]/g, "{$1}");
}

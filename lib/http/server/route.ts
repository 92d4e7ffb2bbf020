import "server-only";
import { z } from "zod";
import { isOutage } from "@/db/faults";
import type { By } from "@/lib/audit/audit";
import type { Access, Method, RouteTable } from "@/lib/auth/permissions";
import type { Actor } from "@/lib/auth/roles";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readIfMatch, readJson } from "@/lib/http/server/http";
import { logRepeated } from "@/lib/log-repeated";
import type { FileAnswer, Operation } from "@/lib/openapi/operation";
import { inRequest } from "@/lib/request-id";

type Names<Path> = Path extends `${string}[${infer Name}]${infer Rest}` ? Name | Names<Rest> : never;
type ParamSchemas<Path> = { readonly [Name in Names<Path>]?: z.ZodType<unknown, string> };
type Params<Path, Schemas> = {
  [Name in Names<Path>]: Schemas extends Readonly<Record<Name, z.ZodType<infer Value>>> ? Value : string;
};
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Returned<Answer> =
  | Response
  | (Answer extends z.ZodType ? z.input<Answer> : Answer extends null ? null : never);

/** Input of `handle`, all of it checked. */
type Input<Allowed, Path, Schemas, Query, Body> = {
  request: Request;
  params: Params<Path, Schemas>;
  query: Output<Query>;
  body: Output<Body>;
  /** The version in `If-Match`; undefined for any. */
  ifVersion: number | undefined;
  /** Returns this route's 404, as defined by its `notFound`. */
  notFound: () => Response;
} & (Allowed extends "public" ? unknown : { actor: Actor; by: By });

interface Definition<Allowed, Path, Schemas, Query, Body, Answer>
  extends Pick<
    Operation,
    "summary" | "ifMatch" | "bodyTypes" | "maxBodyBytes" | "status" | "isForPagesOnly"
  > {
  /** Must be as in the table of lib/auth/permissions.ts: anything else is a type error. */
  access: Allowed;
  params?: Schemas;
  query?: Query;
  body?: Body;
  answer: Answer;
  /** The 404 of this route, for an invalid path parameter and from `notFound()`. */
  notFound?: { title?: string; detail: string };
  handle: (input: Input<Allowed, Path, Schemas, Query, Body>) => Promise<Returned<Answer>> | Returned<Answer>;
}

/** A handler as Next calls it. */
type Handler<Path> = (
  request: Request,
  ...context: [Names<Path>] extends [never] ? [] : [{ params: Promise<Record<Names<Path>, string>> }]
) => Promise<Response>;

/**
 * Creates a route handler from one definition of its input and output:
 *
 *     export const PUT = route("PUT", "/api/dialing/rules", {
 *       access: "settings.manage",
 *       summary: "Set the calling hours of campaigns",
 *       body: dialingRulesSchema,
 *       answer: null,
 *       async handle({ body, by }) {
 *         await setDialingRules(db, body, by);
 *         return null;
 *       },
 *     });
 *
 * Checked in this order, before `handle` runs: the actor (401, 403), the path (404), the query (422), If-Match (428,
 * 412), the body (415, 413, 408, 400, 422). 503 if `handle` throws because the database is down. The result of `handle`
 * is sent as JSON; null as 204; a Response unchanged. The OpenAPI document is made from the same definition
 * (app/api/openapi.json/operations.ts lists the routes).
 */
export function route<
  Path extends keyof RouteTable,
  Verb extends keyof RouteTable[Path] & Method,
  Answer extends z.ZodType | FileAnswer | null,
  Schemas extends ParamSchemas<Path> = Record<never, never>,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  method: Verb,
  path: Path,
  definition: Definition<RouteTable[Path][Verb] & Access, Path, Schemas, Query, Body, Answer>,
): Handler<Path> & { operation: Operation } {
  const { handle, notFound: missing, ...stated } = definition;
  const notFound = () =>
    problem(404, missing?.title ?? "Not found", missing?.detail ?? "No resource has this ID.");
  // A key without a value is left out of the literal, so none of these is undefined.
  const operation = { method, path, ...stated } as Operation;

  async function answer(request: Request, context?: { params: Promise<Record<string, string>> }) {
    const asked = await readAsker(request, operation.access);
    if (asked.refused) return asked.refused;
    const params = z.looseObject(operation.params ?? {}).safeParse((await context?.params) ?? {});
    if (!params.success) return notFound();
    const query = operation.query?.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (query && !query.success) return problem(422, "Invalid filter", z.prettifyError(query.error));
    const match = operation.ifMatch ? readIfMatch(request) : null;
    if (match?.refused) return match.refused;
    const body = operation.body
      ? await readJson(request, operation.body, operation.bodyTypes, operation.maxBodyBytes)
      : null;
    if (body?.refused) return body.refused;

    // Safe because the input's type is derived from the schemas above.
    const input = {
      ...asked,
      request,
      params: params.data,
      query: query?.data,
      body: body?.value,
      ifVersion: match?.version,
      notFound,
    } as unknown as Parameters<typeof handle>[0];
    return answerOutage(async () => toResponse(await handle(input), operation.status));
  }
  const handler: Handler<Path> = (request, ...[context]) =>
    inRequest(request, () => answer(request, context));
  return Object.assign(handler, { operation });
}

/**
 * Returns the response of `work`, or 503 with a message if the database is not available.
 * @throws any other error
 */
export async function answerOutage(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    if (!isOutage(cause)) throw cause;
    logRepeated("error", "a request could not be answered: the database is not available", { error: cause });
    const detail = "The database is not responding. Try again.";
    return problem(503, "Database unavailable", detail, { "retry-after": "2" });
  }
}

async function readAsker(request: Request, access: Access) {
  if (access === "public") return { refused: null };
  if (access === "webhook" || access === "machine") throw new Error(`route() cannot check ${access}.`);
  const { actor, refused } = await authorize(request, access);
  return refused ? { refused } : { refused: null, actor, by: auditedBy(actor, request) };
}

function toResponse(answer: unknown, status: number | undefined): Response {
  if (answer instanceof Response) return answer;
  const headers = { "cache-control": "no-store" };
  return answer === null
    ? new Response(null, { status: status ?? 204, headers })
    : Response.json(answer, { status: status ?? 200, headers });
}

import * as z from "zod";
import type { Access, Method } from "@/lib/auth/permissions";

/** A response that is not JSON: its media type and a description. */
export interface FileAnswer {
  type: string;
  description: string;
}

/** One operation of the HTTP API, as validated by `route()` (lib/http/server/route.ts) and described in the OpenAPI document. */
export interface Operation {
  method: Method;
  /** The path in Next's notation: `/api/calls/[callId]`. */
  path: string;
  access: Access;
  summary: string;
  /** Schemas of path parameters. A parameter without a schema accepts any text. */
  params?: Readonly<Record<string, z.ZodType>>;
  query?: z.ZodObject;
  /** Whether a change must name the version it applies to (`If-Match`). */
  ifMatch?: boolean;
  body?: z.ZodType;
  /** Accepted media types of the body, the recommended one first; application/json by default. */
  bodyTypes?: readonly [string, ...string[]];
  /** The longest body, 256 KB by default. */
  maxBodyBytes?: number;
  /** The body of a successful response; null if it has none. */
  answer: z.ZodType | FileAnswer | null;
  /** Status of a successful response: 200 by default, or 204 without a body. */
  status?: number;
  /** Whether only Earshot's own pages need it, so that the OpenAPI document omits it. */
  isForPagesOnly?: boolean;
}

/** A response with one JSON object per line. @param what contents of the lines */
export function lines(what: string): FileAnswer {
  return { type: "application/jsonl", description: `${what}, a JSON object a line.` };
}

/** A response, or part of one, without a schema, because only scripts read it. */
export const anyObject: z.ZodType<object, object> = z.looseObject({});

/** `{ [name]: […] }`: a response whose entries have no schema. */
export function listOf<Name extends string>(name: Name) {
  return z.object({ [name]: z.array(anyObject) } as Record<Name, z.ZodArray<typeof anyObject>>);
}

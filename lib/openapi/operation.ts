import * as z from "zod";
import type { Access, Method } from "@/lib/auth/permissions";

/** An answer that is not JSON: its media type, and a sentence about it. */
export interface FileAnswer {
  type: string;
  description: string;
}

/** One operation of the HTTP API: what `route()` (lib/http/server/route.ts) checks, and what the OpenAPI document says. */
export interface Operation {
  method: Method;
  /** As Next knows it: `/api/calls/[callId]`. */
  path: string;
  access: Access;
  summary: string;
  /** Schemas of parameters in the path. One without a schema is any text. */
  params?: Readonly<Record<string, z.ZodType>>;
  query?: z.ZodObject;
  /** Whether a change must say which version it is about (`If-Match`). */
  ifMatch?: boolean;
  body?: z.ZodType;
  /** Media types the body may be declared as, the one to recommend first; application/json by default. */
  bodyTypes?: readonly [string, ...string[]];
  /** What a good answer holds; null where it holds nothing. */
  answer: z.ZodType | FileAnswer | null;
  /** Of a good answer: 200 by default, or 204 where it holds nothing. */
  status?: number;
  /** Whether only Earshot's own pages have a use for it, so that the document leaves it out. */
  isForPagesOnly?: boolean;
}

/** An answer of one JSON object a line. @param what stands in them */
export function lines(what: string): FileAnswer {
  return { type: "application/jsonl", description: `${what}, a JSON object a line.` };
}

/** An answer, or a part of one, that no schema of ours checks, for only scripts read it. */
export const anyObject: z.ZodType<object, object> = z.looseObject({});

/** `{ [name]: […] }`: an answer whose entries no schema of ours checks. */
export function listOf<Name extends string>(name: Name) {
  return z.object({ [name]: z.array(anyObject) } as Record<Name, z.ZodArray<typeof anyObject>>);
}

import * as z from "zod";
import type { Method } from "@/lib/auth/permissions";

/** One thing the HTTP API does, as it is described to whoever writes a script. */
export interface Operation {
  /** As Next knows it: `/api/calls/[callId]`. */
  path: string;
  method: Method;
  summary: string;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: { schema: z.ZodType; type?: string };
  /** What a good answer holds; a sentence for what is no JSON; null where it holds nothing. */
  answer: z.ZodType | null | { type: string; description: string };
  /** 200 where it is not said. */
  status?: number;
}

/** An answer of one JSON object a line. @param what stands in them */
export function lines(what: string) {
  return { type: "application/jsonl", description: `${what}, a JSON object a line.` };
}

/** `{ [name]: […] }`: an answer whose entries no schema of ours checks, for only scripts read them. */
export function listOf(name: string) {
  return z.object({ [name]: z.array(z.looseObject({})) });
}

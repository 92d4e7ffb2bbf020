import type { z } from "zod";
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

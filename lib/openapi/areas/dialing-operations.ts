import * as z from "zod";
import { barredNumberSchema, numbersToBarSchema } from "@/lib/dialing/do-not-call";
import { dialingCheckSchema, dialingRulesSchema } from "@/lib/dialing/rules";
import type { Operation } from "@/lib/openapi/operation";
import { transferDefaultsSchema } from "@/lib/routing/routing";

export const dialingOperations: readonly Operation[] = [
  {
    path: "/api/dialing/rules",
    method: "GET",
    summary: "When campaigns may dial",
    answer: dialingRulesSchema,
  },
  {
    path: "/api/dialing/rules",
    method: "PUT",
    summary: "Set when campaigns may dial",
    body: { schema: dialingRulesSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/dialing/transfers",
    method: "GET",
    summary: "Where calls go when nothing else says",
    answer: transferDefaultsSchema,
  },
  {
    path: "/api/dialing/transfers",
    method: "PUT",
    summary: "Set where calls go when nothing else says",
    body: { schema: transferDefaultsSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/dialing/check",
    method: "POST",
    summary: "Whether a campaign might dial a number",
    body: { schema: dialingCheckSchema },
    answer: z.object({ eligible: z.boolean(), reason: z.string().optional() }),
  },
  {
    path: "/api/dialing/do-not-call",
    method: "GET",
    summary: "The newest thousand of the do-not-call list; of the numbers only their ends",
    answer: z.object({ numbers: z.array(barredNumberSchema), total: z.int() }),
  },
  {
    path: "/api/dialing/do-not-call",
    method: "POST",
    summary: "Put numbers on the do-not-call list",
    body: { schema: numbersToBarSchema },
    answer: z.looseObject({}),
  },
  {
    path: "/api/dialing/do-not-call/[numberHash]",
    method: "DELETE",
    summary: "Take a number off the do-not-call list",
    answer: null,
    status: 204,
  },
];

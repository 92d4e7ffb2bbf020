import { z } from "zod";
import { db } from "@/db/client";
import { listDoNotCall } from "@/db/queries/do-not-call";
import { barredNumberSchema, numbersToBarSchema } from "@/lib/dialing/do-not-call";
import { blockNumbers } from "@/lib/dialing/server/dialing";
import { route } from "@/lib/http/server/route";
import { anyObject } from "@/lib/openapi/operation";

const listed = 1_000;

export const GET = route("GET", "/api/dialing/do-not-call", {
  access: "settings.manage",
  summary: "The newest thousand of the do-not-call list; of the numbers only their ends",
  answer: z.object({ numbers: z.array(barredNumberSchema), total: z.int() }),
  handle: () => listDoNotCall(db, listed),
});

/** `{ added, known, refused }`, the last being what is no number. */
export const POST = route("POST", "/api/dialing/do-not-call", {
  access: "settings.manage",
  summary: "Put numbers on the do-not-call list",
  body: numbersToBarSchema,
  answer: anyObject,
  handle: ({ body, by }) => blockNumbers(db, body.numbers, by),
});

import { z } from "zod";
import { db } from "@/db/client";
import { listDoNotCall } from "@/db/queries/do-not-call";
import { blockedNumberSchema, numbersToBlockSchema } from "@/lib/dialing/do-not-call";
import { blockNumbers } from "@/lib/dialing/server/dialing";
import { route } from "@/lib/http/server/route";
import { anyObject } from "@/lib/openapi/operation";

const listed = 1_000;

export const GET = route("GET", "/api/dialing/do-not-call", {
  access: "settings.manage",
  summary: "List the newest 1,000 do-not-call entries, with the last digits of each number",
  answer: z.object({ numbers: z.array(blockedNumberSchema), total: z.int() }),
  handle: () => listDoNotCall(db, listed),
});

/** `{ added, known, refused }`; `refused` has the entries that are not numbers. */
export const POST = route("POST", "/api/dialing/do-not-call", {
  access: "settings.manage",
  summary: "Add numbers to the do-not-call list",
  body: numbersToBlockSchema,
  answer: anyObject,
  handle: ({ body, by }) => blockNumbers(db, body.numbers, by),
});

import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { listEarlierCalls } from "@/db/queries/tools/read";
import { toKnownNumber } from "@/lib/calls/known-number";
import { defineTool } from "@/lib/tools/server/define-tool";
import { describeEarlierCalls } from "@/lib/tools/tool";

/** Uses only the number of the current call, so that a caller cannot name another number and get its history. */
export const findCaller = defineTool({
  name: "find_caller",
  description: "Check whether this caller has called before, when, and what the calls were about.",
  effect: "read",
  timeoutMs: 5_000,
  parameters: z.object({}),
  run: async ({ call }) => {
    const number = toKnownNumber(call.customerNumber);
    if (!number) return "The caller's number is not known.";
    return describeEarlierCalls(await listEarlierCalls(db, number, call.id), new Date());
  },
});

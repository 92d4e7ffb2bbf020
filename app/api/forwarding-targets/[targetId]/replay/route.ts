import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { forwardDue } from "@/lib/forwarding/server/forward";
import { replaySpan } from "@/lib/forwarding/server/manage";
import { replaySpanSchema } from "@/lib/forwarding/target";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const POST = route("POST", "/api/forwarding-targets/[targetId]/replay", {
  access: "settings.manage",
  summary:
    "Count the events received in a period or, with `isConfirmed`, send them to a forwarding target again",
  params: { targetId: uuidSchema },
  body: replaySpanSchema,
  answer: z.object({ items: z.int(), isStarted: z.boolean() }),
  notFound: { detail: "Target not found." },
  async handle({ params, body, by, notFound }) {
    const replayed = await replaySpan(db, params.targetId, body, by);
    if (replayed?.isStarted) after(() => forwardDue(db));
    return replayed ?? notFound();
  },
});

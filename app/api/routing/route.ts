import { z } from "zod";
import { db } from "@/db/client";
import { readRouting } from "@/db/queries/routing";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { anyObject } from "@/lib/openapi/operation";
import { routingChangeSchema } from "@/lib/routing/routing";
import { explainUnknownTargets, saveRouting } from "@/lib/routing/server/manage";

/** `{ version, rules, defaultAnswer, changedBy, changedAt }` */
const routingAnswer = z.object({ routing: anyObject });

export const GET = route("GET", "/api/routing", {
  access: "settings.manage",
  summary: "Get the call routing rules",
  answer: routingAnswer,
  handle: async () => ({ routing: await readRouting(db) }),
});

export const PUT = route("PUT", "/api/routing", {
  access: "settings.manage",
  summary: "Replace the call routing rules; 409 if they have changed since",
  body: routingChangeSchema,
  answer: routingAnswer,
  async handle({ body, by }) {
    const { version, ...wanted } = body;
    const why = await explainUnknownTargets(await readRouting(db), wanted);
    if (why) return problem(422, "Unknown ID", why);
    const { isSaved, routing } = await saveRouting(db, wanted, version, by);
    if (isSaved) return { routing };
    const detail = `${routing.changedBy ?? "Someone"} changed the rules in the meantime. Nothing of yours was saved. Reload the rules and make your change again.`;
    return problem(409, "The rules have changed", detail);
  },
});

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
  summary: "Who takes which call",
  answer: routingAnswer,
  handle: async () => ({ routing: await readRouting(db) }),
});

export const PUT = route("PUT", "/api/routing", {
  access: "settings.manage",
  summary: "Set all the rules; 409 when somebody has changed them since",
  body: routingChangeSchema,
  answer: routingAnswer,
  async handle({ body, by }) {
    const { version, ...wanted } = body;
    const why = await explainUnknownTargets(await readRouting(db), wanted);
    if (why) return problem(422, "Unknown ID", why);
    const { isSaved, routing } = await saveRouting(db, wanted, version, by);
    if (isSaved) return { routing };
    const detail = `${routing.changedBy ?? "Somebody"} has changed the rules meanwhile. Nothing of yours was saved: load them anew and make your change again.`;
    return problem(409, "The rules have changed", detail);
  },
});

import { db } from "@/db/client";
import { findSecondFactors } from "@/db/queries/auth/second-factors";
import { readSetting } from "@/db/queries/settings";
import { requirementSchema, requirementSetting } from "@/lib/auth/second-factor";
import { setRequirement } from "@/lib/auth/server/second-factor";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { endRevokedListening } from "@/lib/realtime/server/generation";

export const GET = route("GET", "/api/second-factor", {
  access: "people.manage",
  summary: "Get who needs a second factor",
  answer: requirementSchema,
  handle: () => readSetting(db, requirementSetting),
});

export const PUT = route("PUT", "/api/second-factor", {
  access: "people.manage",
  summary: "Set who needs a second factor; ends sessions without one",
  body: requirementSchema,
  answer: null,
  async handle({ actor, body, by }) {
    if (actor.kind === "person" && body.requiredOf !== "nobody") {
      const { hasApp, passkeys } = await findSecondFactors(db, actor.id);
      if (!hasApp && passkeys === 0)
        return problem(409, "No second factor", "Set up a second factor for yourself first, under Account.");
    }
    await setRequirement(db, body, by);
    await endRevokedListening();
    return null;
  },
});

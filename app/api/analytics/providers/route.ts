import { db } from "@/db/client";
import { can } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";
import { providersSchema, withoutTools } from "@/lib/rates/providers";
import { getProviders } from "@/lib/rates/server/watch";

export const GET = route("GET", "/api/analytics/providers", {
  access: "calls.view",
  summary: "Health of each provider, tool and the webhook by part of the call, compared with the usual",
  answer: providersSchema,
  async handle({ actor }) {
    const providers = await getProviders(db, new Date());
    return can(actor.role, "tools.view") ? providers : withoutTools(providers);
  },
});

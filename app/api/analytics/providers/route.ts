import { db } from "@/db/client";
import { can } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";
import { providersSchema, withoutTools } from "@/lib/rates/providers";
import { getProviders } from "@/lib/rates/server/watch";

export const GET = route("GET", "/api/analytics/providers", {
  access: "calls.view",
  summary: "Get the health of each provider, each tool and the webhook, compared with its usual figures",
  answer: providersSchema,
  async handle({ actor }) {
    const providers = await getProviders(db, new Date());
    return can(actor.role, "tools.view") ? providers : withoutTools(providers);
  },
});

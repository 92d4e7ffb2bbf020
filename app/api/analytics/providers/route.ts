import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { providersSchema } from "@/lib/rates/providers";
import { getProviders } from "@/lib/rates/server/watch";

export const GET = route("GET", "/api/analytics/providers", {
  access: "calls.view",
  summary: "How each provider, tool and our webhook does in each part of a call, beside what is usual",
  answer: providersSchema,
  handle: () => getProviders(db, new Date()),
});

import { z } from "zod";
import { db } from "@/db/client";
import { listDeliveries } from "@/db/queries/forwarding/log";
import { findTarget } from "@/db/queries/forwarding/targets";
import { deliveryFilterSchema, deliverySchema } from "@/lib/forwarding/target";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const GET = route("GET", "/api/forwarding-targets/[targetId]/deliveries", {
  access: "settings.manage",
  summary:
    "List a forwarding target's deliveries, newest first; pass the last `id` as `before` for the next page",
  params: { targetId: uuidSchema },
  query: deliveryFilterSchema,
  answer: z.object({ deliveries: z.array(deliverySchema) }),
  notFound: { detail: "Target not found." },
  async handle({ params, query, notFound }) {
    if (!(await findTarget(db, params.targetId))) return notFound();
    return { deliveries: await listDeliveries(db, query, params.targetId) };
  },
});

import { db } from "@/db/client";
import { testTarget } from "@/lib/forwarding/server/manage";
import { deliverySchema } from "@/lib/forwarding/target";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const POST = route("POST", "/api/forwarding-targets/[targetId]/test", {
  access: "settings.manage",
  summary: "Send a test to a forwarding target and return the result",
  params: { targetId: uuidSchema },
  answer: deliverySchema.pick({ outcome: true, status: true, tookMs: true, error: true }),
  notFound: { detail: "Target not found." },
  handle: async ({ params, notFound }) => (await testTarget(db, params.targetId)) ?? notFound(),
});

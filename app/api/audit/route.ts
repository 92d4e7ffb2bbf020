import { z } from "zod";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { auditFilterSchema } from "@/lib/audit/audit";
import { route } from "@/lib/http/server/route";

const pageSize = 100;

export const GET = route("GET", "/api/audit", {
  access: "audit.view",
  summary: "List audit log entries, newest first; pass `nextBefore` as `before` for the next page",
  query: auditFilterSchema,
  answer: z.object({ entries: z.array(z.looseObject({})), nextBefore: z.unknown() }),
  async handle({ query }) {
    const entries = await listAudit(db, query, pageSize);
    const nextBefore = entries.length === pageSize ? (entries.at(-1)?.id ?? null) : null;
    return { entries, nextBefore };
  },
});

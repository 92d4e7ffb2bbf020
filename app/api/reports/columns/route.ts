import { db } from "@/db/client";
import { writeReportColumns } from "@/db/queries/reports/views";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { reportColumnsSchema } from "@/lib/reports/columns";

/** Stored per person, for every device they sign in on. */
export const PUT = route("PUT", "/api/reports/columns", {
  access: "account.own",
  summary: "Set your report columns",
  isForPagesOnly: true,
  body: reportColumnsSchema,
  answer: null,
  async handle({ actor, body }) {
    if (actor.kind !== "person")
      return problem(409, "Not for API keys", "Report columns belong to people. An API key has none.");
    await writeReportColumns(db, actor.id, body.columns);
    return null;
  },
});

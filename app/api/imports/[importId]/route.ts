import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { importChangeSchema, importStateSchema } from "@/lib/imports/job";
import { changeImport, readImports } from "@/lib/imports/server/jobs";
import { uuidSchema } from "@/lib/read-uuid";

export const PATCH = route("PATCH", "/api/imports/[importId]", {
  access: "settings.manage",
  summary: "Pause (`paused`), resume (`running`) or cancel (`cancelled`) an import; imported calls are kept",
  params: { importId: uuidSchema },
  body: importChangeSchema,
  answer: importStateSchema.pick({ jobs: true }),
  notFound: { detail: "No import has this ID." },
  async handle({ params: { importId }, body: { state }, by, notFound }) {
    const isChanged = await changeImport(db, importId, state, by);
    const jobs = await readImports(db);
    const job = jobs.find(({ id }) => id === importId);
    if (!job) return notFound();
    if (!isChanged && job.state !== state) {
      return problem(409, "Not possible now", `This import is ${job.state}.`);
    }
    return { jobs };
  },
});

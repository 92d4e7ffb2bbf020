import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { importStateSchema, newImportSchema } from "@/lib/imports/job";
import { readImports, startImport } from "@/lib/imports/server/jobs";
import { canAskVapi } from "@/lib/vapi/server/client";

const readState = async () => ({ canAsk: await canAskVapi(), jobs: await readImports(db) });

export const GET = route("GET", "/api/imports", {
  access: "settings.manage",
  summary: "List recent imports of calls from Vapi with their progress, newest first",
  answer: importStateSchema,
  handle: readState,
});

export const POST = route("POST", "/api/imports", {
  access: "settings.manage",
  summary: "Import the calls that Vapi still has from a range of days (UTC, inclusive)",
  body: newImportSchema,
  answer: importStateSchema,
  status: 201,
  async handle({ body, by }) {
    if (!(await canAskVapi())) {
      return problem(409, "No API key", "Save Vapi's private API key under Settings → Assistants first.");
    }
    const id = await startImport(db, body, by);
    if (id === null) {
      return problem(
        409,
        "Import in progress",
        "Another import is still in progress. Wait for it to finish or cancel it.",
      );
    }
    return readState();
  },
});

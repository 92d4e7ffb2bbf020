import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { importStateSchema, newImportSchema } from "@/lib/imports/job";
import { readImports, startImport } from "@/lib/imports/server/jobs";
import { canAskVapi } from "@/lib/vapi/server/client";

const readState = async () => ({ canAsk: await canAskVapi(), jobs: await readImports(db) });

export const GET = route("GET", "/api/imports", {
  access: "settings.manage",
  summary: "The latest imports of calls from Vapi, newest first, with their progress",
  answer: importStateSchema,
  handle: readState,
});

export const POST = route("POST", "/api/imports", {
  access: "settings.manage",
  summary: "Import the calls Vapi still has from these days (UTC, inclusive)",
  body: newImportSchema,
  answer: importStateSchema,
  status: 201,
  async handle({ body, by }) {
    if (!(await canAskVapi())) {
      return problem(409, "No API key", "Save Vapi's private API key under Settings → Assistants first.");
    }
    const id = await startImport(db, body, by);
    if (id === null) {
      return problem(409, "Another import", "Another import has not ended. Let it end, or cancel it.");
    }
    return readState();
  },
});

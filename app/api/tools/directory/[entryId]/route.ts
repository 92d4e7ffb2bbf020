import { db } from "@/db/client";
import { newEntrySchema } from "@/lib/directory/directory";
import { changeEntry, deleteEntry } from "@/lib/directory/server/directory";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

const path = "/api/tools/directory/[entryId]";
const params = { entryId: uuidSchema };
const notFound = { detail: "Team not found." };

export const PUT = route("PUT", path, {
  access: "settings.manage",
  summary: "Replace a team",
  params,
  body: newEntrySchema,
  answer: null,
  notFound,
  async handle({ params, body, by, notFound }) {
    const outcome = await changeEntry(db, params.entryId, body, by);
    switch (outcome) {
      case "changed":
        return null;
      case "missing":
        return notFound();
      case "name-taken":
        return problem(409, "Name taken", "Another team has this name.");
    }
  },
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete a team",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) =>
    (await deleteEntry(db, params.entryId, by)) ? null : notFound(),
});

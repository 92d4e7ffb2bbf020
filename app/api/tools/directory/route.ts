import { z } from "zod";
import { db } from "@/db/client";
import { listEntries } from "@/db/queries/directory";
import { newEntrySchema } from "@/lib/directory/directory";
import { addEntry } from "@/lib/directory/server/directory";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/tools/directory", {
  access: "tools.view",
  summary: "List the teams a call can be transferred to",
  answer: listOf("entries"),
  handle: async () => ({ entries: await listEntries(db) }),
});

export const POST = route("POST", "/api/tools/directory", {
  access: "settings.manage",
  summary: "Add a team",
  body: newEntrySchema,
  answer: z.object({ id: z.uuid() }),
  status: 201,
  async handle({ body, by }) {
    const id = await addEntry(db, body, by);
    return id === null ? problem(409, "Name taken", "Another team has this name.") : { id };
  },
});

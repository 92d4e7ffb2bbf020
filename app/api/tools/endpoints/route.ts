import { z } from "zod";
import { db } from "@/db/client";
import { listEndpoints } from "@/db/queries/tools/read";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";
import { endpointSchema } from "@/lib/tools/endpoints/endpoint";
import { createEndpoint } from "@/lib/tools/server/manage-endpoints";

export const GET = route("GET", "/api/tools/endpoints", {
  access: "settings.manage",
  summary: "List tool endpoints; secrets are listed by name only",
  answer: listOf("endpoints"),
  handle: async () => ({ endpoints: await listEndpoints(db) }),
});

export const POST = route("POST", "/api/tools/endpoints", {
  access: "settings.manage",
  summary: "Add a tool endpoint",
  body: endpointSchema,
  answer: z.object({ id: z.uuid() }),
  status: 201,
  async handle({ body, by }) {
    const id = await createEndpoint(db, body, by);
    return id === null ? problem(409, "Name taken", "Another endpoint has this name.") : { id };
  },
});
